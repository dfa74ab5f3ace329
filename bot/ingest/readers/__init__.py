"""One module a format: each says whether a document is its own, and what stands in it; none resolves a name."""
