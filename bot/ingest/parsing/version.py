"""What tells this version's way of reading documents from another's; reads none."""

import hashlib
from pathlib import Path

import bot

# The code on which, with its words, the content of a snapshot depends.
_READS = ("ingest", "language", "model", "store")


def code() -> str:
    """Its hash, so that an upgrade reads every document again."""
    package = Path(bot.__file__).parent
    digest = hashlib.sha256(bot.__version__.encode())
    files = [file for part in _READS for file in (package / part).rglob("*.py")]
    for file in sorted([*files, *(package / "vocabulary").rglob("*.yaml")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()
