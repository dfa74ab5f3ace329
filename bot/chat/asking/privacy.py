"""`/privacy`: made of the list of what is stored of members and of the settings in force; decides neither of them."""

from collections.abc import Iterable

from bot.chat.words.voice import Voice
from bot.settings import Settings
from bot.store.state.personal import PERSONAL, Keep, Personal


def privacy_text(settings: Settings, voice: Voice, *, has_me: bool, stored: Iterable[Personal] = PERSONAL) -> str:
    """What is read, remembered and stored, how long, and what can be done about it; `has_me`: `/me` is there."""
    lines = [_line(entry, settings, voice) for entry in stored]
    foot = "privacy.foot" if has_me else "privacy.foot_plain"
    return "\n".join([voice.say("privacy.head"), voice.say("privacy.stored"), *dict.fromkeys(lines), voice.say(foot)])


def days_of(keep: Keep, settings: Settings) -> int:
    """How many days something stays, or stays after it was decided on; 0: until it is taken back."""
    if keep is Keep.UNTIL_FORGOTTEN:
        return 0
    return settings.audit_days if keep is Keep.AUDIT else settings.retention_days


def _line(entry: Personal, settings: Settings, voice: Voice) -> str:
    return voice.say(
        "privacy.line",
        what=voice.say(f"privacy.purposes.{entry.purpose}"),
        form=voice.say(f"privacy.forms.{entry.form}"),
        keep=voice.say(f"privacy.keeps.{entry.keep}", days=days_of(entry.keep, settings)),
    )
