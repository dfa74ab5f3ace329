"""One document on its way from a format to facts: its blocks, its hints, its reading; resolves no name."""
