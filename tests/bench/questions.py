"""Questions over a made-up community whose answers are known, and questions about what it does not record."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.model.answer import Reply, Status
from tests.bench.community import Community, Member, Stated
from tests.bench.phrasings import CONFIRMING, LISTING, PHRASINGS

_DATES = frozenset({"startDate", "birthDate", "datePublished", "foundingDate"})
_LONGEST_LIST = 4  # answers; longer lists are cut in a reply, so it could not be compared whole


class Question(NamedTuple):
    """A question with the entity it is about and texts that all have to stand in the reply; none: no such fact."""

    text: str
    entity: str
    subject: int  # number of the entity of which the fact is recorded
    property: str
    expect: tuple[str, ...] = ()
    yes_no: bool = False

    def is_answered_by(self, reply: Reply) -> bool:
        """Whether the reply says what it should and rests on nothing but facts of this entity."""
        about = all(
            self.entity in (fact.subject.name, fact.value.text, *(item.value.text for item in fact.qualifiers))
            for fact in reply.facts
        )
        return reply.status is Status.ANSWERED and about and all(text in reply.text for text in self.expect)

    def is_falsely_answered_by(self, reply: Reply) -> bool:
        """Whether the reply claims to know what is not recorded. That there is no record of it may be said."""
        return reply.status is Status.ANSWERED and not (self.yes_no and reply.text.startswith("No"))


@dataclass(slots=True)
class _Held:
    """Who has an entity as value, by property: the number, the name and whether it is over."""

    by: dict[tuple[str, str], list[tuple[int, str, bool]]]

    def note(self, number: int, member: Member) -> None:
        for fact in member.facts:
            if fact.property in LISTING:
                self.by[fact.property, fact.value].append((number, member.name, fact.time[1] is not None))


class Asker:
    """Collects questions while the members of a community pass by."""

    def __init__(self, community: Community, count: int) -> None:
        self._words = community.words
        self._names = community.names
        self._random = community.words.random
        self._share = count * 1.2 / max(sum(map(len, community.names.values())), 1)
        self._held = _Held(defaultdict(list))
        self._count = count
        self._asked: list[Question] = []
        self._absent: list[Question] = []

    def meet(self, number: int, member: Member) -> None:
        """Ask about a member, as often as it takes to get as many questions as wanted."""
        self._held.note(number, member)
        share = self._share + self._random.random()
        for _ in range(int(share)):
            self._asked.append(self._about(number, member))
            self._absent.append(self._not_recorded(number, member))

    def questions(self) -> list[Question]:
        """Different questions, those for lists among them, in random order."""
        lists = [found for key, holders in self._held.by.items() if (found := self._list(*key, holders))]
        self._random.shuffle(lists)
        asked = sorted({*self._asked, *lists[: self._count // 8]})
        self._random.shuffle(asked)
        return asked[: self._count]

    def absent(self, count: int) -> list[Question]:
        """Questions about facts that do not exist: half of known names, the others of names that nobody has."""
        absent = sorted(set(self._absent))
        self._random.shuffle(absent)
        chosen = absent[: count // 2]
        return chosen + [self._of_nobody() for _ in range(count - len(chosen))]

    def _about(self, number: int, member: Member) -> Question:
        if self._random.random() < 0.1:
            fact = next((fact for fact in member.facts if fact.property in CONFIRMING), None)
            if fact is not None:
                text = CONFIRMING[fact.property].format(member.name, fact.value)
                return Question(text, member.name, number, fact.property, (fact.value,), yes_no=True)
        known = _answers(member)
        key = self._random.choice(sorted(key for key in known if (member.kind, key) in PHRASINGS))
        text = self._random.choice(PHRASINGS[member.kind, key]).format(member.name)
        property_ = "alumniOf" if key in ("degree", "fieldOfStudy") else key
        return Question(text, member.name, number, property_, known[key])

    def _not_recorded(self, number: int, member: Member) -> Question:
        if self._random.random() < 0.2:
            fact = next((fact for fact in member.facts if fact.property in CONFIRMING), None)
            if fact is not None:
                return self._not_so(number, member, fact)
        key = self._random.choice([key for key in member.lacks if (member.kind, key) in PHRASINGS])
        text = self._random.choice(PHRASINGS[member.kind, key]).format(member.name)
        return Question(text, member.name, number, key)

    def _not_so(self, number: int, member: Member, fact: Stated) -> Question:
        """A yes/no question about an entity that another one of the same property is recorded for."""
        kind = "organization" if fact.property == "worksFor" else "person"
        names = ["Fortran", "Cobol", "Ada"] if fact.property == "programmingLanguage" else self._names[kind]
        taken = {other.value for other in member.facts}
        other = next(name for name in iter(lambda: self._random.choice(names), None) if name not in taken)
        text = CONFIRMING[fact.property].format(member.name, other)
        return Question(text, member.name, number, fact.property, yes_no=True)

    def _of_nobody(self) -> Question:
        kind, key = self._random.choice(sorted(PHRASINGS))
        people = self._names["person"]
        first, last = (self._random.choice(people).split() for _ in range(2))
        name = self._random.choice([f"{first[0]} {self._words.unknown()}", self._words.unknown()])
        if kind == "person" and f"{first[0]} {last[-1]}" not in people and self._random.random() < 0.3:
            name = f"{first[0]} {last[-1]}"
        return Question(self._random.choice(PHRASINGS[kind, key]).format(name), name, 0, key)

    def _list(self, property_: str, value: str, holders: Sequence[tuple[int, str, bool]]) -> Question | None:
        current = tuple(sorted(name for _, name, over in holders if not over))
        if not current or len(holders) > _LONGEST_LIST:
            return None
        text = self._random.choice(LISTING[property_]).format(value)
        return Question(text, value, holders[0][0], property_, current)


def _answers(member: Member) -> dict[str, tuple[str, ...]]:
    """What has to stand in the reply to a question for each property; of jobs only the present one."""
    answers: dict[str, tuple[str, ...]] = {}
    for fact in member.facts:
        if fact.property == "worksFor" and fact.time[1] is not None:
            continue
        said = fact.value[:4] if fact.property in _DATES else fact.value
        answers[fact.property] = (*answers.get(fact.property, ()), said)
        answers.update({key: (value,) for key, value in fact.qualifiers if key in ("degree", "fieldOfStudy")})
    return answers
