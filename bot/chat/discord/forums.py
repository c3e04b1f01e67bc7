"""Forum channels: one post a story, with the tags that the forum has for its kind and status."""

from typing import Any

import discord

from bot.chat.spans import utf16_size
from bot.model.card import Card
from bot.model.text import cut, one_line

TITLE_LIMIT = 100
MOST_TAGS = 5
NOT_FOR_MESSAGES = frozenset({50008, 50024})
"""Error codes: the channel is of a kind that takes no plain messages."""
ARCHIVED = 50083
OF_STATUS = frozenset({"rumour", "rumor", "rumored", "announced", "completed", "called off", "cancelled"})
"""Names of tags, with or without an s, that say how firm a story is: one of them gives way to another."""
LOOKED_AT = 40
"""Posts of a forum that are looked into for a card after doubt; each costs a request."""
IN_POST = 50
"""Messages of a post that are looked at: its card and the notes on it."""


def title(shown: str) -> str:
    """Return a post's title."""
    text = one_line(shown).strip() or "News"
    limit = TITLE_LIMIT
    while utf16_size(cut(text, limit)) > TITLE_LIMIT:
        limit -= 5
    return cut(text, limit)


def tags_for(card: Card | None, forum: discord.ForumChannel) -> list[discord.ForumTag]:
    """Return the forum's own tags that are called like the card's kind or status, whatever their case."""
    if card is None:
        return []
    words = {part.strip().casefold() for part in card.label.split("·")} | {card.kind.value, card.status.value}
    plural = words | {f"{word}s" for word in words}
    fitting = [tag for tag in forum.available_tags if tag.name.strip().casefold() in plural]
    return [tag for tag in fitting if not tag.moderated or _may_moderate(forum)][:MOST_TAGS]


async def keep_true(thread: discord.Thread, card: Card, *, title: str) -> None:
    """Let a post's title and tags say what its card says now. Tags that people have given it stay."""
    forum = thread.parent
    if not isinstance(forum, discord.ForumChannel):
        return
    fitting = tags_for(card, forum)
    kept = [tag for tag in thread.applied_tags if tag not in fitting and not _is_of_status(tag)]
    tags = [*fitting, *kept][:MOST_TAGS]
    if thread.name != title or {tag.id for tag in tags} != {tag.id for tag in thread.applied_tags}:
        await thread.edit(name=title, applied_tags=tags)


def _is_of_status(tag: discord.ForumTag) -> bool:
    return tag.name.strip().casefold().removesuffix("s") in OF_STATUS


def _may_moderate(forum: discord.ForumChannel) -> bool:
    me = forum.guild.me
    return me is not None and forum.permissions_for(me).manage_threads


def joined(thread: int, message: int) -> str:
    """Return the id under which a post's first message is kept: both parts, since neither is in the forum itself."""
    return f"{thread}/{message}"


def parted(message: str) -> tuple[int | None, int]:
    """Return the thread (None: it is in the channel itself) and the number of a message."""
    thread, slash, inner = message.partition("/")
    return (int(thread), int(inner)) if slash else (None, int(message))


async def recent_posts(forum: discord.ForumChannel, *, mine: int) -> list[discord.Thread]:
    """Return the bot's own newest posts, open ones and archived ones."""
    active: list[Any] = [thread for thread in await forum.guild.active_threads() if thread.parent_id == forum.id]
    archived = [thread async for thread in forum.archived_threads(limit=LOOKED_AT)]
    own = {thread.id: thread for thread in (*active, *archived) if thread.owner_id == mine}
    return sorted(own.values(), key=lambda thread: -thread.id)[:LOOKED_AT]
