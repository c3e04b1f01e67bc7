"""Discord as a chat: cards go out over REST, commands come in over the gateway, with one client for both.

Without `listen` nothing connects to the gateway: a single poll from the command line posts all the same. discord.py's
own repeats of a request are harmless with a nonce that Discord enforces for some minutes; after that, and after a
restart, a card is found again by its key in the channel's history.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import replace
from types import SimpleNamespace

import aiohttp
import discord
import structlog
from discord.http import Route

from bot.chat.base import Found, Shown
from bot.chat.calls import Calls
from bot.chat.discord.budget import Publishing, Refusals
from bot.chat.discord.buttons import carries_key
from bot.chat.discord.forums import (
    ARCHIVED,
    IN_POST,
    LOOKED_AT,
    NOT_FOR_MESSAGES,
    joined,
    parted,
    recent_posts,
    tags_for,
)
from bot.chat.discord.gateway import Gateway
from bot.chat.discord.outcomes import CURE, FAULTS, is_fatal, outcome
from bot.chat.discord.permissions import cure_at
from bot.chat.discord.posts import Post, drawn
from bot.chat.discord.render import carries
from bot.commands.front import Front
from bot.errors import SettingsError
from bot.model.alert import Delayed, DeliveryOutcome, Doubtful, Rejected, Sent
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
WAITS = (5.0, 15.0, 60.0, 300.0)
"""Between attempts to reach the gateway for the first time; afterwards discord.py itself connects again."""

_answers: ContextVar[list[int] | None] = ContextVar("answers", default=None)
"""The statuses that the requests of the call under way got."""
_once: ContextVar[bool] = ContextVar("once", default=False)
"""The request under way has no nonce: a failure of Discord's must not be repeated by the library."""


class DiscordChat:
    """One bot's token at work."""

    platform = Platform.DISCORD

    def __init__(
        self,
        token: str,
        api_url: str = "https://discord.com/api/v10",
        *,
        guild: int | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._token = token
        self._api_url = api_url.rstrip("/")
        self._guild = guild
        self._seconds = seconds
        self._client: Gateway | None = None
        self._login = asyncio.Lock()
        self._calls = Calls()
        self._front: Front | None = None
        self._listening: asyncio.Task[None] | None = None
        self._refusals = Refusals()
        self._publishing = Publishing()
        self._forums: dict[int, discord.ForumChannel] = {}
        """Learned by a refusal, where the gateway does not say."""

    @property
    def is_ready(self) -> bool:
        """True while the gateway has told what servers and channels there are."""
        return self._client is not None and self._client.is_ready()

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
        """Connect to the gateway and answer what comes; an outage is waited out in the background."""
        self._front = front
        self._listening = asyncio.create_task(self._keep_listening(front), name="discord-gateway")

    async def _keep_listening(self, front: Front) -> None:
        taken: Gateway | None = None
        for wait in (*WAITS, *[WAITS[-1]] * 1000):
            try:
                client = await self._connected()
                if client is not taken:
                    client.take(front, guild=self._guild)
                    taken = client
                await client.register()
                await client.point()
                await client.connect()
            except FAULTS as error:
                if is_fatal(error):
                    log.error("discord's gateway refuses the bot, and is left alone", cure=CURE)  # noqa: TRY400  expected
                    break
                log.warning("discord's gateway can't be reached", reason=outcome(error).reason, seconds=wait)
            else:
                return  # closed by stop()
            await self._dropped(taken)
            await asyncio.sleep(wait)
        await self._dropped(taken)

    async def _dropped(self, client: Gateway | None) -> None:
        """Let a client that has closed itself go, so that the next call logs in anew."""
        if client is not None and client.is_closed() and self._client is client:
            self._client = None

    async def stop(self) -> None:
        """Let calls and answers under way end, then close the connections."""
        client, self._client = self._client, None
        await self._calls.finished(seconds=STOP_SECONDS)
        if client is not None and self._front is not None and hasattr(client, "desk"):
            await client.desk.calls.finished(seconds=STOP_SECONDS)
        task, self._listening = self._listening, None
        if client is not None:
            await client.close()
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def post(self, channel: Channel, shown: Shown, *, key: str, reply_to: str | None = None) -> DeliveryOutcome:
        """Post a card with its key as the nonce and, since Discord does not keep the nonce, in the message too."""
        if held := self._held():
            return held
        post = drawn(shown, key)
        try:
            async with self._call() as answers:
                message = await self._send(channel, post, key, reply_to)
        except FAULTS as error:
            return outcome(error, answers=tuple(answers))
        if isinstance(shown, Card):
            await self._publish(channel, message)
        return Sent(message=message)

    async def _send(self, channel: Channel, post: Post, key: str, reply_to: str | None) -> str:
        client = await self._connected()
        forum = self._forum(client, channel)
        if forum is not None and reply_to is None:
            return await self._open_post(forum, post)
        more = post.to_send()
        target, main = await self._at(channel, reply_to or "0")
        if reply_to is not None:
            more["reference"] = target.get_partial_message(main).to_reference(fail_if_not_exists=False)
        try:
            message = await target.send(nonce=key, **more)
        except discord.HTTPException as error:
            if error.code not in NOT_FOR_MESSAGES or channel.external_id.startswith("@"):
                raise
            found = await client.fetch_channel(int(channel.external_id))
            if not isinstance(found, discord.ForumChannel):
                raise
            self._forums[found.id] = found
            return await self._open_post(found, post)
        return joined(target.id, message.id) if "/" in (reply_to or "") else str(message.id)

    @staticmethod
    async def _open_post(forum: discord.ForumChannel, post: Post) -> str:
        """Open a forum post. It takes no nonce: the library must not repeat it."""
        mark = _once.set(True)
        try:
            opened = await forum.create_thread(
                name=post.title, applied_tags=tags_for(post.card, forum), **post.to_send()
            )
        finally:
            _once.reset(mark)
        return joined(opened.thread.id, opened.message.id)

    async def edit(self, channel: Channel, shown: Shown, *, key: str, message: str) -> DeliveryOutcome:
        """Replace a message's line, embed and buttons."""
        if held := self._held():
            return held
        post, in_forum = drawn(shown, key), "/" in message
        try:
            async with self._call() as answers:
                await self._edit(channel, post, message)
        except FAULTS as error:
            told = outcome(error, answers=tuple(answers))
            # the post is gone, not the forum
            return replace(told, closed=False) if in_forum and isinstance(told, Rejected) else told
        return Sent(message=message)

    async def _edit(self, channel: Channel, post: Post, message: str) -> None:
        target, main = await self._at(channel, message)
        try:
            await target.get_partial_message(main).edit(**post.to_edit())
        except discord.HTTPException as error:
            if error.code != ARCHIVED or "/" not in message:
                raise
            thread = await (await self._connected()).fetch_channel(target.id)
            if not isinstance(thread, discord.Thread):
                raise
            await thread.edit(archived=False)
            await target.get_partial_message(main).edit(**post.to_edit())

    async def _publish(self, channel: Channel, message: str) -> None:
        """Pass a card on to followers, where the channel is for announcements and wants it. What fails is logged."""
        if self._front is None or self._client is None or "/" in message:
            return
        target = None if channel.external_id.startswith("@") else self._client.get_channel(int(channel.external_id))
        if not isinstance(target, discord.TextChannel) or not target.is_news():
            return
        if not (await self._front.settings(channel)).publish:
            return
        if not self._publishing.may(channel.external_id):
            log.info("not published: Discord lets a channel publish ten messages an hour", channel=channel.external_id)
            return
        try:
            async with self._call():
                await target.get_partial_message(int(message)).publish()
        except FAULTS as error:
            log.warning("a card was not published", channel=channel.external_id, reason=outcome(error).reason)

    async def can_post(self, channel: Channel) -> str | None:
        """Return the cure where a permission lacks; None also where only posting will tell (direct messages)."""
        if channel.external_id.startswith("@") or self._client is None:
            return None
        return cure_at(self._client, int(channel.external_id), int(channel.workspace.external_id))

    async def find(self, channel: Channel, *, key: str) -> Found | Doubtful:
        """Look through the channel's last 500 messages; what a passing fault hides stays in doubt.

        Where Read Message History is missing, Discord shows an empty channel: that says nothing.
        """
        if held := self._held():
            return Doubtful(reason=held.reason)
        try:
            async with self._call():
                client = await self._connected()
                forum = self._forum(client, channel)
                return await (self._look_in_forum(client, forum, key) if forum else self._look(channel, key))
        except FAULTS as error:
            told = outcome(error)
            log.warning("discord's history can't be read", channel=channel.external_id, reason=told.reason)
            return Found(unknown=True) if isinstance(told, Rejected) else Doubtful(reason=told.reason)

    async def _look(self, channel: Channel, key: str) -> Found:
        target = await self._target(channel)
        seen = 0
        async for message in target.history(limit=HISTORY):
            seen += 1
            if _has_key(message, key):
                return Found(message=str(message.id))
        return Found(unknown=seen in {0, HISTORY})

    @staticmethod
    async def _look_in_forum(client: Gateway, forum: discord.ForumChannel, key: str) -> Found:
        posts = await recent_posts(forum, mine=client.user.id if client.user else 0)
        for thread in posts:
            async for message in thread.history(limit=IN_POST):
                if _has_key(message, key):
                    return Found(message=joined(thread.id, message.id))
        return Found(unknown=len(posts) in {0, LOOKED_AT})

    def _forum(self, client: Gateway, channel: Channel) -> discord.ForumChannel | None:
        if channel.external_id.startswith("@"):
            return None
        number = int(channel.external_id)
        found = client.get_channel(number)
        return found if isinstance(found, discord.ForumChannel) else self._forums.get(number)

    async def _at(self, channel: Channel, message: str) -> tuple[discord.DMChannel | discord.PartialMessageable, int]:
        """Return where a message stands, and its number: what is in a forum stands in a post, which is a thread."""
        thread, main = parted(message)
        if thread is None:
            return await self._target(channel), main
        return (await self._connected()).get_partial_messageable(thread), main

    async def _target(self, channel: Channel) -> discord.DMChannel | discord.PartialMessageable:
        client = await self._connected()
        if channel.external_id.startswith("@"):
            person = await client.fetch_user(int(channel.external_id[1:]))
            return await person.create_dm()
        return client.get_partial_messageable(int(channel.external_id), guild_id=int(channel.workspace.external_id))

    def _held(self) -> Delayed | None:
        pause = self._refusals.pause
        return (
            Delayed(seconds=pause, reason="Discord has refused so much that it would ban this address.")
            if pause
            else None
        )

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

    async def _connected(self) -> Gateway:
        """Return the client, logged in: now, if that failed before."""
        async with self._login:
            if self._client is None:
                trace = aiohttp.TraceConfig()
                trace.on_request_end.append(self._note_answer)
                client = Gateway(trace=trace)
                client.http.max_ratelimit_timeout = LONGEST_PAUSE  # the option takes nothing below 30 seconds
                try:
                    await client.login(self._token)
                except BaseException:
                    await client.close()
                    raise
                self._client = client
            return self._client

    async def _note_answer(
        self, session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        del session, context
        status = params.response.status
        answers = _answers.get()
        if answers is not None:
            answers.append(status)
        shared = params.response.headers.get("X-RateLimit-Scope") == "shared"
        if self._refusals.note(status, shared=shared) and self._front is not None:
            words = f"{self._refusals.count} in ten minutes, of which 10,000 ban the address"
            await self._front.remember(Platform.DISCORD, "refused", words)
        if _once.get() and status >= 500:
            params.response.close()
            raise aiohttp.ClientError(f"status {status}, not to be repeated")


def _has_key(message: discord.Message, key: str) -> bool:
    return any(carries(shown.to_dict(), key) for shown in message.embeds) or carries_key(message.components, key)
