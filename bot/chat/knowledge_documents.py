"""Adding and removing documents and deciding what waits, on commands and presses; knows no wording of its own."""

import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import discord

from bot.answers.markdown import escape
from bot.chat.knowledge_layout import Holder, Press, Verb, choice_layout, words
from bot.chat.knowledge_lines import LONGEST_PAGE, Says, short
from bot.chat.knowledge_office import Office, actor_of, command_of
from bot.chat.knowledge_outcome import pages_of_outcome
from bot.chat.services import Services
from bot.errors import ShelfError, WhoswhoError
from bot.ingest.folder import MOST_BYTES
from bot.ingest.glance import Glance
from bot.ingest.outcome import Outcome
from bot.ingest.review import Question, Side, Suggestion
from bot.librarian import FAILED, Librarian

_MOST_PENDING = 4  # documents or reviews that wait for a press; a document is kept whole
_MOST_SHOWN = 8  # facts, suggestions or lines of a preview
_MOST_CHOICES, _LONGEST_CHOICE = 25, 100
_ANSWERS = {Verb.YES: True, Verb.NO: False, Verb.SKIP: None}


@dataclass(slots=True)
class _Review:
    """Questions that one admin goes through; `next` is the one that is shown."""

    questions: list[Question]
    next: int = 0
    decided: int = 0


class DocumentOffice(Office):
    """The office, with the shelf and the questions that wait."""

    def __init__(self, services: Services, librarian: Librarian) -> None:
        super().__init__(services, librarian)
        self._pending: OrderedDict[str, Glance | str | _Review] = OrderedDict()

    async def ask_add(self, interaction: discord.Interaction, file: discord.Attachment | None, link: str) -> None:
        """Show what would be understood of a document, and ask whether to add it."""
        holder = await self._begun(interaction, "add")
        if holder is None:
            return
        say = self._private(interaction)
        if (file is None) == (not link):
            await interaction.edit_original_response(view=words(say("add.one_of_both")))
            return
        try:
            if file is not None and file.size > MOST_BYTES:
                raise ShelfError(say("add.too_large", most=MOST_BYTES // 1_000_000))
            found = await self.librarian.glance(file.filename, await file.read()) if file else await self._fetched(link)
        except (WhoswhoError, discord.HTTPException) as error:
            await interaction.edit_original_response(view=words(say("failed", why=escape(str(error)))))
            await self.librarian.note(actor_of(interaction), "add", FAILED, str(error))
            return
        told = _told_glance(found, say)
        if not found.preview.understood:
            await interaction.edit_original_response(view=words(told))
            return
        rest = self._keep(found)
        buttons = [("add", Verb.ADD, rest), ("cancel", Verb.CANCEL, "add")]
        await interaction.edit_original_response(view=choice_layout(told, buttons, holder, say))

    async def ask_remove(self, interaction: discord.Interaction, path: str) -> None:
        """Ask whether to take a document out."""
        holder = await self._begun(interaction, "remove")
        if holder is None:
            return
        say = self._private(interaction)
        if path not in await self.librarian.documents():
            await interaction.edit_original_response(view=words(say("remove.unknown", document=short(path))))
            return
        buttons = [("remove", Verb.REMOVE, self._keep(path)), ("cancel", Verb.CANCEL, "remove")]
        layout = choice_layout(say("remove.ask", document=short(path)), buttons, holder, say)
        await interaction.edit_original_response(view=layout)

    async def documents(self, interaction: discord.Interaction, typed: str) -> list[str]:
        """Documents whose path holds what was typed, for completion; none for those who may not."""
        if not await self.may(interaction):
            return []
        found = [path for path in await self.librarian.documents() if typed.casefold() in path.casefold()]
        return [path for path in found if len(path) <= _LONGEST_CHOICE][:_MOST_CHOICES]

    async def review(self, interaction: discord.Interaction) -> None:
        """Show the first question that waits for a decision."""
        holder = await self._begun(interaction, "review")
        if holder is None:
            return
        say = self._private(interaction)
        try:
            review = _Review(await self.librarian.waiting())
        except WhoswhoError as error:
            await interaction.edit_original_response(view=words(*self._pages_of(error, say)[:1]))
            return
        if not review.questions:
            await interaction.edit_original_response(view=words(say("review.none")))
            return
        await self._ask_next(interaction, holder, self._keep(review), review)

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

    async def _begun(self, interaction: discord.Interaction, action: str) -> Holder | None:
        """Who may go on, and is told to wait; None: they may not, and were told."""
        holder = Holder(interaction.user.id, command_of(interaction), self.key)
        if not await self._allowed(interaction, holder, action):
            return None
        await interaction.response.defer(ephemeral=True, thinking=True)
        return holder

    async def _fetched(self, link: str) -> Glance:
        return await self.librarian.glance("", b"", link)

    async def _add(self, interaction: discord.Interaction, press: Press, say: Says) -> None:
        found = self._pending.get(press.rest)
        if not isinstance(found, Glance):
            await interaction.edit_original_response(view=words(say("not_known")))
            return
        outcome = await self.librarian.add(found, actor_of(interaction))
        await self._tell_outcome(interaction, say("add.done", document=short(found.name)), outcome, say)

    async def _remove(self, interaction: discord.Interaction, press: Press, say: Says) -> None:
        path = self._pending.get(press.rest)
        if not isinstance(path, str):
            await interaction.edit_original_response(view=words(say("not_known")))
            return
        outcome = await self.librarian.remove(path, actor_of(interaction))
        await self._tell_outcome(interaction, say("remove.done", document=short(path)), outcome, say)

    async def _decide(self, interaction: discord.Interaction, press: Press) -> None:
        key, _, number = press.rest.partition(".")
        review, say = self._pending.get(key), self._private(interaction)
        if not isinstance(review, _Review):
            await self._tell(interaction, "not_known")
            return
        if int(number) != review.next:  # a second click
            await self._tell(interaction, "done_already")
            return
        question, yes = review.questions[review.next], _ANSWERS.get(Verb(press.verb))
        review.next = len(review.questions) if press.verb == Verb.END else review.next + 1
        await interaction.response.defer()
        try:
            if yes is not None:
                await self.librarian.decide(question, actor_of(interaction), yes=yes)
                review.decided += 1
            if review.next < len(review.questions):
                await self._ask_next(interaction, press.holder, key, review)
                return
            if not review.decided:
                await interaction.edit_original_response(view=words(say("review.nothing_decided")))
                return
            await interaction.edit_original_response(view=words(say("loading")))
            outcome = await self.librarian.reload(actor_of(interaction))
            await self._tell_outcome(interaction, say("review.done", number=review.decided), outcome, say)
        except WhoswhoError as error:
            await interaction.edit_original_response(view=words(*self._pages_of(error, say)[:1]))

    async def _ask_next(self, interaction: discord.Interaction, holder: Holder, key: str, review: _Review) -> None:
        say, number = self._private(interaction), review.next
        place = say("review.place", number=number + 1, all=len(review.questions))
        verbs = (("yes", Verb.YES), ("no", Verb.NO), ("skip", Verb.SKIP), ("end", Verb.END))
        buttons = [(label, verb, f"{key}.{number}") for label, verb in verbs]
        layout = choice_layout(f"{place}\n{_told_question(review.questions[number], say)}", buttons, holder, say)
        await interaction.edit_original_response(view=layout)

    async def _tell_outcome(self, interaction: discord.Interaction, head: str, outcome: Outcome, say: Says) -> None:
        told = pages_of_outcome(outcome, say)[0]
        await interaction.edit_original_response(view=words(head, told))

    def _keep(self, what: "Glance | str | _Review") -> str:
        key = secrets.token_hex(8)
        self._pending[key] = what
        while len(self._pending) > _MOST_PENDING:
            self._pending.popitem(last=False)
        return key


def _told_glance(found: Glance, say: Says) -> str:
    seen = found.preview
    lines = [say("add.head", document=short(found.url or found.name))]
    if not seen.understood:
        lines.append(say("add.not_understood"))
    for key, read in (("facts", seen.facts), ("suggestions", seen.suggestions)):
        if read:
            lines.append(f"\n**{say.count(key, len(read))}**")
            lines += [
                f"- {item.line}: {short(item.subject)}, {escape(item.property)}: {short(item.value)}"
                for item in read[:_MOST_SHOWN]
            ]
    if seen.unplaced:
        lines.append(f"\n**{say.count('unplaced', len(seen.unplaced))}**")
        lines += [f"- {line.line}: {short(line.text)}" for line in seen.unplaced[:_MOST_SHOWN]]
    lines += [f"- {short(str(problem))}" for problem in seen.problems[:_MOST_SHOWN]]
    return "\n".join(lines)[: LONGEST_PAGE + 1000]


def _told_question(question: Question, say: Says) -> str:
    if isinstance(question, Suggestion):
        return say(
            "review.suggestion", says=short(question.says), sentence=short(question.sentence),
            place=escape(f"{question.document}:{question.line}"),
        )  # fmt: skip
    return say("review.identity", one=_told_side(question.one), other=_told_side(question.other))


def _told_side(side: Side) -> str:
    lines = [
        f"**{short(side.name)}** ({short(', '.join(side.documents))})",
        *(f"- {short(fact)}" for fact in side.facts),
    ]
    return "\n".join(lines)
