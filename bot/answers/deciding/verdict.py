"""What form an answer takes: yes or no, a conflict, a number, one fact or a list; finds and words nothing itself."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answers.finding.bridge import DESCRIBING
from bot.answers.finding.finding import Finding
from bot.answers.finding.match import BY_CONTEXT, BY_WORDS, SUBJECT, TEXT, VALUE, fits_kind
from bot.answers.finding.role import ROLES
from bot.answers.finding.slot import DEGREE, is_counted
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Query
from bot.answers.wording.markdown import Ready
from bot.answers.wording.outcome import Outcome, Reason
from bot.answers.wording.part import Means, Part
from bot.language.fact_words import NOTE, stems_of
from bot.language.lexicon import Lexicon
from bot.model.answer import Status
from bot.model.fact import Fact

_BE = frozenset({"is", "was", "are", "were", "isn", "wasn"})
_ARTICLES = (("a",), ("an",), ("the",))
_DESCRIPTIONS = 20  # facts that describe one entity
_PART = re.compile(r"[;:]\s|\.\s|,\s(?=but\b|though\b|while\b)")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


class Verdicts(Part):
    """Turns chosen findings into an answer, with the vocabulary of one snapshot."""

    def __init__(self, means: Means) -> None:
        super().__init__(means)
        self._properties = self._vocabulary.properties
        self._closing = {prop.closes: name for name, prop in self._properties.items() if prop.closes}

    def word(self, findings: list[Finding], query: Query) -> Outcome:
        """The findings as an answer: yes or no, a conflict, a count, or what they say."""
        answers = tuple([finding.answer for finding in findings if finding.answer is not None])
        if self._asks_what_a_person_is(findings[0], query) and not self._is_stated(findings[0], query):
            items, facts = self._composer.plain_list([self._role_instead(findings[0], query)])
            text = self._replies.render("yes_no.no_record", items=items)
            return Outcome(Status.ANSWERED, text, Reason.PREMISE, tuple(facts))
        if query.ask is Ask.YES_NO or self._is_known(findings, query):
            sentence, facts = self._composer.facts(findings[:1], query)
            verdict = self._verdict(findings[0], query) if query.ask is Ask.YES_NO else self._known_or_not(findings[0])
            text = self._replies.render(verdict, sentence=sentence)
        elif self._conflict(findings):
            text, facts = self._composer.conflicting(findings, query)
        elif query.ask is Ask.HOW_MANY and not query.listed and self._are_counted(findings):
            text, facts = self._composer.count(findings, query)
        else:
            text, facts = self._composer.facts([self._closed(one) for one in findings], query)
        return Outcome(Status.ANSWERED, text, None, tuple({fact.id: fact for fact in facts}.values()), answers)

    def denied_by(self, finding: Finding) -> Outcome:
        """No, for it is another one: the fact that tells which."""
        sentence = self._composer.sentences.full(finding.fact)
        text = self._replies.render("yes_no.no", sentence=sentence)
        return Outcome(Status.ANSWERED, text, None, (finding.fact,))

    def is_yes(self, finding: Finding, query: Query) -> bool:
        """Whether the fact says a plain yes to the question."""
        stated = not self._asks_what_a_person_is(finding, query) or self._is_stated(finding, query)
        return stated and self._verdict(finding, query) == "yes_no.yes"

    def yes_of_each(self, findings: Sequence[Finding]) -> Outcome:
        """Yes, for each of several, with the fact that says so of each."""
        sentence = Ready(" ".join([self._composer.sentences.full(one.fact) for one in findings]))
        text = self._replies.render("yes_no.yes", sentence=sentence)
        return Outcome(Status.ANSWERED, text, None, tuple([one.fact for one in findings]))

    def may_tell(self, finding: Finding, query: Query) -> bool:
        """Whether a finding may be told: "who did not sing" wants none of those who are recorded as singers."""
        if query.ask is Ask.YES_NO:
            return self._is_yes_or_no(finding, query)
        fact = finding.fact
        if finding.answer is None and self._is_no_thing_of(fact, query):
            return False
        if not self._phrasing.asks_outside(query.keys):
            return True
        if query.ask in (Ask.WHY, Ask.HOW) or query.but:
            return True
        if fact.value.entity is None:  # a text says itself what it denies; of whom it does not, it has to say so
            return query.ask is not Ask.WHO or self._denies(fact.value.text, query)
        return self._phrasing.is_over(query.keys) and self._composer.sentences.is_past(fact)

    def _is_no_thing_of(self, fact: Fact, query: Query) -> bool:
        """Whether "which boat" wants a boat, and an opinion that has all the words is about none."""
        asked = next((unit for unit in query.words if unit.asked and unit.kinds), None)
        if asked is None or query.keys[0] != "which" or not self._properties[fact.property].open:
            return False
        told = [detail.value.entity for detail in fact.qualifiers if detail.value.entity is not None]
        return not any(fits_kind(entity, asked.kinds) for entity in told)

    def _is_yes_or_no(self, finding: Finding, query: Query) -> bool:
        """Whether a finding may decide it: "is it recent" and "were all of them there" have to be said outright."""
        if query.keys[0] in self._phrasing.ought and self._properties[finding.fact.property].lasting:
            return False
        facts = (finding.fact, *finding.support)
        told = [
            text for fact in facts for text in (fact.value.text, *(detail.value.text for detail in fact.qualifiers))
        ]
        if not self._phrasing.is_quantified_alike(query.keys, " ".join(told)):
            return False
        degrees = any(reading.property == DEGREE for unit in query.words for reading in unit.properties)
        if (
            degrees
            and not self._properties[finding.fact.property].open
            and not any(detail.property == DEGREE for fact in facts for detail in fact.qualifiers)
        ):
            return False  # who studied somewhere need not have a degree from there
        return not query.pick_word or stems_of(told, ()).issuperset(self._lexicon.stems(query.pick_word))

    def _are_counted(self, findings: Sequence[Finding]) -> bool:
        """Whether their number is the answer: they are entities, or several values of what "how many" names."""
        if all(one.slot.piece in ("subject", "value") and one.answer for one in findings):
            return True
        if all(one.slot.piece == "qualifier" and one.slot.property == DEGREE for one in findings):
            return True
        return len({one.fact.property for one in findings}) == 1 < len(findings) and all(
            is_counted(one.match, self._properties[one.fact.property]) and one.slot.value == one.fact.value
            for one in findings
        )

    def of_each(self, findings: Sequence[Finding]) -> Outcome:
        """The findings as whole sentences, so that it is plain of whom each one is told."""
        text, facts = self._composer.sentences_of(findings)
        answers = tuple(finding.answer for finding in findings if finding.answer is not None)
        return Outcome(Status.ANSWERED, text, None, tuple(facts), answers)

    def _closed(self, finding: Finding) -> Finding:
        """The finding with the fact that ends what it begins: an event's first day is told with its last."""
        closing = self._closing.get(finding.fact.property)
        facts = self._snapshot.facts_of(finding.fact.subject.id, (closing,), "s", 5) if closing else []
        return replace(finding, support=(*finding.support, *facts)) if facts else finding

    def _verdict(self, finding: Finding, query: Query) -> str:
        """The reply key: whether the fact that decides a yes/no question says yes or no, or must speak for itself."""
        fact = finding.fact
        if self._composer.sentences.is_past(fact) and (query.current or self._has_ended(finding, query)):
            return "yes_no.no"
        if any(unit.text.isdigit() for unit in query.words):
            told = _figures(fact.value.text)
            if told and told.isdisjoint(_figures(query.text)):
                return "yes_no.no"  # the 2 of "6.2" is no 2
        denied = {stem for q in fact.qualifiers if q.property == "denies" for stem in stems_of([q.value.text], ())}
        asked = {part for unit in query.words for stems in unit.stems for part in stems}
        if denied & {*asked, *(self._lexicon.stem(key) for key in query.keys)}:
            return "yes_no.yes" if query.negated else "yes_no.no"
        if _is_reversed(fact.value.text, query, self._lexicon):
            return "yes_no.no"
        negative = self._denies(fact.value.text, query)
        if (
            not negative
            and fact.property == "description"
            and any(one.role == TEXT for one in finding.match.explained.values())
        ):
            return "yes_no.recorded"  # a text about something else that only mentions it
        names_it = fact.value.entity is not None or not (self._properties[fact.property].open or negative)
        if self._properties[fact.property].open and query.keys[1:2] == ("there",):
            return "yes_no.recorded"  # what somebody says about it does not make it be there
        # A "not" says no only to what is asked in the text's own words, and a text yes only if it has any of them.
        said = self._lexicon.words(fact.value.text)
        own = [
            any(said.issuperset(stems) for stems in query.units[position].stems)
            for position, one in finding.match.explained.items()
            if position >= 0 and one.role is None and not query.units[position].optional
        ]
        if names_it or query.negated == negative:
            return "yes_no.yes" if names_it or any(own) or not own else "yes_no.recorded"
        return "yes_no.no" if all(own) else "yes_no.recorded"

    def _has_ended(self, finding: Finding, query: Query) -> bool:
        """Whether "does she work there" asks for what was so once; a degree from there is one ever since."""
        fact, match = finding.fact, finding.match
        lasting = self._properties[fact.property].lasting and not any(one.property == DEGREE for one in fact.qualifiers)
        tied = lasting and match.bound(SUBJECT) and match.bound(VALUE)
        return tied and query.present and not (query.former or query.times)

    def _is_known(self, findings: Sequence[Finding], query: Query) -> bool:
        """Whether a yes or no goes before the answer to "is it known why …"; a list speaks for itself."""
        return query.embedded and len({one.fact.value.text for one in findings}) == 1

    def _known_or_not(self, finding: Finding) -> str:
        """The same for "is it known why …": a text may say that it is not."""
        return "yes_no.no" if self._phrasing.is_unknown(finding.fact.value.text) else "yes_no.yes"

    def _denies(self, text: str, query: Query) -> bool:
        """Whether a text denies something in that part of it which the question is about."""
        parts = [part for part in _PART.split(text) if part.strip()]
        asked = {stem for unit in query.words for stems in unit.stems for stem in stems}
        shared = [len(asked & self._lexicon.words(part)) for part in parts]
        most = max(shared, default=0)
        return any(self._phrasing.is_negative(part) for part, count in zip(parts, shared, strict=True) if count == most)

    def _asks_what_a_person_is(self, finding: Finding, query: Query) -> bool:
        """Whether it is of the form "is Ada the head of …": what somebody is has to be stated, not only hinted at."""
        if query.ask is not Ask.YES_NO or not query.names or query.keys[0] not in _BE:
            return False
        name = query.names[0]
        named = finding.match.explained.get(query.units.index(name))
        if (
            name.start != 1
            or named is None
            or not any(e.id == named.entity and e.kind == "person" for e in finding.fact.ends)
        ):
            return False
        behind = query.keys[name.end : name.end + 1]
        return behind[:1] in _ARTICLES or any(unit.start == name.end for unit in query.words)

    def _role_instead(self, finding: Finding, query: Query) -> Fact:
        """What the one named is there, where that is recorded; else the fact that only comes close."""
        wanted = [set(unit.mention.entities) for unit in query.names if unit.mention]
        for number in wanted[0]:
            for fact in self._snapshot.facts_of(number, None, "s", _DESCRIPTIONS):
                held = {end.id for end in fact.ends}
                if all(held & one for one in wanted) and any(q.property in ROLES for q in fact.qualifiers):
                    return fact
        return finding.fact

    def _is_stated(self, finding: Finding, query: Query) -> bool:
        """Whether the facts say all that is asked, so that a plain yes is no guess.

        Words that only help to find a fact, and names that only occur in a text, decide nothing.
        """
        facts = (finding.fact, *finding.support)
        said = stems_of([text for fact in facts for text in self._texts(fact)], ())
        for position, one in finding.match.explained.items():
            if one.role == TEXT:
                return False
            if position < 0 or one.reading is not None or one.role is not None:
                continue
            stems = query.units[position].stems
            if one.weight == BY_WORDS and not any(said.issuperset(s) for s in stems):
                return False
            if one.weight == BY_CONTEXT and not any(self._said_of_ends(finding.fact).issuperset(s) for s in stems):
                return False
        return True

    def _said_of_ends(self, fact: Fact) -> set[str]:
        """The stems of all that describes those whom a fact ties, said outright."""
        facts = [
            one for end in fact.ends for one in self._snapshot.facts_of(end.id, tuple(DESCRIBING), "s", _DESCRIPTIONS)
        ]
        names = [part for end in fact.ends for part in (end.name, end.kind, *end.types)]
        return stems_of([*names, *(text for one in facts for text in self._texts(one))], ())

    def _texts(self, fact: Fact) -> list[str]:
        """All that a fact says, its property by the words for it."""
        prop = self._properties[fact.property]
        denied = self._phrasing.is_negative  # a remark may say that something is not told
        told = [q.value.text for q in fact.qualifiers if q.property != NOTE or not denied(q.value.text)]
        return [fact.subject.name, fact.value.text, prop.label, *prop.verbs, *prop.value_verbs, *told]

    def _conflict(self, findings: Sequence[Finding]) -> bool:
        """Whether these are several values of a property that has one, for one subject and overlapping times."""
        first = findings[0].fact
        prop = self._properties[first.property]
        return (
            len(findings) > 1
            and not prop.many
            and all(f.fact.property == first.property and f.fact.subject == first.subject for f in findings)
            and len({f.fact.value.text for f in findings}) > 1
            and (prop.literal == "date" or all(f.fact.period.overlaps(first.period) for f in findings))
        )


def _is_reversed(text: str, query: Query, lexicon: Lexicon) -> bool:
    """Whether both compare the same two things, but the other way round: "oak lasts longer than larch"."""
    if "than" not in query.keys or " than " not in text:
        return False
    place = query.keys.index("than")
    behind = {lexicon.stem(key) for key in query.keys[place + 1 : place + 4] if key not in lexicon.function}
    before, _, after = text.partition(" than ")
    return bool(behind) and behind <= lexicon.words(before) and behind.isdisjoint(lexicon.words(after))


def _figures(text: str) -> set[str]:
    """The whole numbers and decimals of a text, thousands written with or without their commas."""
    return {re.sub(r",(?=\d{3}(?!\d))", "", figure) for figure in _FIGURE.findall(text)}
