"""A question to its reply: link names, read the wording, find facts, decide, word it; knows no document format."""
