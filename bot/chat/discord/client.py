"""Discord as a chat, over REST alone: nothing here needs the gateway.

discord.py's client is logged in without being connected, so that buckets and tokens stay one when commands come. Its
own repeats of a request are harmless with a nonce that Discord enforces for some minutes; after that, and after a
restart, a card is found again by its key in the channel's history.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import structlog
from discord.http import Route

from bot.chat.base import Found, Shown
from bot.chat.calls import Calls
from bot.chat.discord.outcomes import CURE, FAULTS, outcome
from bot.chat.discord.render import carries, content, embed
from bot.chat.discord.replies import reply_content
from bot.commands.front import Front
from bot.errors import SettingsError
from bot.model.alert import DeliveryOutcome, Doubtful, Rejected, Sent
from bot.model.card import Card
from bot.model.enums import Platform
from bot.model.subscription import Channel

log = structlog.get_logger()

SECONDS = 20.0
"""For one call, repeats included: delivery itself gives up after 30, and then knows less."""
LONGEST_PAUSE = 10.0
"""A rate limit that lasts longer is told to delivery instead of being slept through."""
HISTORY = 500
STOP_SECONDS = 5.0
NOBODY = discord.AllowedMentions.none()

_answers: ContextVar[list[int] | None] = ContextVar("answers", default=None)
"""The statuses that the requests of the call under way got."""


class DiscordChat:
    """One bot's token at work."""

    platform = Platform.DISCORD

    def __init__(self, token: str, api_url: str = "https://discord.com/api/v10", *, seconds: float = SECONDS) -> None:
        self._token = token
        self._api_url = api_url.rstrip("/")
        self._seconds = seconds
        self._client: discord.Client | None = None
        self._login = asyncio.Lock()
        self._calls = Calls()

    async def start(self) -> None:
        """Log in. Raises SettingsError if the token is nobody's; an outage is only noted, and the next call tries."""
        Route.BASE = self._api_url  # discord.py has no other way to be told
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody here speaks
        try:
            async with asyncio.timeout(self._seconds):
                client = await self._connected()
        except discord.LoginFailure:
            raise SettingsError("DISCORD_BOT_TOKEN: Discord does not know it.", cure=f"The cure: {CURE}.") from None
        except FAULTS as error:
            log.warning("discord does not answer", reason=outcome(error).reason)
        else:
            log.info("discord is connected", bot=str(client.user))

    async def listen(self, front: Front) -> None:
        """Commands inside this chat are not taken yet."""

    async def stop(self) -> None:
        """Let calls under way end, then close the connections."""
        await self._calls.finished(seconds=STOP_SECONDS)
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def post(self, channel: Channel, shown: Shown, *, key: str, reply_to: str | None = None) -> DeliveryOutcome:
        """Post a card with its key as the nonce and, since Discord does not keep the nonce, in the embed too."""
        line, built = _drawn(shown, key)
        try:
            async with self._call() as answers:
                target = await self._target(channel)
                main = target.get_partial_message(int(reply_to)) if reply_to else None
                # discord.py has no word for "no reference"
                reply: dict[str, Any] = {"reference": main.to_reference(fail_if_not_exists=False)} if main else {}
                message = await target.send(
                    content=line, embed=built, nonce=key, allowed_mentions=NOBODY, **reply
                )  # fmt: skip
        except FAULTS as error:
            return outcome(error, answers=tuple(answers))
        return Sent(message=str(message.id))

    async def edit(self, channel: Channel, shown: Shown, *, key: str, message: str) -> DeliveryOutcome:
        """Replace a message's line and embed."""
        line, built = _drawn(shown, key)
        try:
            async with self._call() as answers:
                target = (await self._target(channel)).get_partial_message(int(message))
                await target.edit(content=line, embed=built, allowed_mentions=NOBODY)
        except FAULTS as error:
            return outcome(error, answers=tuple(answers))
        return Sent(message=message)

    async def can_post(self, channel: Channel) -> str | None:
        """Not asked yet: a refusal shows when a card is posted."""

    async def find(self, channel: Channel, *, key: str) -> Found | Doubtful:
        """Look through the channel's last 500 messages; what a passing fault hides stays in doubt.

        Where Read Message History is missing, Discord shows an empty channel: that says nothing.
        """
        try:
            async with self._call():
                return await self._look(channel, key)
        except FAULTS as error:
            told = outcome(error)
            log.warning("discord's history can't be read", channel=channel.external_id, reason=told.reason)
            return Found(unknown=True) if isinstance(told, Rejected) else Doubtful(reason=told.reason)

    def told(self) -> tuple[tuple[str, str], ...]:
        """Nothing yet."""
        return ()

    async def _look(self, channel: Channel, key: str) -> Found:
        target = await self._target(channel)
        seen = 0
        async for message in target.history(limit=HISTORY):
            seen += 1
            if any(carries(shown.to_dict(), key) for shown in message.embeds):
                return Found(message=str(message.id))
        return Found(unknown=seen in {0, HISTORY})

    async def _target(self, channel: Channel) -> discord.DMChannel | discord.PartialMessageable:
        client = await self._connected()
        if channel.external_id.startswith("@"):
            person = await client.fetch_user(int(channel.external_id[1:]))
            return await person.create_dm()
        return client.get_partial_messageable(int(channel.external_id), guild_id=int(channel.workspace.external_id))

    @asynccontextmanager
    async def _call(self) -> AsyncIterator[list[int]]:
        """Bound a call in time and note what its requests are answered."""
        answers: list[int] = []
        mark = _answers.set(answers)
        try:
            async with self._calls.under_way(), asyncio.timeout(self._seconds):
                yield answers
        finally:
            _answers.reset(mark)

    async def _connected(self) -> discord.Client:
        """Return the client, logged in: now, if that failed before."""
        async with self._login:
            if self._client is None:
                client = _new_client()
                try:
                    await client.login(self._token)
                except BaseException:
                    await client.close()
                    raise
                self._client = client
            return self._client


def _drawn(shown: Shown, key: str) -> tuple[str, discord.Embed]:
    """Return content and embed; lines of text have an embed of one line, which carries the key."""
    if isinstance(shown, Card):
        return content(shown), discord.Embed.from_dict(embed(shown, key=key))
    return reply_content(shown), discord.Embed.from_dict({"type": "rich", "footer": {"text": key}})


def _new_client() -> discord.Client:
    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(_note_answer)
    client = discord.AutoShardedClient(intents=discord.Intents(guilds=True), max_messages=None, http_trace=trace)
    client.http.max_ratelimit_timeout = LONGEST_PAUSE  # the option takes nothing below 30 seconds
    return client


async def _note_answer(
    session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
) -> None:
    del session, context
    answers = _answers.get()
    if answers is not None:
        answers.append(params.response.status)
