"""Readings to a snapshot: who is meant, what changed, what contradicts; reads no bytes of a document itself."""
