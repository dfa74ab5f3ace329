"""Adding and removing documents and deciding what waits, on commands and presses; knows no wording of its own."""

from collections.abc import Awaitable, Callable, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

import discord

from bot.answers.wording.markdown import escape
from bot.chat.knowledge.layout import Holder, Press, Verb
from bot.chat.knowledge.office import Office, actor_of, called_off
from bot.chat.knowledge.outcome import pages_of_outcome
from bot.chat.messages.components import LONGEST_CHOICE, MOST_CHOICES
from bot.chat.messages.lines import LONGEST_PAGE, Says, section, short, told_problem
from bot.errors import LoadBusy, ShelfError, WhoswhoError
from bot.ingest.outcome import Outcome, Read
from bot.librarian import FAILED

if TYPE_CHECKING:
    from bot.ingest.decisions.review import Question, Side
    from bot.ingest.glance import Glance

_MOST_SHOWN = 8  # facts, suggestions or lines of a preview
_ANSWERS = {Verb.YES: True, Verb.NO: False, Verb.SKIP: None}


class DocumentOffice(Office):
    """The office, with the shelf and the questions that wait; all that a button needs is in its id or on the disk."""

    async def ask_add(self, interaction: discord.Interaction, file: discord.Attachment | None, link: str) -> None:
        """Show what would be understood of a document, and ask whether to add it."""
        from bot.ingest.folder.files import MOST_BYTES  # noqa: PLC0415 - a bot that only answers is spared it

        holder = await self.begun(interaction, "add")
        if holder is None:
            return
        say = self._private(interaction)
        if (file is None) == (not link):
            await self.show(interaction, say("add.one_of_both"))
            return
        try:
            if file is not None and file.size > MOST_BYTES:
                raise ShelfError(say("add.too_large", most=MOST_BYTES // 1_000_000))
            found = (
                await self.librarian.glance(file.filename, await file.read())
                if file
                else await self.librarian.glance("", b"", link)
            )
            key = await self.librarian.hold(found) if found.preview.understood else ""
        except (WhoswhoError, discord.HTTPException) as error:
            await self.show(interaction, say("failed", why=escape(str(error))))
            await self.librarian.note(actor_of(interaction), "add", FAILED, str(error))
            return
        told = _told_glance(found, say)
        if not key:
            await self.show(interaction, told)
            return
        choices = [("add", Verb.ADD, key), ("cancel", Verb.CANCEL, f"add.{key}")]
        await self.let_choose(interaction, told, choices, holder)

    async def ask_remove(self, interaction: discord.Interaction, path: str) -> None:
        """Ask whether to take a document out."""
        holder = await self.begun(interaction, "remove")
        if holder is None:
            return
        say = self._private(interaction)
        if path not in await self.librarian.documents(actor_of(interaction)):
            await self.show(interaction, say("remove.unknown", document=short(path)))
            return
        choices = [("remove", Verb.REMOVE, _digest(path)), ("cancel", Verb.CANCEL, "remove")]
        await self.let_choose(interaction, say("remove.ask", document=short(path)), choices, holder)

    async def documents(self, interaction: discord.Interaction, typed: str) -> list[str]:
        """Documents whose path holds what was typed, for completion; none for those who may not."""
        if not await self.may(interaction):
            return []
        found = [
            path
            for path in await self.librarian.documents(actor_of(interaction))
            if typed.casefold() in path.casefold()
        ]
        return [path for path in found if len(path) <= LONGEST_CHOICE][:MOST_CHOICES]

    async def review(self, interaction: discord.Interaction) -> None:
        """Show the first question that waits for a decision."""
        holder = await self.begun(interaction, "review")
        if holder is None:
            return
        say = self._private(interaction)
        try:
            questions = await self.librarian.waiting(actor_of(interaction))
        except WhoswhoError as error:
            await self.show(interaction, *self._pages_of(error, say)[:1])
            return
        if not questions:
            await self.show(interaction, say("review.none"))
            return
        await self._ask(interaction, holder, questions, 0, decided=0)

    def _deeds(
        self, interaction: discord.Interaction, press: Press
    ) -> dict[str, tuple[str, Callable[[], Awaitable[None]]]]:
        deciding = ("review", lambda: self._decide(interaction, press))
        return {
            **super()._deeds(interaction, press),
            Verb.ADD: ("add", lambda: self._once(interaction, press, self._add)),
            Verb.REMOVE: ("remove", lambda: self._once(interaction, press, self._remove)),
            Verb.YES: deciding,
            Verb.NO: deciding,
            Verb.SKIP: deciding,
            Verb.END: deciding,
        }

    async def _add(self, interaction: discord.Interaction, press: Press, say: Says) -> None:
        found = await self.librarian.held(press.rest)
        if found is None:
            await self.show(interaction, say("add.gone"))
            return
        outcome = await self.librarian.add(found, actor_of(interaction))
        await self.librarian.let_go(press.rest)
        await self._tell_outcome(interaction, say("add.done", document=short(found.url or found.name)), outcome, say)

    async def _remove(self, interaction: discord.Interaction, press: Press, say: Says) -> None:
        path = next(
            (path for path in await self.librarian.documents(actor_of(interaction)) if _digest(path) == press.rest),
            None,
        )
        if path is None:
            await self.show(interaction, say("remove.gone"))
            return
        try:
            outcome = await self.librarian.remove(path, actor_of(interaction))
        except LoadBusy as error:  # it is out already
            told = say("remove.later", document=short(path))
            await self.show(interaction, told, *self._pages_of(error, say)[:1])
            return
        await self._tell_outcome(interaction, say("remove.done", document=short(path)), outcome, say)

    async def _cancel(self, interaction: discord.Interaction, press: Press) -> None:
        await super()._cancel(interaction, press)
        action, key = called_off(press)
        if action == "add":
            await self.librarian.let_go(key)

    async def _decide(self, interaction: discord.Interaction, press: Press) -> None:
        """Take an answer in, and ask the next question; the list stays as it is until the decisions are loaded."""
        key, _, before = press.rest.partition(".")
        what = f"{key}:{interaction.message and interaction.message.id}"
        if not self._first_time(what):  # a second click
            await self._tell(interaction, "review.done_already")
            return
        say, decided, yes = self._private(interaction), int(before or 0), _ANSWERS.get(Verb(press.verb))
        await interaction.response.defer()
        try:
            questions = await self.librarian.waiting(actor_of(interaction))
            place = next((number for number, one in enumerate(questions) if _digest(one.key) == key), None)
            if place is None and press.verb != Verb.END:
                await self.show(interaction, say("review.gone"))
                return
            if yes is not None and place is not None:
                await self.librarian.decide(questions[place], actor_of(interaction), yes=yes)
                decided += 1
            if press.verb != Verb.END and place is not None and place + 1 < len(questions):
                await self._ask(interaction, press.holder, questions, place + 1, decided)
                return
            if not decided:
                await self.show(interaction, say("review.nothing_decided"))
                return
            await self.show(interaction, say("loading"))
            outcome = await self.librarian.reload(actor_of(interaction))
            await self._tell_outcome(interaction, say("review.done", number=decided), outcome, say)
        except WhoswhoError as error:
            await self.show(interaction, *self._pages_of(error, say)[:1])

    async def _ask(
        self,
        interaction: discord.Interaction,
        holder: Holder,
        questions: Sequence["Question"],
        number: int,
        decided: int,
    ) -> None:
        say, question = self._private(interaction), questions[number]
        place = say("review.place", number=number + 1, all=len(questions))
        verbs = (("yes", Verb.YES), ("no", Verb.NO), ("skip", Verb.SKIP), ("end", Verb.END))
        choices = [(label, verb, f"{_digest(question.key)}.{decided}") for label, verb in verbs]
        await self.let_choose(interaction, f"{place}\n{_told_question(question, say)}", choices, holder)

    async def _tell_outcome(self, interaction: discord.Interaction, head: str, outcome: Outcome, say: Says) -> None:
        told = pages_of_outcome(outcome, say)[0]
        await self.show(interaction, head, told)


def _told_glance(found: "Glance", say: Says) -> str:
    """The first of what would be understood; each list says how many there are in all."""
    seen = found.preview
    lines = [say("add.head", document=short(found.url or found.name))]
    if not seen.understood:
        lines = [say("add.not_understood", document=short(found.url or found.name))]
    elif not (seen.facts or seen.suggestions):
        lines.append(say("add.no_fact", passages=say.count("passages", seen.passages)))
    for key, read in (("facts", seen.facts), ("suggestions", seen.suggestions)):
        lines += section(say, say.count(key, len(read)), read[:_MOST_SHOWN], len(read), _read)
    unplaced = seen.unplaced[:_MOST_SHOWN]
    lines += section(
        say, say.count("unplaced", len(seen.unplaced)), unplaced, len(seen.unplaced),
        lambda _, line: f"{line.line}: {short(line.text)}",
    )  # fmt: skip
    problems = seen.problems[:_MOST_SHOWN]
    lines += section(say, say.count("problems", len(seen.problems)), problems, len(seen.problems), told_problem)
    return "\n".join(lines)[: LONGEST_PAGE + 1000]


def _read(_: Says, item: Read) -> str:
    return f"{item.line}: {short(item.subject)}, {escape(item.property)}: {short(item.value)}"


def _digest(text: str) -> str:
    """What fits into a button and tells a path or a question from any other."""
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _told_question(question: "Question", say: Says) -> str:
    from bot.ingest.decisions.review import Suggestion  # noqa: PLC0415 - a bot that only answers is spared it

    if isinstance(question, Suggestion):
        return say(
            "review.suggestion", says=short(question.says), sentence=short(question.sentence),
            place=escape(f"{question.document}:{question.line}"),
        )  # fmt: skip
    return say("review.identity", one=_told_side(question.one), other=_told_side(question.other))


def _told_side(side: "Side") -> str:
    lines = [
        f"**{short(side.name)}** ({short(', '.join(side.documents))})",
        *(f"- {short(fact)}" for fact in side.facts),
    ]
    return "\n".join(lines)
