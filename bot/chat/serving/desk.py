"""Where every request of a member is answered, whichever way it came in; knows no command, message or button."""

import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, Protocol, cast

import discord

from bot.answers.wording.outcome import Reason
from bot.chat.messages.components import Plain
from bot.chat.messages.layout import Answer, Frame, answer_layout
from bot.chat.messages.paging import LATER_PAGE, PAGE, rest_of, split
from bot.chat.messages.recall import Recall, Said
from bot.chat.serving.askers import Askers
from bot.chat.serving.delivery import deliver, may_share
from bot.chat.serving.gate import Gate
from bot.chat.serving.services import Services
from bot.chat.serving.surface import surface_of
from bot.chat.words.voice import Voice, voice_for
from bot.model.answer import Reply, Status, Turn
from bot.model.audience import EVERYBODY, Asker
from bot.model.request import Request, Wish

log = logging.getLogger(__name__)
_NO_GAP = {Reason.SMALL_TALK, Reason.EMPTY, Reason.TOO_LONG, Reason.SLOW, Reason.WHOM}


class Desk:
    """Answers requests with what the services give, and remembers what follow-ups lean on."""

    def __init__(self, services: Services, clock: Callable[[], float] = time.monotonic) -> None:
        self.services = services
        self.recall = Recall(clock)
        self.askers = Askers(services.assistant, clock)
        self.gate = Gate(services.settings, services.texts, clock)

    async def answer(self, request: Request, before: Turn | None = None, asker: Asker = EVERYBODY) -> Answer:
        """The answer to a request, by default one that everybody may read; a question may lean on the turn before."""
        assistant = self.services.assistant.seen_by(asker)
        reply = await assistant.perform(request, before)
        if reply.choices and request.wish is not Wish.ASK:
            request = await assistant.settled(request)
        answer = Answer(request, reply, before, asker=asker)
        return answer if len(reply.text) <= PAGE else await self.turned(answer, 0)

    async def turned(self, answer: Answer, page: int) -> Answer:
        """The answer at a page of it, counted from 0; the last where there are fewer."""
        shown = answer.reply.text
        assistant = self.services.assistant.seen_by(answer.asker)
        whole = await assistant.perform(answer.request, answer.before, whole=True)
        pages = split(shown)
        if answer.reply.more:
            pages += split(rest_of(shown, whole.text), LATER_PAGE)
        return replace(answer, page=max(0, min(page, len(pages) - 1)), pages=tuple(pages), whole=whole)

    async def note(self, answer: Answer, asker: int, channel: int | None, message: int | None) -> None:
        """Remember what was said to whom, and count what nobody could answer; never raises."""
        if message is not None and channel is not None:
            self.recall.note(message, channel, Said(answer.request, asker, answer.before, answer.reply.turn))
        if is_gap(answer.reply):
            try:
                if await self.services.assistant.seen_by(answer.asker).sees_more():
                    return  # the words may be those of what others must not see
                reason = await self.services.memory.note_gap(question_of(answer.request), asker)
                if reason is not None:
                    self.services.counting.lacked(reason)
            except Exception:
                log.exception("a question that has no answer could not be noted")

    async def respond(
        self,
        interaction: discord.Interaction,
        request: Request,
        *,
        private: bool,
        before: Turn | None = None,
        in_place: bool = False,
        work: Callable[[Asker], Coroutine[Any, Any, Answer]] | None = None,
    ) -> None:
        """Answer an interaction; `in_place`: the message that was pressed turns into the answer.

        `work` gives the answer where it is not simply the one to the request. What not everybody may see is told in
        private alone.
        """

        async def answering() -> Answer:
            asker = await self.askers.of(interaction, private=private)
            return await (work(asker) if work else self.answer(request, before, asker))

        def lay_out(answer: Answer) -> Plain:
            return self.lay_out(answer, self.frame(interaction, answer.request, private=private, in_place=in_place))

        began = time.perf_counter()
        answer, message = await deliver(interaction, answering(), lay_out, private=private, in_place=in_place)
        self.count(surface_of(interaction), answer, began)
        await self.note(answer, interaction.user.id, interaction.channel_id, message)

    def count(self, surface: str, answer: Answer, began: float) -> None:
        """Count an answer that has arrived; `began` is when the question did, by `time.perf_counter`."""
        self.services.counting.answered(surface, answer.reply.status, time.perf_counter() - began)

    def frame(
        self, interaction: discord.Interaction, request: Request, *, private: bool, in_place: bool = False
    ) -> Frame:
        """What stands around the answer to an interaction: a question that nobody else can see is shown with it."""
        written = in_place and interaction.message is not None and interaction.message.interaction_metadata is None
        asked = request.words[0] if request.wish is Wish.ASK and not written else None
        return Frame(self.voice(interaction, private=private), private and may_share(interaction), asked)

    def lay_out(self, answer: Answer, frame: Frame) -> Plain:
        """The answer as a message."""
        return answer_layout(answer, frame, self.recall)

    def voice(self, interaction: discord.Interaction, *, private: bool = True) -> Voice:
        """The language of those who read the answer to an interaction."""
        return voice_for(interaction, self.services.texts, private=private)


class HasDesk(Protocol):
    """A client whose requests are answered at a desk."""

    desk: Desk


def desk_of(interaction: discord.Interaction) -> Desk:
    """The desk of the client that an interaction came to."""
    return cast("HasDesk", interaction.client).desk


def is_gap(reply: Reply) -> bool:
    """Whether somebody should write down what was asked for."""
    return reply.status in (Status.UNKNOWN, Status.PASSAGE) and reply.reason not in _NO_GAP


def question_of(request: Request) -> str:
    """A request in words, to be counted with others like it."""
    if request.wish is Wish.ASK:
        return request.words[0]
    words = " ".join(word for word in request.words if word)
    return f"{request.wish.name.lower()}: {words}" if words else request.wish.name.lower()
