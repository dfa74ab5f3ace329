"""The general vocabulary as data: kinds, properties, and the words members use for them; no code."""
