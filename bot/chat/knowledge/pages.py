"""What is in force, kept, missed and was done, as pages for the admin; knows neither Discord nor how it is sent."""

from collections.abc import Mapping, Sequence
from textwrap import shorten

from bot.answers.wording.dates import say_date
from bot.answers.wording.markdown import escape
from bot.chat.messages.lines import LONGEST_VALUE, Says, member, moment, paged, section, short, told_problem
from bot.librarian import Kept, Lacking, Status
from bot.model.fact import Source
from bot.model.vocabulary import Vocabulary
from bot.store.state.records import Deed


def pages_of_status(status: Status, vocabulary: Vocabulary, say: Says) -> list[str]:
    """What is in force."""
    head = [
        say("status.snapshot", snapshot=status.snapshot, built=moment(int(status.built_at.timestamp()))),
        ", ".join(say.count(name, number) for name, number in status.counts.items()),
    ]
    if status.kinds:
        head.append("-# " + ", ".join(_counted(kind, number, vocabulary) for kind, number in _by_number(status.kinds)))
    if status.undone:
        head.append(say("status.undone", snapshot=status.undone))
    if status.damaged:
        head.append(say("status.damaged", snapshot=status.damaged))
    if status.state_fault:
        head.append(say("status.state_fault", why=escape(status.state_fault)))
    lines = [
        *section(say, say.count("problems", len(status.problems)), status.problems, None, told_problem),
        *section(say, say.count("sources", len(status.sources)), status.sources, None, _source),
    ]
    return paged("\n".join(head), lines)


def pages_of_history(kept: Sequence[Kept], say: Says) -> list[str]:
    """The snapshots there are to go back to."""
    return paged(say("history.head"), [f"- {told_of_snapshot(one, say)}" for one in kept])


def told_of_snapshot(kept: Kept, say: Says) -> str:
    """One snapshot in a line."""
    loaded = kept.change is not None and kept.change.action == "load"  # that tells when, too
    line = say(
        "history.line_loaded" if loaded else "history.line",
        snapshot=kept.snapshot,
        built=moment(int(kept.built_at.timestamp())),
        known=f"{say.count('entities', kept.entities)}, {say.count('facts', kept.facts)}",
    )
    if kept.change is not None:
        totals = (("added", kept.change.added), ("changed", kept.change.changed), ("withdrawn", kept.change.withdrawn))
        changes = ", ".join(say.count(name, number) for name, number in totals if number)
        key = f"history.{kept.change.action}" if changes else f"history.{kept.change.action}_plain"
        by = member(kept.change.actor, say)
        line += "\n  " + say(key, who=by, at=moment(int(kept.change.at.timestamp())), changes=changes)
    return f"{say('history.in_force')} {line}" if kept.in_force else line


def pages_of_gaps(lacking: Lacking, days: int, vocabulary: Vocabulary, say: Says) -> list[str]:
    """What members asked and nobody could be told."""
    gaps = [
        "- "
        + say(
            "gaps.line", pattern=escape(gap.pattern), askers=gap.askers, times=gap.times,
            last=moment(int(gap.last.timestamp())), reason=say(f"gaps.reasons.{gap.reason}"),
        )
        for gap in lacking.gaps
    ]  # fmt: skip
    votes = [
        "- " + say("gaps.vote", topic=escape(_topic(vote.topic, vocabulary, say)), good=vote.good, bad=vote.bad)
        for vote in lacking.votes
    ]  # fmt: skip
    lines = gaps or [say("gaps.none")]
    if votes:
        lines += [say("gaps.votes"), *votes]
    return paged(say("gaps.head", days=days), lines)


def pages_of_audit(deeds: Sequence[Deed], say: Says) -> list[str]:
    """What admins did."""
    lines = [
        "- "
        + say(
            "audit.line", at=moment(int(deed.at.timestamp())), who=member(deed.actor, say),
            action=say(f"audit.actions.{deed.action}"), outcome=say(f"audit.outcomes.{deed.outcome}"),
            detail=escape(shorten(deed.detail, LONGEST_VALUE, placeholder=" …")),
        ).strip()
        for deed in deeds
    ]  # fmt: skip
    return paged(say("audit.head"), lines or [say("audit.none")])


def _by_number(kinds: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(kinds.items(), key=lambda item: (-item[1], item[0]))


def _counted(kind: str, number: int, vocabulary: Vocabulary) -> str:
    known = vocabulary.kinds.get(kind)
    if known is None:  # of a vocabulary that the documents have no longer
        return f"{number} {escape(kind)}"
    return f"{number} {escape(known.label if number == 1 else known.plural)}"


def _topic(topic: str, vocabulary: Vocabulary, say: Says) -> str:
    """What a kind of answer was about: a property, or which "no" it was."""
    known = vocabulary.properties.get(topic)
    if known is not None:
        return known.label
    key = f"gaps.reasons.{topic}"
    return say(key) if f"knowledge.{key}" in say.texts.keys else topic


def _source(say: Says, item: tuple[Source, int]) -> str:
    source, facts = item
    dated = (
        say("source_dated", title=short(source.title), date=say_date(source.date))
        if source.date
        else short(source.title)
    )
    return f"{dated}: {say.count('facts', facts)}"
