"""The people, servers and channels of our local Discord as the JSON that Discord would send; knows no sockets."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

APPLICATION = 1100000000000000001
BOT = 1100000000000000002
OWNER = 1100000000000000003
GUILD = 1200000000000000001
CHANNEL = 1200000000000000002
MEMBER = 1300000000000000001
ADMIN = 1300000000000000002
_EPOCH = 1420070400000
MANAGE_GUILD = 1 << 5
# View channel, send messages, embed links, attach files, read history, use application commands.
_EVERYONE = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 31
Json = dict[str, Any]
Place = Literal["server", "dm", "elsewhere"]

_counter = itertools.count(1)


def snowflake() -> str:
    """A new id, of this moment."""
    now = int(datetime.now(UTC).timestamp() * 1000) - _EPOCH
    return str((now << 22) + next(_counter) % (1 << 22))


def now() -> str:
    """This moment as Discord writes it."""
    return datetime.now(UTC).isoformat()


def user(number: int, name: str, *, bot: bool = False) -> Json:
    """A user."""
    return {
        "id": str(number), "username": name, "discriminator": "0", "global_name": name.title(), "avatar": None,
        "bot": bot, "public_flags": 0, "flags": 0, "avatar_decoration_data": None, "banner": None, "accent_color": None,
        "collectibles": None, "clan": None, "primary_guild": None,
    }  # fmt: skip


@dataclass(slots=True)
class World:
    """One server with one channel, a member, an admin, and a direct-message channel for each who asks."""

    locale: str = "en-US"
    bot: Json = field(default_factory=lambda: user(BOT, "whoswho", bot=True))
    users: dict[int, Json] = field(
        default_factory=lambda: {number: user(number, name) for number, name in ((MEMBER, "mo"), (ADMIN, "ada"))}
    )

    def asker(self, number: int) -> Json:
        """Someone by id; whoever is not known yet comes into being."""
        return self.users.setdefault(number, user(number, f"stranger{number}"))

    def application(self) -> Json:
        """What the bot's application looks like."""
        return {
            "id": str(APPLICATION), "name": "whoswho", "icon": None, "description": "", "summary": "", "type": None,
            "verify_key": "0" * 64, "flags": 0, "bot_public": True, "bot_require_code_grant": False, "hook": True,
            "bot": self.bot, "owner": user(OWNER, "olga"), "team": None, "redirect_uris": [],
            "interactions_endpoint_url": None, "role_connections_verification_url": None, "approximate_guild_count": 1,
            "explicit_content_filter": 0, "is_monetized": False, "is_verified": False, "is_discoverable": False,
            "discoverability_state": 1, "discovery_eligibility_flags": 0, "storefront_available": False,
            "integration_types_config": {}, "internal_guild_restriction": 1, "monetization_eligibility_flags": 0,
            "monetization_state": 1, "creator_monetization_state": 1, "rpc_application_state": 0,
            "store_application_state": 1, "verification_state": 1, "integration_public": True,
            "integration_require_code_grant": False, "event_webhooks_status": 1, "event_webhooks_types": [],
            "flags_new": "0", "approximate_user_install_count": 1, "approximate_user_authorization_count": 1,
            "eligible_oauth2_scopes": [], "event_webhooks_url": None, "interactions_event_types": [],
            "interactions_version": 1,
        }  # fmt: skip

    def guild(self) -> Json:
        """The server as GUILD_CREATE tells it, without the members whom only a privileged intent would show."""
        role = {
            "id": str(GUILD), "name": "@everyone", "permissions": str(_EVERYONE), "position": 0, "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}, "hoist": False,
            "managed": False, "mentionable": False, "icon": None, "unicode_emoji": None, "flags": 0,
        }  # fmt: skip
        return {
            "id": str(GUILD), "name": "The club", "icon": None, "owner_id": str(OWNER), "roles": [role], "emojis": [],
            "stickers": [], "features": [], "channels": [self.channel()], "threads": [], "voice_states": [],
            "members": [self.member(BOT)], "presences": [], "member_count": 4, "large": False, "unavailable": False,
            "joined_at": now(), "preferred_locale": "en-US", "verification_level": 0, "premium_tier": 0,
            "default_message_notifications": 1, "explicit_content_filter": 0, "mfa_level": 0, "nsfw_level": 0,
            "afk_timeout": 300, "afk_channel_id": None, "system_channel_id": None, "system_channel_flags": 0,
            "rules_channel_id": None, "public_updates_channel_id": None, "vanity_url_code": None, "description": None,
            "banner": None, "splash": None, "discovery_splash": None, "premium_subscription_count": 0,
            "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
        }  # fmt: skip

    def channel(self, place: Place = "server", asker: int = MEMBER) -> Json:
        """The channel where something happens."""
        if place == "server":
            return {
                "id": str(CHANNEL), "type": 0, "guild_id": str(GUILD), "name": "general", "position": 0, "topic": None,
                "nsfw": False, "rate_limit_per_user": 0, "parent_id": None, "last_message_id": None, "flags": 0,
                "permission_overwrites": [], "permissions": str(_EVERYONE),
            }  # fmt: skip
        kind = 1 if place == "dm" else 3
        recipients = [self.asker(asker)]
        return {
            "id": str(asker + (100 if place == "dm" else 200)), "type": kind, "flags": 0, "last_message_id": None,
            "recipients": recipients, "name": None, "owner_id": str(asker), "icon": None,
        }  # fmt: skip

    def dm(self, asker: int) -> int:
        """The id of the bot's direct-message channel with someone."""
        return asker + 100

    def recipient(self, channel: str) -> Json | None:
        """The other one in a direct-message channel; None if it is another channel."""
        return self.users.get(int(channel) - 100)

    def member(self, number: int) -> Json:
        """A member of the server, without the user."""
        found = {"user": self.bot} if number == BOT else {}
        return {
            **found, "roles": [], "nick": None, "avatar": None, "banner": None, "joined_at": now(), "deaf": False,
            "mute": False, "flags": 0, "pending": False, "premium_since": None, "communication_disabled_until": None,
        }  # fmt: skip

    def permissions(self, asker: int) -> str:
        """What someone may do in the channel."""
        return str(_EVERYONE | (MANAGE_GUILD if asker == ADMIN else 0))

    def ready(self, session: str, resume_url: str, shard: tuple[int, int]) -> Json:
        """The first event of a session."""
        return {
            "v": 10, "user": {**self.bot, "verified": True, "mfa_enabled": False, "email": None}, "session_id": session,
            "resume_gateway_url": resume_url, "guilds": [{"id": str(GUILD), "unavailable": True}],
            "application": {"id": str(APPLICATION), "flags": 0}, "shard": list(shard), "session_type": "normal",
            "private_channels": [], "relationships": [], "presences": [], "user_settings": {}, "_trace": [],
        }  # fmt: skip

    def interaction(self, kind: int, data: Json, asker: int, place: Place) -> Json:
        """An interaction of someone with the bot; `kind`: 2 command, 3 component, 4 autocomplete, 5 modal."""
        channel = self.channel(place, asker)
        found: Json = {
            "id": snowflake(), "application_id": str(APPLICATION), "type": kind, "version": 1, "data": data,
            "token": f"aW50ZXJhY3Rpb24{snowflake()}", "channel": channel, "channel_id": channel["id"],
            "locale": self.locale, "app_permissions": str(_EVERYONE), "entitlements": [],
            "attachment_size_limit": 10485760, "context": {"server": 0, "dm": 1, "elsewhere": 2}[place],
            "authorizing_integration_owners": {"1": str(asker)} if place == "elsewhere" else {"0": str(GUILD)},
        }  # fmt: skip
        if place == "server":
            member = {**self.member(asker), "user": self.asker(asker), "permissions": self.permissions(asker)}
            return {**found, "guild_id": str(GUILD), "guild_locale": "en-US", "member": member,
                    "guild": {"id": str(GUILD), "locale": "en-US", "features": []}}  # fmt: skip
        return {**found, "user": self.asker(asker)}

    def message(self, channel: str, author: Json, body: Json) -> Json:
        """A message, from what someone sent."""
        flags = body.get("flags") or 0
        found = {
            "id": snowflake(), "channel_id": channel, "author": author, "content": body.get("content") or "",
            "timestamp": now(), "edited_timestamp": None, "tts": False, "mention_everyone": False, "mentions": [],
            "mention_roles": [], "attachments": [], "pinned": False, "type": 0, "flags": flags,
            "embeds": [{"type": "rich", **embed} for embed in body.get("embeds") or []],
            "components": _numbered(body.get("components") or [], itertools.count(1)),
        }  # fmt: skip
        reference = body.get("message_reference")
        if reference:
            given = {key: str(value) for key, value in reference.items() if key.endswith("_id")}
            found |= {"message_reference": {"type": 0, "channel_id": channel, **given}, "type": 19}
        return found


def _numbered(components: list[Json], ids: "itertools.count[int]") -> list[Json]:
    """Components as Discord gives them back: each has an id, and what was left out is there."""
    done = []
    for component in components:
        one = {**component, "id": component.get("id") or next(ids)}
        if "components" in one:
            one["components"] = _numbered(one["components"], ids)
        if one.get("accessory"):
            one["accessory"] = _numbered([one["accessory"]], ids)[0]
        if one.get("type") == 17:  # a container
            one = {"spoiler": False, "accent_color": None, **one}
        if one.get("type") in {2, 3}:
            one.setdefault("disabled", False)
        if one.get("type") == 3:  # a list
            one = {"min_values": 1, "max_values": 1, **one}
        if one.get("emoji"):
            one["emoji"] = {key: value for key, value in one["emoji"].items() if value is not None}
        done.append(one)
    return done
