"""Lists of works, occasions and people to entities of their own; reads no running text."""
