"""A document's bytes to its packed reading, in a process of its own where it pays; a document can only break itself."""
