"""A made-up rowing federation in documents of every text format, as many as are asked for, the same ones every time."""

import json
from pathlib import Path
from random import Random

from tests.ingest.folders import profile

_FIRST = (
    "Alma",
    "Bram",
    "Cleo",
    "Dario",
    "Edda",
    "Finn",
    "Greta",
    "Hugo",
    "Ilse",
    "Joren",
    "Kaja",
    "Levin",
    "Mira",
    "Nils",
)
_MIDDLE = ("Anders", "Bell", "Corvin", "Dane", "Elm", "Falk", "Gray", "Holt", "Ives", "Jarl")
_LAST = ("Aldous", "Brenner", "Castell", "Draper", "Engel", "Farrow", "Gantz", "Hollis", "Ingram", "Jessop", "Keller")
_CLUBS = ("Weir Boat Club", "Lock Eight", "Fennmarsh Rowing", "Upper Reach Oars", "Tideway Sculls")
_ROLES = ("Coach", "Head Coach", "Engineer", "Secretary", "Director")
_PLACES = ("Fennmarsh", "Oldbridge", "Weirton", "Lockham")


def write_mixed(folder: Path, number: int, seed: int = 7) -> None:
    """Write `number` documents into subfolders."""
    random = Random(seed)
    for index in range(number):
        suffix, text = _KINDS[index % len(_KINDS)](random, index)
        file = folder / f"part{index // 500:02d}" / f"d{index:05d}{suffix}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _name(random: Random, index: int, family: str = "") -> str:
    """A name that few share; every tenth document is about somebody called like the one of another."""
    if index % 10 == 4:
        index = random.randrange(0, index, 2)
    rest, last = divmod(index, len(_LAST))
    rest, first = divmod(rest, len(_FIRST))
    double, middle = divmod(rest, len(_MIDDLE))
    doubled = f"-{_LAST[double % len(_LAST)]}" if double else ""
    return f"{_FIRST[first]} {_MIDDLE[middle]} {family}{_LAST[last]}{doubled}"


def _mail(name: str, index: int) -> str:
    return f"{name.split(maxsplit=1)[0].lower()}{index}@example.org"


def _profile(random: Random, index: int) -> tuple[str, str]:
    if index % 16:
        return ".md", profile("project", f"Boat {index}", f"description: an eight built in {1950 + index % 70}")
    role = f"worksFor: {{name: {random.choice(_CLUBS)}, roleName: {random.choice(_ROLES)}, startDate: 2012}}"
    return ".md", profile("person", _name(random, index * 10, "Mac"), role)


def _curriculum(random: Random, index: int) -> tuple[str, str]:
    name, club, role = _name(random, index), random.choice(_CLUBS), random.choice(_ROLES)
    return ".md", (
        f"# {name}\n\n{_mail(name, index)}\n\n## Experience\n\n"
        f"- **{role}**, {club}, {1990 + index % 20} – {2012 + index % 8}\n"
        f"- **{random.choice(_ROLES)}**, {random.choice(_CLUBS)}, 2021 – present\n\n## Education\n\n"
        f"- BSc Hydrology, {random.choice(_PLACES)} University, {1980 + index % 20}\n\n"
        "## Boats\n\nShe trains on the long lake.\n"
    )


def _page(random: Random, index: int) -> tuple[str, str]:
    name = _name(random, index)
    return ".html", (
        f"<!doctype html><html><head><title>{name}</title><meta name='author' content='{name}'></head><body>"
        f"<nav><a href='/'>Home</a></nav><h1>{name}</h1><p>{name} is {random.choice(_ROLES)} at "
        f"{random.choice(_CLUBS)}.</p><h2>Work</h2><ul><li>2015–2019: {random.choice(_ROLES)}, "
        f"{random.choice(_CLUBS)}</li></ul></body></html>\n"
    )


def _notes(random: Random, index: int) -> tuple[str, str]:
    name = _name(random, index)
    return ".txt", (
        f"{name}\n{_mail(name, index)}\n\nWORK\n"
        f"{random.choice(_CLUBS)}, {random.choice(_ROLES)}, {2001 + index % 15}-2020\n\n"
        f"NOTES\nWon the long race on the {random.choice(_PLACES)} water in {1990 + index % 30}.\n"
    )


def _resume(random: Random, index: int) -> tuple[str, str]:
    name = _name(random, index)
    data = {
        "basics": {"name": name, "email": _mail(name, index), "location": {"city": random.choice(_PLACES)}},
        "work": [
            {"name": random.choice(_CLUBS), "position": random.choice(_ROLES), "startDate": f"{2000 + index % 20}-04"}
        ],
        "skills": [{"name": "Sculling"}],
    }
    return ".json", json.dumps(data, indent=1)


def _calendar(random: Random, index: int) -> tuple[str, str]:
    day = f"20{10 + index % 15:02d}{1 + index % 12:02d}{1 + index % 28:02d}"
    return ".ics", (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//rowing//EN\r\nBEGIN:VEVENT\r\n"
        f"UID:{index}@example.org\r\nSUMMARY:Regatta {index}\r\nDTSTART;VALUE=DATE:{day}\r\n"
        f"LOCATION:{random.choice(_PLACES)}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def _card(random: Random, index: int) -> tuple[str, str]:
    name = _name(random, index)
    return ".vcf", (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nORG:{random.choice(_CLUBS)}\r\nTITLE:{random.choice(_ROLES)}\r\n"
        f"EMAIL:{_mail(name, index)}\r\nEND:VCARD\r\n"
    )


def _table(random: Random, index: int) -> tuple[str, str]:
    names = [_name(random, index * 5 + step, "Fitz") for step in range(5)]
    rows = "".join(f"{name},{_mail(name, index)},{random.choice(_ROLES)},{random.choice(_CLUBS)}\n" for name in names)
    return ".csv", f"name,email,job,company\n{rows}"


_KINDS = (_profile, _curriculum, _page, _notes, _resume, _calendar, _card, _table)
