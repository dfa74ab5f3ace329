"""Where the files lie that Whoswho ships with: inside an installed package, beside it in a checkout; reads none."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(folder: str) -> Path:
    """The folder `knowledge` or `prompts` that came with this copy of the program."""
    packed = _PACKAGE / "_shipped" / folder
    return packed if packed.is_dir() else _PACKAGE.parent / folder
