"""Which of the findings answer a question: the kind asked for, the property named, the surest; finds nothing new."""

from collections.abc import Callable, Iterable, Sequence

from bot.answers.finding.finding import Finding, Found
from bot.answers.finding.match import BY_WORDS, SUBJECT, VALUE, Match, fits_kind
from bot.answers.finding.periods import days
from bot.answers.finding.slot import says_number
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Query
from bot.language.fact_words import NOTE, stems_of
from bot.language.lexicon import KindWord, Lexicon

_PIECES = frozenset({Ask.WHEN, Ask.WHERE, Ask.WHO, Ask.HOW_MANY, Ask.HOW_MUCH, Ask.HOW_LONG})
_FORWARD = frozenset({Ask.WHAT, Ask.ANY, Ask.WHERE})  # what answers them is rather a value than a subject
_NEAR = 0.4  # findings whose sureness differs by less are told together
_PREFERRED = 1.0  # by how much a finding may be less sure and still win because the question names its property


class Chooser:
    """Chooses for one query with the vocabulary of one snapshot."""

    def __init__(self, query: Query, lexicon: Lexicon) -> None:
        self._query = query
        self._properties = lexicon.vocabulary.properties
        self._open = lexicon.open

    def settle(self, found: Found) -> Found:
        """Keep what answers; where the surest says that the thing is not known, nothing else answers."""
        found.findings = self._surest(found.findings)
        if not found.findings or not (found.untold or found.open):
            return found
        named = self.named(found.findings)
        if self._is_known_otherwise(found, named):
            found.findings = []  # what the question names is known, but not that piece of it
        elif found.open:
            surest = max(found.open, key=lambda match: (len(match.readings), match.score))
            readings = max(len(finding.match.readings) for finding in found.findings)
            if (len(surest.readings), surest.score) > (readings, found.findings[0].score):
                found.findings = []
        return found

    def _is_known_otherwise(self, found: Found, named: int) -> bool:
        """Whether a single fact is just what the question is about, and only lacks the piece that it asks for."""
        if self._query.ask not in _PIECES:
            return False
        untold = [match for match in found.untold if self.named([match]) and not self._leaves_nobody(match)]
        if not untold:
            return False
        if self._query.ask in self._properties[found.findings[0].fact.property].answers and all(
            self._properties[match.fact.property].sampled for match in untold
        ):
            return False  # those few who are named are not counted, but here their number is recorded
        surest = max(match.score for match in untold)
        best = found.findings[0]
        if self._query.ask is Ask.HOW_MANY and (surest > best.score or (best.support and surest == best.score)):
            return True  # of those who are named it is not told how many they are, of others nobody asked
        return named == 0 or (bool(best.support) and surest > best.score + _PREFERRED)

    def _leaves_nobody(self, match: Match) -> bool:
        """Whether the question names both whom a fact ties, so that there is nobody in it to be counted."""
        return self._query.ask is Ask.HOW_MANY and match.bound(SUBJECT) and match.bound(VALUE)

    def is_named(self, findings: Sequence[Finding]) -> bool:
        """Whether some finding's property is named by the question, or the question names none at all.

        A verb that may as well mean to say something names none.
        """
        asked = any(
            unit.properties and (unit.asked or self._open.isdisjoint([r.property for r in unit.properties if r.verb]))
            for unit in self._query.words
        )
        return self.named(findings) > 0 if asked else bool(findings)

    def named(self, matches: Sequence[Match] | Sequence[Finding]) -> int:
        """How many of the question's words name the property of some match, open-ended ones aside."""
        return max([self._names(one) for one in matches], default=0)

    def _names(self, one: Match | Finding) -> int:
        match, support = (one, ()) if isinstance(one, Match) else (one.match, one.support)
        told = {fact.property for fact in (match.fact, *support)} - self._open
        return len([reading for reading in match.readings if reading.property in told])

    def _surest(self, findings: list[Finding]) -> list[Finding]:
        """The findings of one property, and of those the ones that account for the question most surely."""
        findings = self._of_asked_kind(self._timed([one for one in findings if not self._is_only_when(one)]))
        if len(findings) < 2:
            return findings
        best = self._first(findings, lambda one: (one.score, -self._detours(one)))
        most = self._first(findings, lambda one: (self._names(one), -self._detours(one), one.score))
        if most.score >= best.score - _PREFERRED:
            best = most
        wanted = {best.fact.property} | (self._open if best.fact.property in self._open else set())
        if self._query.ask is Ask.WHERE and best.support:
            wanted |= {one.fact.property for one in findings if one.support}
        named = self._names(best)
        if named:  # "who worked on it" means those who made it, too
            wanted |= {
                one.fact.property
                for one in findings
                if self._names(one) == named and bool(one.support) == bool(best.support)
            }
        side = best.slot.piece
        chosen = [
            one
            for one in findings
            if one.fact.property in wanted
            and (self._detours(one) <= self._detours(best) or not (named or self._is_own_place(best)))
            and one.score >= best.score - _NEAR
            and (self._query.ask is not Ask.HOW_MANY or (one.answer is None) == (best.answer is None))
            and (one.slot.piece == side or {one.slot.piece, side} != {"subject", "value"})
        ]
        if self._query.ask is Ask.HOW_MANY:  # members are not counted by what they pay
            counting = [one for one in chosen if self._query.ask in self._properties[one.fact.property].answers]
            chosen = counting or chosen
        own = [one for one in chosen if one.fact.property == best.fact.property]
        told = {one.answer for one in own if one.slot.piece == "subject"}
        chosen = [one for one in chosen if one in own or one.answer is None or one.answer not in told]
        persons = [one for one in own if one.answer and one.answer.kind == "person"]
        if persons and len(own) < len(chosen):
            if self._query.ask is not Ask.WHO:
                return chosen
            return [
                one for one in chosen if one in own or self._names(one) or (one.answer and one.answer.kind == "person")
            ]
        return persons or chosen if self._query.ask is Ask.WHO else chosen

    def _is_only_when(self, finding: Finding) -> bool:
        """Whether "what did she die of" would be answered with the day on which she did."""
        prop = self._properties[finding.fact.property]
        told = [reading for reading in finding.match.readings if reading.property == finding.fact.property]
        return (
            self._query.ask is Ask.WHAT
            and finding.slot.piece == "value"
            and prop.literal == "date"
            and bool(told)
            and all(reading.verb for reading in told)
        )

    def _is_own_place(self, finding: Finding) -> bool:
        """Whether it tells where the named one is itself, so that the places of its doings tell nothing more."""
        return self._query.ask is Ask.WHERE and not finding.support

    def _first(self, findings: list[Finding], rating: Callable[[Finding], tuple[float, ...]]) -> Finding:
        """The best by a rating; of those that are equally good the one to be preferred."""
        rated = [(rating(finding), finding) for finding in findings]
        best = max([rate for rate, _ in rated])
        equal = [finding for rate, finding in rated if rate == best]
        return max(equal, key=self._preference) if len(equal) > 1 else equal[0]

    def _detours(self, finding: Finding) -> int:
        """How many facts lead to the answer that the question does not speak of."""
        if not finding.support:
            return 0
        spoken = {reading.property for reading in finding.match.readings}
        return sum(fact.property not in spoken for fact in finding.support)

    def _preference(self, finding: Finding) -> tuple[bool, bool, bool, bool, bool, bool, int]:
        """What answers by nature, a value before a subject, one fact before two, and words said rather than implied."""
        ask, piece, value = self._query.ask, finding.slot.piece, finding.slot.value
        thing, count = ask is Ask.WHAT, ask is Ask.HOW_MANY
        direct = ask in self._properties[finding.fact.property].answers
        number = count and value is not None and value.number is not None
        forward = piece == "value" and ask in _FORWARD
        forward = forward or (piece == "qualifier" and ask is Ask.WHERE)  # the town of a job is as near as the job
        forward = forward or (count and finding.answer is not None)  # things are counted before texts
        person = finding.answer is not None and finding.answer.kind == "person"
        return (
            self._is_only_tied(finding),
            number or (direct and not thing),
            forward,
            not (person and thing),
            not finding.support,
            self._is_placed(finding),
            self._visible(finding),
        )

    def _is_only_tied(self, finding: Finding) -> bool:
        """Whether it is what a preposition alone means: those "at" a place are those who work there."""
        prop, names = self._properties[finding.fact.property], self._query.names
        people = all(any(one.kind == "person" for one in unit.kinds) for unit in self._query.words)  # "the people at"
        if not people or self._query.pick or len(names) != {Ask.WHO: 1, Ask.YES_NO: 2}.get(self._query.ask):
            return False
        return prop.implied and names[-1].preposition in prop.prepositions

    def _is_placed(self, finding: Finding) -> bool:
        """Whether a word stands behind a preposition of its property: what is "in Leeds" is not what mentions it."""
        usual = self._properties[finding.fact.property].prepositions
        plain = [unit for unit in self._query.words if not (unit.properties or unit.kinds)]  # "kinds of people" is none
        return any(unit.preposition and unit.preposition in usual for unit in plain)

    def _visible(self, finding: Finding) -> int:
        """How many of the question's words stand in what the fact says, rather than among the words for asking."""
        fact = finding.fact
        said = stems_of([fact.value.text, *(q.value.text for q in fact.qualifiers if q.property != NOTE)], ())
        return sum(any(said.issuperset(stems) for stems in unit.stems) for unit in self._query.words)

    def _timed(self, findings: list[Finding]) -> list[Finding]:
        """For "first" and "longest", what has a time to be compared, if anything has."""
        if self._query.pick is None or self._query.anchor is not None:
            return findings  # what a document puts before or after another needs no date
        timed = [one for one in findings if one.period is not None]
        if self._query.pick in ("longest", "shortest"):
            timed = [one for one in timed if days(one.fact.period) is not None]
        return timed or findings

    def _of_asked_kind(self, findings: list[Finding]) -> list[Finding]:
        """What is of the kind that "which …" or "how many …" asks for; else only what the word names as a property."""
        if self._query.for_name:
            kinds = [kind for unit in self._query.words for kind in unit.kinds]
            named = [one for one in findings if one.answer and fits_kind(one.answer, kinds)]
            return named or findings
        asked = next(((position, unit) for position, unit in enumerate(self._query.units) if unit.asked), None)
        counting = self._query.ask is Ask.HOW_MANY
        if asked is None or not (asked[1].kinds or counting):
            return findings
        position, unit = asked
        fitting = [one for one in findings if one.answer and self._fits(one, position, unit.kinds)]
        figures = [
            one for one in findings if counting and one.answer is None and says_number(one.slot) and self.named([one])
        ]
        if figures or fitting:
            return figures or fitting
        return [
            one
            for one in findings
            if one.answer is None
            or (
                (how := one.match.explained.get(position)) is not None
                and how.reading is not None
                and (how.reading.verb or how.reading.property == one.fact.property)
            )
        ]

    def _fits(self, finding: Finding, position: int, kinds: Iterable[KindWord]) -> bool:
        """Whether the answer is of an asked kind; of a finer type also where the fact itself says the word."""
        answer = finding.answer
        if answer is None or fits_kind(answer, kinds):
            return answer is not None
        how = finding.match.explained.get(position)
        reading = how.reading if how is not None else None
        named = reading is not None and reading.property == finding.fact.property and not reading.verb
        if reading is not None and named and reading.side in ("both", finding.slot.piece):
            return True  # "which companies did she work for": whatever she worked for
        said = how is not None and how.reading is None and how.weight >= BY_WORDS
        return said and any(kind.kind == answer.kind for kind in kinds)


def surely_of(findings: list[Finding], kinds: Iterable[KindWord]) -> list[Finding]:
    """Those of the type that a word names, where it names a kind as well: the newest paper is no post."""
    typed = [kind for kind in kinds if kind.type is not None]
    return [one for one in findings if one.answer and fits_kind(one.answer, typed)] or findings
