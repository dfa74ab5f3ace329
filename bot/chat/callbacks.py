"""Answers to interactions that arrived although Discord said they had not: delivered, and no failure; sends nothing.

Discord now and then carries a callback out and answers 500. discord.py sends it again, and Discord then refuses it,
for it has been acknowledged; to a member all is well.
"""

import logging
from typing import Any

import discord
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

log = logging.getLogger(__name__)
_ACKNOWLEDGED = 40060  # Discord's code for an interaction that has its answer


class _Callbacks(AsyncWebhookAdapter):
    """What discord.py answers interactions with."""

    async def create_interaction_response(self, interaction_id: int, token: str, **how: Any) -> Any:
        try:
            answered = await super().create_interaction_response(interaction_id, token, **how)
        except discord.HTTPException as error:
            if error.code != _ACKNOWLEDGED:
                raise
            log.info("an interaction had its answer already: Discord had taken it though it said otherwise")
            return {"interaction": {"id": str(interaction_id)}}
        answered.pop("resource", None)  # the message as it stands there: nobody looks at it, so it is not read either
        return answered


def take_what_arrived() -> None:
    """From now on, in this task and those that it starts."""
    async_context.set(_Callbacks())  # type: ignore[no-untyped-call]
