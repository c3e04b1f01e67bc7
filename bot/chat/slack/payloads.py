"""What Slack hands over -> who, where and what. Pure; every field is taken as it may come, or left out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

Body = Mapping[str, Any]

_TOKEN = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_ASKING = frozenset({"message", "app_mention", "app_home_opened", "link_shared"})
"""Events that people cause as often as they like."""
_IGNORED_SUBTYPES = frozenset({"file_share", "thread_broadcast", "me_message"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where somebody is and how to answer."""

    team: str
    user: str
    user_team: str = ""
    """Where Slack says it: the workspace that the person belongs to."""
    channel: str = ""
    """The conversation's id; empty on a home page or in a modal."""
    channel_name: str = ""
    thread: str = ""
    response_url: str = field(default="", repr=False)
    """Who knows it may write there: it needs no token."""
    trigger: str = field(default="", repr=False)
    passing: bool = False
    """What was pressed stands in a message for one person."""

    @property
    def direct(self) -> bool:
        """Direct messages: with the bot, or (a command, a shortcut) between two people."""
        return self.channel.startswith("D")


def text_at(body: Body, *path: str) -> str:
    """Return the text at a path of keys; empty where there is none."""
    found: Any = body
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else ""


def spot_of_command(body: Body, team: str) -> Spot:
    """Read a slash command."""
    name = text_at(body, "channel_name")
    return Spot(
        team=team,
        user=text_at(body, "user_id"),
        user_team=text_at(body, "team_id"),
        channel=text_at(body, "channel_id"),
        channel_name="" if name in {"directmessage", "privategroup"} else name,
        response_url=text_at(body, "response_url"),
        trigger=text_at(body, "trigger_id"),
    )


def spot_of_press(body: Body, team: str) -> Spot:
    """Read a press on a button, a shortcut or a submitted form."""
    name = text_at(body, "channel", "name")
    return Spot(
        team=team,
        user=text_at(body, "user", "id"),
        user_team=text_at(body, "user", "team_id"),
        channel=text_at(body, "channel", "id") or text_at(body, "container", "channel_id"),
        channel_name="" if name in {"directmessage", "privategroup"} else name,
        thread=text_at(body, "container", "thread_ts") or text_at(body, "message", "thread_ts"),
        response_url=text_at(body, "response_url"),
        trigger=text_at(body, "trigger_id"),
        passing=bool((body.get("container") or {}).get("is_ephemeral")),
    )


def spot_of_event(event: Body, team: str) -> Spot:
    """Read a message or a mention."""
    return Spot(
        team=team,
        user=text_at(event, "user"),
        user_team=text_at(event, "user_team") or text_at(event, "source_team") or text_at(event, "team"),
        channel=text_at(event, "channel"),
        thread=text_at(event, "thread_ts"),
    )


def person_of(body: Body) -> str:
    """Return whose doing it is, by the user's id; empty where nobody asks for anything, as with the bot's own posts."""
    event = body.get("event")
    if not isinstance(event, Mapping):
        return text_at(body, "user_id") or text_at(body, "user", "id")
    asks = text_at(event, "type") in _ASKING and is_from_person(event, "")
    return text_at(event, "user") if asks else ""


def is_typing(body: Body) -> bool:
    """Return whether Slack asks for names to choose from while somebody types."""
    return text_at(body, "type") == "block_suggestion"


def delivery_key(body: Body) -> str:
    """Return what a repeated delivery shares with the first: the event's id, else the trigger's; empty: neither."""
    found = text_at(body, "event_id") or text_at(body, "trigger_id")
    return f"slack:{found}" if found else ""


def is_from_person(event: Body, bot_user: str) -> bool:
    """Return whether a person wrote it: no bot, no workflow, not this bot, no note of Slack's own."""
    if event.get("bot_id") or event.get("bot_profile") or event.get("app_id") or not text_at(event, "user"):
        return False
    subtype = event.get("subtype")
    return text_at(event, "user") != bot_user and (subtype is None or subtype in _IGNORED_SUBTYPES)


def plain_text(text: str) -> str:
    """Return a message's text as it was typed: links and names without their brackets, entities as characters."""
    return unescape(_TOKEN.sub(_typed, text))


def _typed(found: re.Match[str]) -> str:
    target, label = found[1], found[2] or ""
    if target.startswith(("#", "@", "!")):
        return label or target
    bare = re.sub(r"^(?:https?://|mailto:)", "", target).rstrip("/")
    # Slack makes a link of "scale.com" too; people meant what they typed
    return label if label and label.rstrip("/") == bare and not label.startswith("http") else target


def words_for_bot(text: str, bot_user: str) -> str:
    """Return what a mention asks: what stands after the bot's name, else before it."""
    before, found, after = text.partition(f"<@{bot_user}>") if bot_user else ("", "", "")
    if not found:
        mention = re.search(r"<@[A-Z0-9]+(?:\|[^>]*)?>", text)
        before, after = (text[: mention.start()], text[mention.end() :]) if mention else ("", text)
    return plain_text(after if after.strip() else before).strip()


def message_text(message: Body) -> str:
    """Return all words of a message: its text, its attachments' and its blocks', as a shortcut reads them."""
    parts = [plain_text(text_at(message, "text"))]
    for each in message.get("attachments") or ():
        if isinstance(each, Mapping):
            parts += [
                plain_text(text_at(each, name)) for name in ("title", "title_link", "text", "from_url", "fallback")
            ]
    parts += [plain_text(found) for found in _block_texts(message.get("blocks")) if not parts[0]]
    return "\n".join(dict.fromkeys(part for part in parts if part.strip()))


def _block_texts(blocks: Any, depth: int = 0) -> list[str]:
    """Return texts anywhere inside blocks."""
    if depth > 6:
        return []
    if isinstance(blocks, list):
        return [text for each in blocks[:100] for text in _block_texts(each, depth + 1)]
    if not isinstance(blocks, Mapping):
        return []
    own = blocks.get("text")
    found = [own] if isinstance(own, str) else _block_texts(own, depth + 1)
    return [*found, *_block_texts(blocks.get("elements"), depth + 1), *_block_texts(blocks.get("fields"), depth + 1)]
