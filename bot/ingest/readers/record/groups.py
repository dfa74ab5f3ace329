"""Values that list several things in one text, and names that only group others; knows no property."""

import re

# Headings under which skills and interests are grouped; they are none themselves.
_CATEGORY = frozenset(
    """and or of the other others misc miscellaneous general various additional key core main technical technology
    technologies
    tech skill skills tool tools tooling language languages programming scripting markup framework frameworks library
    libraries practice practices platform platforms software hardware database databases operating system systems
    environment
    environments method methods methodology methodologies ide ides editor editors keyword keywords category categories
    interest interests hobby hobbies personal professional soft hard non computer technic techniques topics areas stack
    """.split()  # noqa: SIM905 (a list of words)
)
_WORD = re.compile(r"[^\W\d_]+")
_OPEN, _CLOSE = "([{“", ")]}”"


def is_category(name: str) -> bool:
    """Whether a name is only a heading: "Tools", "Frameworks / Libraries", "Non-computer"."""
    return all(word.casefold() in _CATEGORY for word in _WORD.findall(name))


def split_listed(text: str, marks: str = "") -> list[str]:
    """The parts of a text between commas and semicolons (and `marks`), none of them within brackets."""
    parts, start, depth = [], 0, 0
    for place, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and (char in ",;" or char in marks) and _is_break(text, place):
            parts.append(text[start:place])
            start = place + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def _is_break(text: str, place: int) -> bool:
    """A comma within a number, a hyphen or slash within a word separate nothing."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if text[place] == ",":
        return not (before.isdigit() and after.isdigit())
    return text[place] == ";" or (before.isspace() and after.isspace()) or text[place] == "&"
