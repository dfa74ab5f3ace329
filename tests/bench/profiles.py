"""Writes a made-up community as the documents that a maintainer would have: profiles of 1.8 KB with front matter."""

from pathlib import Path

from tests.bench.community import Member, Stated
from tests.bench.words import Words

SOURCES = ("handbook", "minutes", "register", "newsletter", "archive")
_FOLDERS = {
    "person": "people", "project": "projects", "event": "events",
    "publication": "publications", "organization": "organizations",
}  # fmt: skip
_BYTES = 1800  # of a usual profile, front matter and text


def write_sources(folder: Path) -> None:
    """Declare the sources on which all profiles rest, and make the folders for these."""
    for name in _FOLDERS.values():
        (folder / name).mkdir(parents=True)
    lines = [f"{key}: {{title: The {key} of the community, date: 2024}}\n" for key in SOURCES]
    (folder / "sources.yaml").write_text("".join(lines), encoding="utf-8")


def profile_path(member: Member) -> str:
    """Where in the folder the profile of an entity is."""
    return f"{_FOLDERS[member.kind]}/{member.name.lower().replace(' ', '-')}.md"


def profile(member: Member, words: Words) -> str:
    """The profile of an entity, its text filled up with words to the usual size."""
    lines = ["---", f"kind: {member.kind}", *([f"type: {member.type}"] if member.type else []), f"name: {member.name}"]
    lines += [f"source: {words.random.choice(SOURCES)}", f"at: page {words.random.randint(1, 400)}"]
    stated: dict[str, list[Stated]] = {}
    for fact in member.facts:
        stated.setdefault(fact.property, []).append(fact)
    for key, facts in stated.items():
        lines += _property(key, facts)
    lines += ["---", f"# {member.name}", ""]
    left = _BYTES - sum(map(len, lines)) - len(lines)
    lines += [line for _ in range(3) for line in (words.prose(max(left // 3, 40)), "")]
    return "\n".join(lines)


def _property(key: str, facts: list[Stated]) -> list[str]:
    if all(not fact.qualifiers and fact.time == (None, None) for fact in facts):
        values = [_scalar(fact.value) for fact in facts]
        return [f"{key}: {values[0] if len(values) == 1 else '[' + ', '.join(values) + ']'}"]
    return [f"{key}:", *(f"  - {{{_mapping(fact)}}}" for fact in facts)]


def _mapping(fact: Stated) -> str:
    start, end = fact.time
    pairs = [("name", fact.value), *fact.qualifiers, ("startDate", start), ("endDate", end)]
    return ", ".join(f"{key}: {_scalar(value)}" for key, value in pairs if value is not None)


def _scalar(value: str) -> str:
    """A value as YAML reads it back: words and days as they are, all else in quotes."""
    plain = all(char.isalnum() or char in " -" for char in value) and not value.replace(" ", "").isdigit()
    return value if plain else f'"{value}"'
