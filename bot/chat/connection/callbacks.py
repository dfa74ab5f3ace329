"""Answers to interactions while Discord stumbles: sent again in time, and taken for delivered where they were.

Discord waits three seconds for a callback. discord.py sends one again one second after a 5xx and three seconds after
the next, when it is too late. Discord also carries one out now and then and answers 500 all the same; sent again, it is
refused, for it has been acknowledged, but to a member all is well.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from typing import Any

import aiohttp
import discord
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

log = logging.getLogger(__name__)
_PAUSES = (0.2, 0.4, 0.8)  # seconds before it is sent again; after that it is left to discord.py
_ACKNOWLEDGED = 40060  # Discord's code for an interaction that has its answer


class _Soon:
    """A session that asks again soon where Discord stumbles; but a file is read as it is sent, so it is sent once."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    def request(self, method: str, url: str, *, data: Any, **how: Any) -> "_Asking":
        pauses = _PAUSES if isinstance(data, str) else ()
        return _Asking(lambda: self._session.request(method, url, data=data, **how), pauses)


class _Asking:
    """One request that is made again after each pause; a plain class, for every answer goes through it."""

    def __init__(
        self, ask: Callable[[], AbstractAsyncContextManager[aiohttp.ClientResponse]], pauses: Iterable[float]
    ) -> None:
        self._ask = ask
        self._pauses = pauses

    async def __aenter__(self) -> aiohttp.ClientResponse:
        for pause in self._pauses:
            self._asked = self._ask()
            response = await self._asked.__aenter__()
            if response.status < 500:
                return response
            await self._asked.__aexit__(None, None, None)
            await asyncio.sleep(pause)
        self._asked = self._ask()
        return await self._asked.__aenter__()

    async def __aexit__(self, *error: Any) -> bool | None:
        return await self._asked.__aexit__(*error)


class _Callbacks(AsyncWebhookAdapter):
    """What discord.py answers interactions with."""

    async def create_interaction_response(self, interaction_id: int, token: str, *, session: Any, **how: Any) -> Any:
        soon: Any = _Soon(session)
        try:
            answered = await super().create_interaction_response(interaction_id, token, session=soon, **how)
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
