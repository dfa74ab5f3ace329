"""A museum whose board, friends and crew may see more than others; every word of theirs is one nobody else may meet."""

from pathlib import Path

from tests.ingest.folders import profile, write

HOME, AWAY = 810_000_000_000_000_001, 820_000_000_000_000_002
AUDIENCES = f"""\
board:
  server: {HOME}
  roles: [Trustees]
friends:
  server: {HOME}
crew:
  server: {AWAY}
  roles: Deckhands
"""
SOURCES = """\
guide: {title: Guide of the museum, date: 2021}
minutes: {title: Pelican minutes, author: Osgood Wray, date: 2022, audience: board}
ledger: {title: Grimsby ledger, date: 2022, file: walrus.txt, audience: [board]}
"""
LEDGER = """\
# The walrus ledger

Ottoline Vexley paid nine thousand crowns for the walrus skeleton.

- 2019: Vexley, Ottoline sold the periscope
- 2020 something about a marlinspike that nobody understands
"""
# What only they may meet who are in the audience; no question of the tests holds one of these words.
CANARIES = {
    "board": (
        "ottoline", "vexley", "kestrel", "pelican", "osgood", "wray", "brass anchor", "grimsby", "walrus", "periscope",
        "marlinspike", "bursar", "the duchess",
    ),
    "friends": ("lantern", "boathouse", "theremin"),
    "crew": ("quillon", "drage", "bilge pump", "stoker"),
}  # fmt: skip
QUESTIONS = (
    "Who is Mara Holt?", "Where does Mara Holt work?", "Which awards did Mara Holt get?", "Who works there?",
    "everything about Harbour Museum", "What happened in 2019?", "What happened in 2022?", "Which events are there?",
    "How many people are there?", "Who are the members?", "Who bought a skeleton?", "What was played?", "help",
    "Who knows about pumps?", "Who has which job?", "Mara", "What did Mara Holt do in 2020?",
    "How are Mara Holt and Harbour Museum connected?", "Which people do you know?", "Who paid nine thousand crowns?",
    "What do you know?", "Who is a treasurer?", "When was Mara Holt born?",
)  # fmt: skip
NAMING = (
    "Who is Ottoline Vexley?", "ottoline", "Otoline Vexly", "When is Lantern Night?", "Who is the Duchess?",
    "Does Mara Holt work at Kestrel Trust?", "Who got the Brass Anchor?", "What does Quillon Drage do?", "Vexley",
    "How is Mara Holt connected with Kestrel Trust?", "Where is the boathouse?", "What does the walrus ledger say?",
    "compare Mara Holt and Ottoline Vexley", "What do the Pelican minutes say?", "quillon dragge", "periscope",
)  # fmt: skip


def museum(folder: Path, *, limited: bool = True) -> Path:
    """The folder; with `limited` False as it would be if nothing of the kind had ever been written."""
    mara = profile(
        "person", "Mara Holt", "source: guide", "jobTitle: curator", "birthDate: 1970-05-01",
        "worksFor:", "  - {name: Harbour Museum, roleName: curator, startDate: 2018}",
        *(["  - {name: Kestrel Trust, roleName: bursar, audience: board}"] if limited else []),
        *(["award: {name: Brass Anchor, source: minutes, startDate: 2022}"] if limited else []),
    )  # fmt: skip
    group = profile("organization", "Harbour Museum", "source: guide", "foundingDate: 1990", "location: Odde")
    opening = profile("event", "Opening Day", "source: guide", "startDate: 2019-05-04", "performer: Mara Holt")
    write(folder, mara=mara + "\nMara Holt collects compasses.\n", group=group, opening=opening)
    if not limited:
        return write(folder, sources=SOURCES.splitlines(keepends=True)[0])
    write(
        folder,
        sources=SOURCES,
        ottoline=profile(
            "person", "Ottoline Vexley", "aliases: [The Duchess]", "audience: board", "source: guide",
            "jobTitle: treasurer", "birthDate: 1950-01-02", "worksFor: Harbour Museum",
        ) + "\nMara Holt and Ottoline Vexley share a bench.\n",
        lantern=profile(
            "event", "Lantern Night", "audience: [friends, crew]", "source: guide", "startDate: 2022-11-05",
            "location: Boathouse", "performer: Mara Holt", "description: A theremin was played.",
        ),
        quillon=profile(
            "person", "Quillon Drage", "source: guide", "audience: crew", "jobTitle: stoker",
            "knowsAbout: bilge pump",
        ),
    )  # fmt: skip
    (folder / "walrus.txt").write_text(LEDGER, encoding="utf-8")
    (folder / "walrus.txt.about.yaml").write_text("audience: board\nabout: Ottoline Vexley\n", encoding="utf-8")
    (folder / "audiences.yaml").write_text(AUDIENCES, encoding="utf-8")
    return folder


def seen(text: str, audiences: frozenset[str] = frozenset()) -> list[str]:
    """The words in a text that somebody who is in these audiences may not meet."""
    folded = text.casefold()
    open_ = [word for name in audiences for word in ALLOWED.get(name, (name,)) for word in CANARIES[word]]
    return [word for words in CANARIES.values() for word in words if word in folded and word not in open_]


ALLOWED = {"crew": ("crew", "friends")}  # Lantern Night is for both
