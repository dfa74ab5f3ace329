"""What formats made of fields share: their names, values, times, groups, and the kinds of records; reads no file."""
