"""Whoswho in Discord: commands, messages and buttons; everything it says of the documents comes from the assistant."""
