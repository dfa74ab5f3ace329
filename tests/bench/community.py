"""A made-up community of any size: ten facts for each of its people, projects, events, publications, organisations."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.bench.words import Words, zipf

PER_ENTITY = 10
_SHARES = {"person": 50, "project": 15, "event": 10, "publication": 15, "organization": 10}  # of a hundred entities
_LANGUAGES = ["Python", "Rust", "Go", "Java", "Ruby", "Haskell", "Kotlin", "Lua", "Perl", "Scala", "Erlang", "Elixir"]
_TONGUES = ["Danish", "Greek", "Welsh", "Finnish", "Basque", "Polish", "Turkish", "Hindi", "Malay", "Swahili"]
_LICENCES = ["MIT", "GPL", "Apache", "MPL", "BSD", "ISC"]
_DEGREES = ["bachelor's degree", "master's degree", "doctorate"]
_TYPES = {"event": "talk", "project": "software", "publication": "article", "organization": "company"}


@dataclass(frozen=True, slots=True)
class Stated:
    """One fact: a value (an entity's name or a literal) with its qualifiers; `time` are start and end."""

    property: str
    value: str
    qualifiers: tuple[tuple[str, str], ...] = ()
    time: tuple[str | None, str | None] = (None, None)


@dataclass(slots=True)
class Member:
    """One entity with what is recorded of it; `lacks` are properties of its kind that are not."""

    kind: str
    type: str
    name: str
    facts: list[Stated] = field(default_factory=list)
    lacks: tuple[str, ...] = ()


class Community:
    """Its names and links, drawn in an order that only the seed and the size decide."""

    def __init__(self, facts: int, seed: int) -> None:
        entities = max(facts // PER_ENTITY, 20)
        self.words = Words(seed, entities)
        self.names = {kind: self._names(kind, entities * share // 100) for kind, share in _SHARES.items()}
        self._schools = [self.words.university() for _ in range(3 + entities // 200)]
        self._places = [self.words.place() for _ in range(5 + entities // 100)]
        self._series = [f"{self.words.one()} Days" for _ in range(2 + entities // 500)]
        self._topics = [self.words.one() for _ in range(10 + entities // 50)]
        self._by_kind: dict[str, Callable[[Member], list[Stated]]] = {
            "person": self._person, "project": self._project, "event": self._event,
            "publication": self._publication, "organization": self._organization,
        }  # fmt: skip

    def members(self) -> Iterator[Member]:
        """Every entity with its facts, one at a time; once for each community."""
        for kind, names in self.names.items():
            for name in names:
                member = Member(kind, _TYPES.get(kind, ""), name)
                fixed = self._by_kind[kind](member)
                optional = self._optional(kind, name)
                kept = sorted(self.words.random.sample(list(optional), PER_ENTITY - len(fixed)))
                member.facts = [*fixed, *(Stated(key, optional[key]) for key in kept)]
                member.lacks = tuple(key for key in optional if key not in kept)
                yield member

    def _person(self, member: Member) -> list[Stated]:
        pick = self.words.random
        now, before = self._two(self.names["organization"])
        topics = self._two(self._topics)
        year = pick.randint(1995, 2015)
        since = f"{year + 6}-{pick.randint(1, 12):02d}"
        studied = (("degree", pick.choice(_DEGREES)), ("fieldOfStudy", self._topic()))
        return [
            Stated("description", self.words.text(6)),
            Stated("worksFor", now, (("roleName", self.words.text(2)),), (since, None)),
            Stated("worksFor", before, (("roleName", self.words.text(2)),), (str(year + 1), str(year + 5))),
            Stated("alumniOf", zipf(pick, self._schools), studied, (None, str(year))),
            *(Stated("knowsAbout", topic) for topic in topics),
        ]

    def _project(self, member: Member) -> list[Stated]:
        makers = self._two(self.names["person"])
        return [
            Stated("description", self.words.text(6)),
            Stated("creator", makers[0]),
            Stated("maintainer", makers[1]),
            Stated("developer", zipf(self.words.random, self.names["organization"])),
            Stated("programmingLanguage", zipf(self.words.random, _LANGUAGES)),
            Stated("uses", self._topic()),
        ]

    def _event(self, member: Member) -> list[Stated]:
        return [
            Stated("description", self.words.text(6)),
            Stated("performer", self.words.random.choice(self.names["person"])),
            Stated("about", self._topic()),
            Stated("startDate", self._day(2005)),
            Stated("location", zipf(self.words.random, self._places)),
            Stated("superEvent", zipf(self.words.random, self._series)),
            Stated("organizer", zipf(self.words.random, self.names["organization"])),
        ]

    def _publication(self, member: Member) -> list[Stated]:
        return [
            Stated("description", self.words.text(6)),
            *(Stated("author", name) for name in self._two(self.names["person"])),
            Stated("datePublished", self._day(2005)),
            *(Stated("about", topic) for topic in self._two(self._topics)),
            Stated("publisher", zipf(self.words.random, self.names["organization"])),
        ]

    def _organization(self, member: Member) -> list[Stated]:
        people = self._two(self.names["person"])
        return [
            Stated("description", self.words.text(6)),
            Stated("foundingDate", self._day(1950)[:4]),
            Stated("founder", people[0]),
            Stated("leader", people[1]),
            Stated("location", zipf(self.words.random, self._places)),
        ]

    def _optional(self, kind: str, name: str) -> dict[str, str]:
        """What may be recorded of an entity, or not."""
        pick, handle = self.words.random, name.lower().replace(" ", "-")
        if kind == "person":
            return {
                "email": f"{handle}@mail.example", "homeLocation": zipf(pick, self._places),
                "birthDate": self._day(1950), "birthPlace": zipf(pick, self._places),
                "telephone": f"555-{pick.randint(0, 9_999_999):07d}", "award": self.words.text(3),
                "knowsLanguage": pick.choice(_TONGUES), "nationality": self.words.text(1),
            }  # fmt: skip
        if kind == "project":
            return {
                "license": pick.choice(_LICENCES), "version": f"{pick.randint(0, 9)}.{pick.randint(0, 99)}",
                "codeRepository": f"https://code.example/{handle}", "leader": pick.choice(self.names["person"]),
                "email": f"{handle}@projects.example", "requirement": self.words.text(2),
                "offers": f"{pick.randint(2, 900)} crowns",
            }  # fmt: skip
        if kind == "event":
            return {
                "recording": f"https://watch.example/{pick.randint(0, 10**9)}",
                "slides": f"https://slides.example/{pick.randint(0, 10**9)}",
                "email": f"talk{pick.randint(0, 10**9)}@events.example",
                "duration": f"{pick.randint(10, 90)} minutes", "offers": f"{pick.randint(2, 90)} crowns",
                "participant": pick.choice(self.names["person"]),
            }  # fmt: skip
        if kind == "publication":
            return {
                "identifier": f"{pick.randint(1000, 9999)}.{pick.randint(10000, 99999)}",
                "numberOfPages": str(pick.randint(2, 900)), "url": f"https://read.example/{pick.randint(0, 10**9)}",
                "license": pick.choice(_LICENCES), "award": self.words.text(3),
            }  # fmt: skip
        return {
            "numberOfEmployees": str(pick.randint(2, 9000)), "email": f"{handle}@firms.example",
            "url": f"https://{handle}.example", "telephone": f"555-{pick.randint(0, 9_999_999):07d}",
            "acquiredBy": self._other("organization", name), "award": self.words.text(3),
            "customer": self._other("organization", name), "needs": self.words.text(2),
        }  # fmt: skip

    def _names(self, kind: str, count: int) -> list[str]:
        make = {
            "person": self.words.person, "project": self.words.project, "organization": self.words.company,
            "event": self.words.title, "publication": self.words.title,
        }[kind]  # fmt: skip
        return [make() for _ in range(max(count, 2))]

    def _two(self, names: list[str]) -> tuple[str, str]:
        one, other = zipf(self.words.random, names, 0.5), zipf(self.words.random, names, 0.5)
        while other == one:
            other = self.words.random.choice(names)
        return one, other

    def _other(self, kind: str, name: str) -> str:
        return next(other for other in iter(lambda: zipf(self.words.random, self.names[kind]), None) if other != name)

    def _topic(self) -> str:
        return zipf(self.words.random, self._topics)

    def _day(self, earliest: int) -> str:
        return str(date(earliest, 1, 1) + timedelta(days=self.words.random.randrange(365 * 18)))
