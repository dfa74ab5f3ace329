"""The assistant in a terminal: conversation, rows for programs, progress of a load; knows nothing of Discord."""
