"""What maintainers settled, and what waits for them: suggestions, and who is one and the same; reads no document."""
