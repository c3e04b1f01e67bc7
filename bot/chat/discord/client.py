"""Discord as a chat: cards go out over REST, commands come in over the gateway, with one client for both.

Without `listen` nothing connects to the gateway: a single poll from the command line posts all the same. discord.py's
own repeats of a request are harmless with a nonce that Discord enforces for some minutes; after that, and after a
restart, a card is found again by its key in the channel's history.
"""

from dataclasses import replace

import discord
import structlog

from bot.chat.base import Found, Shown
from bot.chat.discord.budget import Publishing
from bot.chat.discord.buttons import carries_key
from bot.chat.discord.connection import Connection
from bot.chat.discord.forums import (
    ARCHIVED,
    IN_POST,
    LOOKED_AT,
    NOT_FOR_MESSAGES,
    joined,
    keep_true,
    parted,
    recent_posts,
    tags_for,
)
from bot.chat.discord.gateway import Gateway
from bot.chat.discord.outcomes import FAULTS, outcome
from bot.chat.discord.permissions import cure_at
from bot.chat.discord.posts import Post, drawn
from bot.chat.discord.render import carries
from bot.commands.front import Front
from bot.model.alert import Delayed, DeliveryOutcome, Doubtful, Rejected, Sent
from bot.model.card import Card
from bot.model.enums import Platform
from bot.model.subscription import Channel

log = structlog.get_logger()

SECONDS = 20.0
"""For one call, repeats included: delivery itself gives up after 30, and then knows less."""
SECONDS_AFTER = 6.0
"""For what follows a card: what is left of delivery's patience, which must not take a slow one for one in doubt."""
HISTORY = 500


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
        self._connection = Connection(token, api_url, guild=guild, seconds=seconds)
        self._publishing = Publishing()
        self._forums: dict[int, discord.ForumChannel] = {}
        """Learned by a refusal, where the gateway does not say."""

    @property
    def is_ready(self) -> bool:
        """True while the gateway has told what servers and channels there are."""
        return self._connection.known is not None and self._connection.known.is_ready()

    async def start(self) -> None:
        """Log in. Raises SettingsError if the token is nobody's; an outage is only noted, and the next call tries."""
        await self._connection.start()

    async def listen(self, front: Front) -> None:
        """Answer commands, presses and forms from now on."""
        self._connection.listen(front)

    async def stop(self) -> None:
        """Let calls and answers under way end, then close the connections."""
        await self._connection.stop()

    async def post(self, channel: Channel, shown: Shown, *, key: str, reply_to: str | None = None) -> DeliveryOutcome:
        """Post a card with its key as the nonce and, since Discord does not keep the nonce, in the message too."""
        if held := self._connection.held():
            return held
        post = drawn(shown, key)
        try:
            async with self._connection.call() as answers:
                message = await self._send(channel, post, key, reply_to)
        except FAULTS as error:
            return await self._told(channel, outcome(error, answers=tuple(answers)), message=reply_to)
        if isinstance(shown, Card):
            await self._publish(channel, message)
        return Sent(message=message)

    async def _told(
        self, channel: Channel, told: Delayed | Doubtful | Rejected, *, message: str | None
    ) -> Delayed | Doubtful | Rejected:
        """Name the permission that lacks, where the gateway knows it, in place of all that may."""
        if not isinstance(told, Rejected) or not told.closed:
            return told
        if cure := await self.can_post(channel):
            return replace(told, reason=cure)
        # the post is gone or locked, not the forum
        return replace(told, closed=False) if "/" in (message or "") else told

    async def _send(self, channel: Channel, post: Post, key: str, reply_to: str | None) -> str:
        client = await self._connection.client()
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

    async def _open_post(self, forum: discord.ForumChannel, post: Post) -> str:
        """Open a forum post. It takes no nonce: see `connection` for why the library does not repeat it."""
        opened = await forum.create_thread(name=post.title, applied_tags=tags_for(post.card, forum), **post.to_send())
        return joined(opened.thread.id, opened.message.id)

    async def edit(self, channel: Channel, shown: Shown, *, key: str, message: str) -> DeliveryOutcome:
        """Replace a message's line, embed and buttons."""
        if held := self._connection.held():
            return held
        post = drawn(shown, key)
        try:
            async with self._connection.call() as answers:
                await self._edit(channel, post, message)
        except FAULTS as error:
            return await self._told(channel, outcome(error, answers=tuple(answers)), message=message)
        await self._keep_true(post, message)
        return Sent(message=message)

    async def _keep_true(self, post: Post, message: str) -> None:
        """Let a forum post be called and tagged as its card. What fails is logged: the card itself is right."""
        thread, _ = parted(message)
        found = self._connection.known.get_channel(thread) if thread and self._connection.known else None
        if post.card is None or not isinstance(found, discord.Thread):
            return
        try:
            async with self._connection.call(seconds=SECONDS_AFTER):
                await keep_true(found, post.card, title=post.title)
        except FAULTS as error:
            log.info("a forum post kept its title", post=thread, reason=outcome(error).reason)

    async def _edit(self, channel: Channel, post: Post, message: str) -> None:
        target, main = await self._at(channel, message)
        try:
            await target.get_partial_message(main).edit(**post.to_edit())
        except discord.HTTPException as error:
            if error.code != ARCHIVED or "/" not in message:
                raise
            thread = await (await self._connection.client()).fetch_channel(target.id)
            if not isinstance(thread, discord.Thread):
                raise
            await thread.edit(archived=False)
            await target.get_partial_message(main).edit(**post.to_edit())

    async def _publish(self, channel: Channel, message: str) -> None:
        """Pass a card on to followers, where the channel is for announcements and wants it. What fails is logged."""
        front, client = self._connection.front, self._connection.known
        if front is None or client is None or "/" in message or channel.external_id.startswith("@"):
            return
        target = client.get_channel(int(channel.external_id))
        if not isinstance(target, discord.TextChannel) or not target.is_news():
            return
        if not (await front.settings(channel)).publish:
            return
        if not self._publishing.may(channel.external_id):
            log.info("not published: Discord lets a channel publish ten messages an hour", channel=channel.external_id)
            return
        try:
            async with self._connection.call(seconds=SECONDS_AFTER):
                await target.get_partial_message(int(message)).publish()
        except FAULTS as error:
            log.warning("a card was not published", channel=channel.external_id, reason=outcome(error).reason)

    async def can_post(self, channel: Channel) -> str | None:
        """Return the cure where a permission lacks; None also where only posting will tell (direct messages)."""
        client = self._connection.known
        if channel.external_id.startswith("@") or client is None:
            return None
        return cure_at(client, int(channel.external_id), int(channel.workspace.external_id))

    def told(self) -> tuple[tuple[str, str], ...]:
        """Return whether the gateway is there, and how near the address is to a ban."""
        state = "listening" if self.is_ready else "not listening"
        return (("Discord", f"{state}, {self._connection.refused} requests refused in ten minutes"),)

    async def find(self, channel: Channel, *, key: str) -> Found | Doubtful:
        """Look through the channel's last 500 messages; what a passing fault hides stays in doubt.

        Where Read Message History is missing, Discord shows an empty channel: that says nothing.
        """
        if held := self._connection.held():
            return Doubtful(reason=held.reason)
        try:
            async with self._connection.call():
                client = await self._connection.client()
                forum = await self._sure_forum(client, channel)
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

    async def _sure_forum(self, client: Gateway, channel: Channel) -> discord.ForumChannel | None:
        """Return the same, asked where nothing was learned yet: a forum has no history, its posts have."""
        found = self._forum(client, channel)
        number = channel.external_id
        if found is None and not number.startswith("@") and client.get_channel(int(number)) is None:
            asked = await client.fetch_channel(int(number))
            return asked if isinstance(asked, discord.ForumChannel) else None
        return found

    async def _at(self, channel: Channel, message: str) -> tuple[discord.DMChannel | discord.PartialMessageable, int]:
        """Return where a message stands, and its number: what is in a forum stands in a post, which is a thread."""
        thread, main = parted(message)
        if thread is None:
            return await self._target(channel), main
        return (await self._connection.client()).get_partial_messageable(thread), main

    async def _target(self, channel: Channel) -> discord.DMChannel | discord.PartialMessageable:
        client = await self._connection.client()
        if channel.external_id.startswith("@"):
            person = await client.fetch_user(int(channel.external_id[1:]))
            return await person.create_dm()
        return client.get_partial_messageable(int(channel.external_id), guild_id=int(channel.workspace.external_id))


def _has_key(message: discord.Message, key: str) -> bool:
    return any(carries(shown.to_dict(), key) for shown in message.embeds) or carries_key(message.components, key)
