"""What happens on a press, also long after it was sent: all a button needs is in its id; who presses is looked at."""

from abc import abstractmethod
from typing import Any, Self, cast

import discord
from discord import ui

from bot.answers.evidence import LENGTH
from bot.chat.messages import ids
from bot.chat.messages.layout import Answer, Frame, evidence_layout, lines_layout
from bot.chat.serving.delivery import deliver, is_for_one, tell
from bot.chat.serving.desk import Desk, desk_of, question_of
from bot.chat.serving.failures import report
from bot.model.answer import Turn
from bot.model.audience import EVERYBODY, Asker
from bot.model.fact import Fact
from bot.model.request import Request, Wish, is_handle
from bot.model.vocabulary import Vocabulary


class Stale(Exception):
    """What was recorded when the button was sent has changed."""


class NotForAll(Exception):
    """What one member was told is not for everybody."""


class Pressed(ui.DynamicItem[ui.Item[Any]], template=r"(?!)"):
    """A button or list that was pressed; `fields` are the parts of its id."""

    def __init__(self, item: ui.Item[Any], fields: tuple[str, ...]) -> None:
        super().__init__(item)
        self.fields = fields

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction, item: ui.Item[Any], match: Any, /) -> Self:
        """The item of an id that fits the template."""
        return cls(item, match.groups())

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Let nobody press faster than the settings allow."""
        return await desk_of(interaction).gate.admits(interaction)

    async def callback(self, interaction: discord.Interaction) -> None:
        """Do it; whatever goes wrong is reported, for discord.py would leave the member waiting."""
        desk = desk_of(interaction)
        try:
            await self.press(interaction, desk)
        except Stale:
            await _say(interaction, desk, "lines.changed")
        except NotForAll:
            await _say(interaction, desk, "lines.not_for_all")
        except Exception as error:  # noqa: BLE001 - it ends here, with a reference for the member and the log
            await report(interaction, error, desk.services)

    @abstractmethod
    async def press(self, interaction: discord.Interaction, desk: Desk) -> None:
        """What the press does."""


class SourceButton(Pressed, template=r"source:(\d{1,4}):([\w=-]*)"):
    """Shows what the documents say, to whoever wants to know."""

    async def press(self, interaction: discord.Interaction, desk: Desk) -> None:
        """Show the evidence."""
        more, text = int(self.fields[0]), self.fields[1]
        wanted = [text[start : start + LENGTH] for start in range(0, len(text), LENGTH)]
        voice = desk.voice(interaction)

        def lay_out(found: tuple[list[Fact], Vocabulary]) -> Any:
            return (
                evidence_layout(found[0], more, found[1], voice) if found[0] else lines_layout(voice.say("lines.gone"))
            )

        async def located() -> tuple[list[Fact], Vocabulary]:
            asker = await desk.askers.of(interaction, private=True)
            assistant = desk.services.assistant
            return await assistant.seen_by(asker).located(wanted), await assistant.vocabulary()

        await deliver(interaction, located(), lay_out, private=True)


class MoreButton(Pressed, template=r"more:(=.+)"):
    """Shows the profile of whom an answer is about."""

    async def press(self, interaction: discord.Interaction, desk: Desk) -> None:
        """Show the profile."""
        await desk.respond(interaction, Request(Wish.DESCRIBE, (self.fields[0], "")), private=True)


class PickList(Pressed, template=r"(?s:pick:(.*))"):
    """Answers what was asked, of the one who was picked."""

    async def press(self, interaction: discord.Interaction, desk: Desk) -> None:
        """Answer in place to whom the list was shown, privately to anyone else."""
        handle = _value(interaction)
        request = await _request(interaction, desk, self.fields[0])
        if request is None:
            return
        if not is_handle(handle):
            await _say(interaction, desk, "lines.gone")
            return
        in_place = _is_asker(interaction, desk)
        private = not in_place or is_for_one(interaction)
        before = _before(interaction, desk)
        await desk.respond(interaction, request.meaning(handle), private=private, before=before, in_place=in_place)


class PageButton(Pressed, template=r"(?s:page:(\d{1,3}):([0-9a-f]+):(.*))"):
    """Turns to another page of a list."""

    async def press(self, interaction: discord.Interaction, desk: Desk) -> None:
        """Turn the page in place for whom it was made, and give anyone else a copy."""
        page, check, text = self.fields
        request = await _request(interaction, desk, text)
        if request is None:
            return
        before = _before(interaction, desk)

        async def work(asker: Asker) -> Answer:
            return await desk.turned(await _unchanged(desk, request, before, check, asker), int(page))

        in_place = _is_asker(interaction, desk)
        private = not in_place or is_for_one(interaction)
        await desk.respond(interaction, request, private=private, before=before, in_place=in_place, work=work)


class FeedbackButton(Pressed, template=r"(?s:(good|bad):(.*))"):
    """Notes whether an answer was liked."""

    async def press(self, interaction: discord.Interaction, desk: Desk) -> None:
        """Note it once, however often it is pressed."""
        request = await _request(interaction, desk, self.fields[1])
        if request is None:
            return
        good = self.fields[0] == ids.Press.GOOD
        deed = (interaction.message and interaction.message.id, interaction.user.id, good)
        if desk.recall.first_time(deed):
            try:
                memory = desk.services.memory
                await memory.note_feedback(question_of(request), good=good, asker=interaction.user.id)
            except Exception:
                desk.recall.undo(deed)
                raise
        await _say(interaction, desk, "lines.thanks")


class ShareButton(Pressed, template=r"(?s:share:([0-9a-f]+):(.*))"):
    """Shows a private answer to the channel, under the name of who shares it."""

    async def press(self, interaction: discord.Interaction, desk: Desk) -> None:
        """Answer once more, as everyone may see it, and take the button off the private message."""
        check, text = self.fields
        if not (interaction.permissions.send_messages or interaction.permissions.send_messages_in_threads):
            await _say(interaction, desk, "lines.not_here")
            return
        request = await _request(interaction, desk, text)
        if request is None:
            return
        deed = (interaction.message and interaction.message.id, "shared")
        if not desk.recall.first_time(deed):
            await _say(interaction, desk, "lines.shared_already")
            return
        before = _before(interaction, desk)
        try:
            await interaction.response.defer()
            answer = await desk.answer(request, before)
            if ids.check_of(answer.reply.text) != check:
                await _unchanged(desk, request, before, check, await desk.askers.of(interaction, private=True))
                raise NotForAll
            asked = request.words[0] if request.wish is Wish.ASK else None
            public = Frame(desk.voice(interaction, private=False), asked=asked, shared_by=interaction.user.mention)
            sent = await interaction.followup.send(view=desk.lay_out(answer, public), wait=True)
        except BaseException:
            desk.recall.undo(deed)
            raise
        await desk.note(answer, interaction.user.id, interaction.channel_id, sent.id)
        mine = Frame(desk.voice(interaction), asked=asked)
        await interaction.edit_original_response(view=desk.lay_out(answer, mine))


class TryList(Pressed, template=r"try"):
    """Answers one of the examples, privately."""

    async def press(self, interaction: discord.Interaction, desk: Desk) -> None:
        """Ask it."""
        await desk.respond(interaction, Request(Wish.ASK, (_value(interaction),)), private=True)


BUTTONS = (SourceButton, MoreButton, PickList, PageButton, FeedbackButton, ShareButton, TryList)


async def _unchanged(desk: Desk, request: Request, before: Turn | None, check: str, asker: Asker = EVERYBODY) -> Answer:
    """The answer, if it still reads as it did; for everybody it may read otherwise. Raises Stale."""
    answer = await desk.answer(request, before, asker)
    if ids.check_of(answer.reply.text) != check:
        raise Stale
    return answer


async def _request(interaction: discord.Interaction, desk: Desk, text: str) -> Request | None:
    """The request of a button; None, and the member is told, where nobody knows it any more."""
    request = ids.unpack_request(text, desk.recall)
    if request is None:
        await _say(interaction, desk, "lines.forgotten")
    return request


async def _say(interaction: discord.Interaction, desk: Desk, key: str) -> None:
    await tell(interaction, lines_layout(desk.voice(interaction).say(key)))


def _value(interaction: discord.Interaction) -> str:
    """What was picked from a list."""
    values = cast("dict[str, Any]", interaction.data or {}).get("values") or [""]
    return str(values[0])


def _before(interaction: discord.Interaction, desk: Desk) -> Turn | None:
    """The turn that the answer on the message leaned on, if that is remembered."""
    said = desk.recall.said(interaction.message.id) if interaction.message else None
    return said.before if said else None


def _is_asker(interaction: discord.Interaction, desk: Desk) -> bool:
    """Whether the presser is the one to whom the message answers."""
    message = interaction.message
    if message is None or is_for_one(interaction):
        return message is not None
    if message.interaction_metadata is not None:
        return message.interaction_metadata.user.id == interaction.user.id
    said = desk.recall.said(message.id)
    if said is not None:
        return said.asker == interaction.user.id
    replied = message.reference.resolved if message.reference else None
    return isinstance(replied, discord.Message) and replied.author.id == interaction.user.id
