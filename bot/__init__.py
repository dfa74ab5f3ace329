"""Whoswho answers who, what, when and where from a community's own documents; nothing is imported here."""

__version__ = "0.1.0"
