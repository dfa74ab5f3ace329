"""Facts in and out of SQLite, the only SQL there is; nothing about documents, questions or Discord."""
