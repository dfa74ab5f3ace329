"""What is recorded of a member, as pages that only they read; finds out nothing and sends nothing."""

from collections.abc import Iterator

from bot.answers.wording.dates import say_date
from bot.answers.wording.markdown import escape
from bot.chat.messages.lines import moment, paged
from bot.chat.messages.paging import cut
from bot.chat.words.voice import Voice
from bot.model.fact import Fact, Rank
from bot.model.vocabulary import Vocabulary
from bot.persons.mine import Mine, Written
from bot.store.state.records import Asked

_MOST_NAMES = 10
_LONGEST = 200  # characters of a value, a source or a passage


def pages_of_mine(mine: Mine, vocabulary: Vocabulary, voice: Voice) -> list[str]:
    """All pages; one at least."""
    return paged(_head(mine, voice), [*_lines(mine, vocabulary, voice), "\n" + voice.say("me.shown.rights")])


def told_fact(fact: Fact, vocabulary: Vocabulary, voice: Voice) -> str:
    """One fact with its source and place, as Markdown."""
    known = vocabulary.properties.get(fact.property)
    details = [_short(item.value.text) for item in fact.qualifiers]
    return voice.say(
        "me.shown.fact",
        subject=_short(fact.subject.name),
        property=escape(known.label if known else fact.property),
        value=_short(fact.value.text),
        details="".join(f", {text}" for text in details) + _period(fact, voice),
        source=_short(fact.source.title),
        place=_short(f"{fact.evidence.document}:{fact.evidence.line}"),
    )


def told_plea(asked: Asked, voice: Voice) -> str:
    """What a member asked for, in a few words."""
    return voice.say(f"me.pleas.{asked.plea}", name=_short(asked.name), about=_short(asked.about))


def _head(mine: Mine, voice: Voice) -> str:
    if mine.link is None:
        return voice.say("me.shown.not_linked") + (f"\n{voice.say('me.shown.hidden')}" if mine.hidden else "")
    at = moment(int(mine.link.at.timestamp()))
    if mine.hidden and mine.written is None:  # nor is the entry's name known here any more
        return f"{voice.say('me.shown.hidden_entry', at=at)}\n{voice.say('me.shown.hidden')}"
    name = f"**{_short(mine.written.entity.name)}**" if mine.written else escape(mine.link.entity)
    if mine.link.actor is None:
        head = voice.say("me.shown.linked_machine", name=name, at=at)
    else:
        head = voice.say("me.shown.linked", name=name, at=at, who=f"<@{mine.link.actor}>")
    if mine.hidden:
        return f"{head}\n{voice.say('me.shown.hidden')}"
    return head if mine.written else f"{head}\n{voice.say('me.shown.not_there')}"


def _lines(mine: Mine, vocabulary: Vocabulary, voice: Voice) -> Iterator[str]:
    if mine.written is not None:
        yield from _written(mine.written, vocabulary, voice)
    if mine.requests:
        yield "\n" + voice.say("me.shown.requests")
        for asked in mine.requests:
            outcome = voice.say(f"me.outcomes.{asked.outcome or 'open'}")
            at = moment(int(asked.at.timestamp()))
            yield "- " + voice.say("me.shown.request", at=at, what=told_plea(asked, voice), outcome=outcome)
    yield "\n" + voice.say("me.shown.bot")
    noted = (
        ("me.shown.gaps", mine.notes.gaps), ("me.shown.votes", mine.notes.votes), ("me.shown.deeds", len(mine.deeds))
    )  # fmt: skip
    told = ["- " + voice.say(key, number=number) for key, number in noted if number]
    yield from told or ["- " + voice.say("me.shown.nothing")]


def _written(written: Written, vocabulary: Vocabulary, voice: Voice) -> Iterator[str]:
    names = ", ".join(_short(name) for name in written.names[:_MOST_NAMES])
    yield voice.say("me.shown.names", names=names)
    yield "\n" + voice.say("me.shown.facts", number=len(written.facts))
    for fact in written.facts:
        told = told_fact(fact, vocabulary, voice)
        yield "- " + (voice.say("me.shown.suggested", fact=told) if fact.rank is Rank.SUGGESTION else told)
    if written.passages:
        yield "\n" + voice.say("me.shown.passages", number=len(written.passages))
        for passage in written.passages:
            place = _short(f"{passage.document}:{passage.line}")
            yield "- " + voice.say("me.shown.passage", place=place, text=_short(passage.text))


def _period(fact: Fact, voice: Voice) -> str:
    start, end = (say_date(day) if day else "" for day in (fact.start, fact.end))
    if start and start == end:
        return voice.say("me.shown.at", time=start)
    if start and end:
        return voice.say("me.shown.dated", **{"from": start, "to": end})
    if start:
        return voice.say("me.shown.since", **{"from": start})
    return voice.say("me.shown.until", to=end) if end else ""


def _short(text: str) -> str:
    return escape(cut(text, _LONGEST))
