"""A question to a Query: names linked, wording and times read; looks up no fact."""
