"""What happens when an admin asks or presses: checked, done by the librarian, told; knows no wording of its own."""

import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import discord

from bot.answers.wording.markdown import escape
from bot.chat.knowledge import pages
from bot.chat.knowledge.access import may
from bot.chat.knowledge.layout import Choice, Holder, Press, Screen, Verb, View, choice_layout, screen_layout
from bot.chat.knowledge.outcome import changes, pages_of_error, pages_of_outcome
from bot.chat.messages.layout import lines_layout
from bot.chat.messages.lines import Says, member
from bot.chat.serving.delivery import tell
from bot.chat.serving.services import Services
from bot.chat.words.texts import DEFAULT
from bot.errors import KnowledgeError, LoadBusy, StateError, WhoswhoError
from bot.ingest.outcome import Outcome
from bot.librarian import CANCELLED, DONE, REFUSED, Actor, Kept, Librarian, member_of
from bot.model.vocabulary import Vocabulary
from bot.settings import Settings
from bot.store.state.secret import Secret

log = logging.getLogger(__name__)
_MOST_SEEN = 20  # previews that are remembered for turning pages; of others the documents are read again


class Office:
    """The admin's side of one bot."""

    def __init__(self, services: Services, librarian: Librarian) -> None:
        self.texts = services.texts
        self._services = services
        self.librarian = librarian
        self._settings = services.settings
        self.key = _key(services.settings)  # seals the buttons
        self._seen: OrderedDict[str, Outcome] = OrderedDict()  # by basis
        self._doing: set[str] = set()  # what somebody has approved and is not done yet
        self._done: OrderedDict[str, None] = OrderedDict()  # what was approved and is in force

    async def begun(self, interaction: discord.Interaction, action: str) -> Holder | None:
        """Whoever uses a command, who is told to wait; None: they may not, were told so, and it is written down."""
        holder = Holder(interaction.user.id, command_of(interaction), self.key)
        if not await self._allowed(interaction, holder, action):
            return None
        await interaction.response.defer(ephemeral=True, thinking=True)
        return holder

    async def open(self, interaction: discord.Interaction, view: View) -> None:
        """Show a view, on a command."""
        holder = await self.begun(interaction, view)
        if holder is None:
            return
        await self._show(interaction, holder, view, 0)
        if view not in (View.CHECK, View.RELOAD):  # the librarian has noted those
            await self.librarian.note(actor_of(interaction), view, DONE)

    async def ask_rollback(self, interaction: discord.Interaction, number: int) -> None:
        """Ask whether to go back to a snapshot, on a command."""
        holder = await self.begun(interaction, "rollback")
        if holder is None:
            return
        say = self._private(interaction)
        kept = next((one for one in await self.librarian.history() if one.number == number), None)
        if kept is None:
            await self.show(interaction, say("failed", why=say("no_snapshot", number=number)))
        elif kept.in_force:
            await self.show(interaction, say("done_already"))
        else:
            question = say("rollback_ask", line=pages.told_of_snapshot(kept, say))
            choices = [("roll_back", Verb.ROLL_BACK, str(number)), ("cancel", Verb.CANCEL, "rollback")]
            await self.let_choose(interaction, question, choices, holder)

    async def snapshots(self, interaction: discord.Interaction) -> list[Kept]:
        """The snapshots one may go back to, for completion; none for those who may not."""
        if not await self.may(interaction):
            return []
        return [kept for kept in await self.librarian.snapshots() if not kept.in_force]

    async def press(self, interaction: discord.Interaction, press: Press | None) -> None:
        """Do what a button says. None: it is no button of this bot's making."""
        if press is None:
            await self._tell(interaction, "not_known")
        elif interaction.user.id != press.holder.member:
            await self._tell(interaction, "not_yours")
        else:
            action, deed = self._deeds(interaction, press)[press.verb]
            if await self._allowed(interaction, press.holder, action):
                await deed()

    async def may(self, interaction: discord.Interaction) -> bool:
        """Whether whoever types a command may use it."""
        return await may(interaction, self._settings, command_of(interaction))

    async def show(self, interaction: discord.Interaction, *lines: str) -> None:
        """Say something in place of what stands there."""
        await interaction.edit_original_response(view=lines_layout(*lines))

    async def let_choose(
        self, interaction: discord.Interaction, said: str, choices: Sequence[Choice], holder: Holder
    ) -> None:
        """Say something, with buttons, in place of what stands there."""
        layout = choice_layout(said, choices, holder, self._private(interaction))
        await interaction.edit_original_response(view=layout)

    def _deeds(
        self, interaction: discord.Interaction, press: Press
    ) -> dict[str, tuple[str, Callable[[], Awaitable[None]]]]:
        """What each button does, and how that is called in the audit list."""
        return {
            Verb.PAGE: ("page", lambda: self._turn(interaction, press)),
            Verb.APPROVE: ("reload", lambda: self._once(interaction, press, self._load)),
            Verb.ROLL_BACK: ("rollback", lambda: self._once(interaction, press, self._roll_back)),
            Verb.CANCEL: (called_off(press)[0], lambda: self._cancel(interaction, press)),
        }

    def _first_time(self, what: str) -> bool:
        """Whether this is done for the first time, as far as is remembered."""
        first = what not in self._done
        _remember(self._done, what, None)
        return first

    async def _allowed(self, interaction: discord.Interaction, holder: Holder, action: str) -> bool:
        """Whether they may; if not, say so in private and write it down."""
        if await may(interaction, self._settings, holder.command):
            return True
        await self._tell(interaction, "refused" if interaction.guild_id else "refused_direct")
        await self.librarian.note(actor_of(interaction), action, REFUSED)
        return False

    async def _show(
        self, interaction: discord.Interaction, holder: Holder, view: View, page: int, basis: str = ""
    ) -> None:
        say = self._private(interaction)
        try:
            screen = await self._screen(view, basis, actor_of(interaction), say)
        except WhoswhoError as error:
            screen = Screen(view, self._pages_of(error, say))
        await interaction.edit_original_response(view=screen_layout(screen, page, holder, say))

    async def _screen(self, view: View, basis: str, actor: Actor, say: Says) -> Screen:
        if view is View.STATUS:
            status, vocabulary = await self.librarian.status(actor), await self._vocabulary()
            return Screen(view, pages.pages_of_status(status, vocabulary, say))
        if view is View.HISTORY:
            return Screen(view, pages.pages_of_history(await self.librarian.history(), say))
        if view is View.GAPS:
            lacking = await self.librarian.gaps()
            days, vocabulary = self._settings.retention_days, await self._vocabulary()
            return Screen(view, pages.pages_of_gaps(lacking, days, vocabulary, say))
        if view is View.AUDIT:
            return Screen(view, pages.pages_of_audit(await self.librarian.audit(actor.server), say))
        outcome = self._seen.get(basis) or await self.librarian.preview(actor)
        return self._preview(view, outcome, "checked" if view is View.CHECK else "preview", say)

    async def _vocabulary(self) -> Vocabulary:
        return await self._services.assistant.vocabulary()

    def _preview(self, view: View, outcome: Outcome, key: str, say: Says) -> Screen:
        """What a load would change, with the choice to do it."""
        if outcome.nothing_loaded:
            return Screen(view, _headed(say("nothing_new"), pages_of_outcome(outcome, say)))
        _remember(self._seen, outcome.basis, outcome)
        told = _headed(say(key), pages_of_outcome(outcome, say))
        return Screen(view, told, outcome.basis, approvable=view is View.RELOAD)

    async def _turn(self, interaction: discord.Interaction, press: Press) -> None:
        view, page, basis = press.rest.split(".", 2)
        await interaction.response.defer()
        await self._show(interaction, press.holder, View(view), int(page), basis)

    async def _cancel(self, interaction: discord.Interaction, press: Press) -> None:
        await interaction.response.edit_message(view=lines_layout(self._private(interaction)("cancelled")))
        await self.librarian.note(actor_of(interaction), called_off(press)[0], CANCELLED)

    async def _once(
        self,
        interaction: discord.Interaction,
        press: Press,
        deed: Callable[[discord.Interaction, Press, Says], Awaitable[None]],
    ) -> None:
        """Do a deed, but not twice: a second click while it is done, or after it, is told so."""
        what = f"{press.verb}:{press.holder.member}:{press.rest}:{interaction.message and interaction.message.id}"
        if what in self._doing or what in self._done:
            await self._tell(interaction, "being_done" if what in self._doing else "done_already")
            return
        self._doing.add(what)
        try:
            say = self._private(interaction)
            await interaction.response.edit_message(view=lines_layout(say("loading")))
            try:
                await deed(interaction, press, say)
                _remember(self._done, what, None)
            except LoadBusy as error:
                action = self._deeds(interaction, press)[press.verb][0]
                choices = [("again", Verb(press.verb), press.rest), ("cancel", Verb.CANCEL, f"{action}.{press.rest}")]
                await self.let_choose(interaction, self._pages_of(error, say)[0], choices, press.holder)
            except WhoswhoError as error:
                screen = Screen(View.RELOAD, self._pages_of(error, say))
                await interaction.edit_original_response(view=screen_layout(screen, 0, press.holder, say))
        finally:
            self._doing.discard(what)

    async def _load(self, interaction: discord.Interaction, press: Press, say: Says) -> None:
        began = time.perf_counter()
        outcome = await self.librarian.reload(actor_of(interaction), press.rest)
        if outcome.snapshot_id is None:
            screen = self._preview(View.RELOAD, outcome, "stale", say)
            await interaction.edit_original_response(view=screen_layout(screen, 0, press.holder, say))
            return
        told = _headed(say("loaded", snapshot=outcome.snapshot_id), pages_of_outcome(outcome, say))
        await self.show(interaction, told[0])
        public = self._public(interaction)
        if outcome.limited:  # how much of it is for everybody is not counted
            told_all = public("posted_quietly", who=interaction.user.mention, snapshot=outcome.snapshot_id)
            await self._post(interaction, told_all)
            return
        seconds = f"{time.perf_counter() - began:.1f}"
        await self._post(
            interaction,
            public(
                "posted", who=interaction.user.mention, snapshot=outcome.snapshot_id, seconds=seconds,
                changes=changes(outcome, public),
            ),
        )  # fmt: skip

    async def _roll_back(self, interaction: discord.Interaction, press: Press, say: Says) -> None:
        kept = await self.librarian.rollback(int(press.rest), actor_of(interaction))
        await self.show(interaction, say("rollback_here", snapshot=kept.snapshot))
        public = self._public(interaction)
        told = public("rollback_done", who=interaction.user.mention, snapshot=kept.snapshot)
        await self._post(interaction, told)

    async def _post(self, interaction: discord.Interaction, text: str) -> None:
        """Tell everybody in the channel; the counts hold nothing of a document."""
        await interaction.followup.send(view=lines_layout(text), allowed_mentions=discord.AllowedMentions.none())

    async def _tell(self, interaction: discord.Interaction, key: str) -> None:
        await tell(interaction, lines_layout(self._private(interaction)(key)))

    def _pages_of(self, error: WhoswhoError, say: Says) -> list[str]:
        if isinstance(error, KnowledgeError):
            return pages_of_error(error, say)
        if isinstance(error, LoadBusy) and error.since is not None:
            who = member(member_of(error.who), say)
            return [say("busy", who=who, since=f"<t:{int(error.since.timestamp())}:R>")]
        return [say("busy_unknown") if isinstance(error, LoadBusy) else say("failed", why=escape(str(error)))]

    def _private(self, interaction: discord.Interaction) -> Says:
        return Says(self.texts, interaction.locale.value)

    def _public(self, interaction: discord.Interaction) -> Says:
        return Says(self.texts, interaction.guild_locale.value if interaction.guild_locale else DEFAULT)


def _key(settings: Settings) -> bytes:
    """The data folder's; where that cannot be read, one that lasts as long as this process."""
    try:
        return Secret(settings.data).key()
    except StateError as error:
        log.warning("buttons of /knowledge will not outlive a restart: %s", error)
        return secrets.token_bytes()


def called_off(press: Press) -> tuple[str, str]:
    """What a press on Cancel calls off, and what it was about if that stands behind a dot."""
    action, _, about = press.rest.partition(".")
    return action, about


def actor_of(interaction: discord.Interaction) -> Actor:
    """Who asks or presses, and where."""
    return Actor(interaction.user.id, interaction.guild_id)


def command_of(interaction: discord.Interaction) -> int:
    """The id of the command that is used."""
    data: Any = interaction.data
    return int(data["id"]) if data and "id" in data else 0


def _headed(line: str, told: list[str]) -> list[str]:
    return [f"{line}\n{page}" for page in told]


def _remember(shelf: "OrderedDict[str, Any]", key: str, value: object) -> None:
    shelf[key] = value
    while len(shelf) > _MOST_SEEN:
        shelf.popitem(last=False)
