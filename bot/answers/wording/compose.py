"""Findings to reply text: one sentence, a list with its heading, a count; cuts what is too long and says so."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from bot.answers.finding.finding import Finding
from bot.answers.finding.match import SUBJECT, VALUE
from bot.answers.finding.slot import NONE, UNKNOWN
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Query
from bot.answers.wording.markdown import Ready, bold, escape
from bot.answers.wording.replies import Replies
from bot.answers.wording.sentence import Sentences
from bot.language.fact_words import stems_of
from bot.model.entity import Entity
from bot.model.fact import Fact, Source
from bot.model.vocabulary import Vocabulary

SHORT, LONG = 460, 1350  # characters: an answer to one question, a list that was asked for
_CUT, _OVER = 20, 80  # characters of the line that says how many more there are; more that the very last one may take
_REST = "999999"  # stands for how many are left out
MOST_ITEMS = 25
_SENTENCES = 6  # more things than that are listed under whom they are of, rather than told one by one
MOST_WHOLE = 1000  # lines of a list that is told whole, page by page


class Composer:
    """Words findings with the templates and the vocabulary of one snapshot."""

    def __init__(
        self, replies: Replies, vocabulary: Vocabulary, today: Callable[[], date] = date.today, *, whole: bool = False
    ) -> None:
        """`whole`: nothing is cut, for surfaces that show one page after the other."""
        self.whole = whole
        self._replies = replies
        self._vocabulary = vocabulary
        unstated = {UNKNOWN: replies.render("facts.not_stated"), NONE: replies.render("facts.none_there")}
        self.sentences = Sentences(vocabulary, unstated, today)
        before, after = (re.escape(part) for part in replies.render("facts.cut", rest=_REST).split(_REST))
        self._cut = re.compile(rf"(?:^|\s){before}\d+{after}$", re.MULTILINE)

    def facts(self, findings: Sequence[Finding], query: Query) -> tuple[Ready, list[Fact]]:
        """The text for findings that answer a question, and the facts it states."""
        if len(findings) == 1:
            finding = findings[0]
            return self._replies.render("facts.one", sentence=self._told(finding, query)), [
                finding.fact,
                *finding.support,
            ]
        told = self._told_once(findings, query)
        findings = list(told.values())
        if len(told) == 1:
            return self.facts(findings, query)
        if _is_of_several(findings) and not query.names:
            return self.sentences_of(findings)
        heading = self._heading(findings)
        if heading is None:
            return self._mixed(findings, query)
        limit = LONG if self._wants_list(findings, query) else SHORT
        items, kept = self.fit(list(told), limit - len(heading))
        facts = [fact for finding in findings[:kept] for fact in (finding.fact, *finding.support)]
        return self._replies.render("facts.many", heading=heading, items=items), facts

    def count(self, findings: Sequence[Finding], query: Query) -> tuple[Ready, list[Fact]]:
        """How many answers there are, with the answers."""
        if len(findings) == 1:
            text = self._replies.render("counts.one", item=self._line(findings[0], query))
            return text, [findings[0].fact, *findings[0].support]
        items, _ = self.fit([self._line(finding, query) for finding in findings], SHORT - 100)
        facts = [fact for finding in findings for fact in (finding.fact, *finding.support)]
        return self._replies.render("counts.many", count=len(findings), label=self._label(findings), items=items), facts

    def conflicting(self, findings: Sequence[Finding], query: Query) -> tuple[Ready, list[Fact]]:
        """Values that cannot all be true, each with its source."""
        lines = [
            self._replies.render(
                "facts.conflicting_item", sentence=self._told(finding, query), source=self.source(finding.fact.source)
            )
            for finding in findings
        ]
        items, kept = self.fit(lines, LONG)
        return self._replies.render("facts.conflicting", items=items), [f.fact for f in findings[:kept]]

    def sentences_of(self, findings: Sequence[Finding]) -> tuple[Ready, list[Fact]]:
        """Findings of one property about several entities, one sentence a line, the asked pieces in bold."""
        heading = self._replies.render("facts.heading", label=self._label(findings))
        lines = {self.sentences.full(finding.fact, finding.slot): finding.fact for finding in findings}
        items, kept = self.fit(list(lines), LONG)
        return self._replies.render("facts.many", heading=heading, items=items), list(lines.values())[:kept]

    def plain_list(self, facts: Sequence[Fact], limit: int = SHORT) -> tuple[Ready, list[Fact]]:
        """Facts as full sentences, one a line."""
        lines = {self.sentences.full(fact): fact for fact in reversed(facts)}  # what reads alike is told once
        told = list(reversed(lines.items()))
        items, kept = self.fit([line for line, _ in told], limit)
        return items, [fact for _, fact in told[:kept]]

    def fit(self, lines: Sequence[str], limit: int) -> tuple[Ready, int]:
        """Lines as a bulleted list within a number of characters, and how many were kept; at least one is.

        The last may take more: that there is one more would be told in its place.
        """
        kept: list[str] = []
        size = 0
        most = MOST_WHOLE if self.whole else MOST_ITEMS
        for line in lines if len(lines) == most + 1 else lines[:most]:
            item = self._replies.render("facts.item", item=Ready(line))
            room = _OVER if len(kept) == len(lines) - 1 else -_CUT
            if kept and not self.whole and size + len(item) > limit + room:
                break
            kept.append(item)
            size += len(item) + 1
        rest = len(lines) - len(kept)
        if rest:
            # An item of its own: it would be read as part of the last.
            cut = self._replies.render("facts.cut", rest=rest)
            kept.append(self._replies.render("facts.item", item=cut))
        return Ready("\n".join(kept)), len(lines) - rest

    def is_cut(self, text: str) -> bool:
        """Whether a reply says that there is more than it tells."""
        return self._cut.search(text) is not None

    def source(self, source: Source) -> Ready:
        """A source by its title and date."""
        return escape(source.title if source.date is None else f"{source.title}, {source.date}")

    def _told(self, finding: Finding, query: Query) -> Ready:
        sentence = self.sentences.full(finding.fact, finding.slot, _spoken(finding, query))
        said = [self.sentences.full(fact) for fact in finding.support if self._adds(fact, finding)]
        return Ready(" ".join([sentence, *said[:2]]))

    def _adds(self, fact: Fact, finding: Finding) -> bool:
        return fact.id != finding.fact.id

    def _line(self, finding: Finding, query: Query) -> Ready:
        return self.sentences.item(finding.fact, finding.slot, _spoken(finding, query))

    def _told_once(self, findings: Sequence[Finding], query: Query) -> dict[Ready, Finding]:
        """The lines of a list with what they tell: what reads alike, or says less of the same, is told once."""
        if query.ask is Ask.WHEN and len({finding.period for finding in findings}) == 1 and findings[0].period:
            findings = [one for one in findings if one.slot.value is not None][:1] or findings
        told: dict[Ready, Finding] = {}
        for finding in findings:
            told.setdefault(self._line(finding, query), finding)
        return {
            line: finding
            for line, finding in told.items()
            if not any(_says_less(finding, other) or more.startswith(line + " (") for more, other in told.items())
        }

    def _mixed(self, findings: Sequence[Finding], query: Query) -> tuple[Ready, list[Fact]]:
        """Findings of several properties: each line says how it is tied to what was asked about."""
        if query.ask is Ask.WHO:  # a person rather than a firm
            findings = sorted(findings, key=lambda one: one.answer is None or one.answer.kind != "person")
        lines = {self.sentences.full(one.fact, one.slot, _spoken(one, query)): one for one in findings}
        items, kept = self.fit(list(lines), LONG if self._wants_list(findings, query) else SHORT)
        return items, [fact for one in list(lines.values())[:kept] for fact in (one.fact, *one.support)]

    def _wants_list(self, findings: Sequence[Finding], query: Query) -> bool:
        """A list was asked for when it is of entities, or when the words asking for it are plural."""
        if all(finding.answer is not None for finding in findings):
            return True
        return query.ask is Ask.WHO or any(
            unit.text.lower().endswith("s") and (unit.properties or unit.kinds) for unit in query.words
        )

    def _heading(self, findings: Sequence[Finding]) -> Ready | None:
        """`Ada King – work:` where all are of one property and one name; None where no words hold for all."""
        label = self._label(findings)
        first = findings[0]
        if any(f.fact.property != first.fact.property or f.slot.piece != first.slot.piece for f in findings):
            return self._mixed_heading(findings)
        if first.slot.piece == "subject":
            others = {f.fact.value.text for f in findings}
        else:
            others = {f.fact.subject.name for f in findings}
        if len(others) == 1 and first.slot.piece in ("subject", "value"):
            return self._replies.render("facts.heading_of", name=bold(others.pop()), label=label)
        kinds = {finding.answer.kind if finding.answer is not None else "" for finding in findings}
        if first.slot.piece == "subject" and len(kinds) == 1:  # things that have it, each something else
            label = self._plural(kinds.pop(), [finding.answer for finding in findings if finding.answer is not None])
            return self._replies.render("facts.heading_of_kind", count=bold(str(len(findings))), label=label)
        return self._replies.render("facts.heading", label=label)

    def _plural(self, kind: str, entities: Sequence[Entity]) -> str:
        """The type that all are of, or else their kind, in the plural."""
        shared = set.intersection(*[set(entity.types) for entity in entities])
        type_ = next((one for one in entities[0].types if one in shared), None)
        return self._vocabulary.kinds[kind].plural if type_ is None else plural_of(type_)

    def _mixed_heading(self, findings: Sequence[Finding]) -> Ready | None:
        """Of whom they are and of which kind; of whom alone where all are texts and figures."""
        shared = set.intersection(*({end.name for end in _others(finding)} for finding in findings))
        kinds = {finding.answer.kind if finding.answer is not None else None for finding in findings}
        if len(shared) != 1 or (len(kinds) != 1 and len(findings) <= _SENTENCES):
            return None
        name, kind = bold(shared.pop()), kinds.pop() if len(kinds) == 1 else None
        if kind is None:
            values = all(finding.slot.piece in ("subject", "value") for finding in findings)
            return self._replies.render("facts.heading", label=name) if values else None
        return self._replies.render("facts.heading_of", name=name, label=self._vocabulary.kinds[kind].plural)

    def _label(self, findings: Sequence[Finding]) -> str:
        prop = self._vocabulary.properties[findings[0].fact.property]
        inverse = findings[0].slot.piece == "subject" and prop.inverse_label
        return prop.inverse_label if inverse else prop.label


def _is_of_several(findings: Sequence[Finding]) -> bool:
    """Whether each is told of somebody else, so that a list of them alone would not say of whom."""
    if all(finding.slot.piece == "value" for finding in findings):
        return len({finding.fact.subject.id for finding in findings}) > 1
    tied = [finding.fact.value.entity for finding in findings if finding.slot.piece == "subject"]
    return len(tied) == len(findings) and None not in tied and len(set(tied)) > 1


def _says_less(finding: Finding, other: Finding) -> bool:
    """Whether a text that another finding tells says all that this one does, and more: `two`, `just two, who bake`."""
    one, more = finding.slot.value, other.slot.value
    if one is None or more is None or more.entity is not None or finding.slot.piece != other.slot.piece:
        return False
    if more.text.startswith(("https://", "http://")):
        return False
    return one.text != more.text and re.search(rf"\b{re.escape(one.text)}\b", more.text) is not None


def _others(finding: Finding) -> list[Entity]:
    """Whom the fact is about besides what was asked for."""
    return [end for end in finding.fact.ends if end != finding.answer]


def _spoken(finding: Finding, query: Query) -> frozenset[str]:
    """Stems of the question's words that the fact accounts for by its own words.

    Of a yes or no also those that name its property, where a detail says them: "trained it", of a work.
    """
    said, read = set[str](), set[str]()
    for position, one in finding.match.explained.items():
        if 0 <= position < len(query.units) and one.role not in (SUBJECT, VALUE):
            stems = {part for stems in query.units[position].stems for part in stems}
            (said if one.reading is None else read).update(stems)
    if read and query.ask is Ask.YES_NO:
        said |= read & stems_of([detail.value.text for detail in finding.fact.qualifiers], ())
    return frozenset(said)


def plural_of(word: str) -> str:
    """The plural of a type as an English noun is made regularly: `talk` `talks`, `company` `companies`."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word[:-1] + "ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else word + "s"
