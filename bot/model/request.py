"""A request: what somebody typed or pressed, and where; and the reply that every chat can draw."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.card import Card, Span
from bot.model.subscription import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Who asks."""

    id: str
    """The platform's own id."""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One command. Chats report who and where; commands decide."""

    text: str
    """The words after the command's name: "subscribe funding min:10m"."""
    channel: Channel
    user: User
    now: datetime
    """Aware UTC."""
    may_configure: bool = True
    """The platform lets this person manage the channel (Discord: Manage Channels)."""
    is_admin: bool = False
    """An administrator of the workspace."""
    is_operator: bool = False
    """Runs this installation: may put right what other workspaces see too."""
    is_private: bool = False
    """A direct message: nobody else reads along."""
    prefix: str = ""
    """What this person types before a verb: "/deals "."""
    attachment: str | None = None
    """Text of a file that came with the command (CSV, OPML), where the chat has files."""


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A press sends its command as if typed."""

    label: str
    """At most 75 characters."""
    command: str
    danger: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A picture, a CSV or OPML file."""

    name: str
    content: bytes
    media_type: str
    alt: str = ""
    """What a picture shows, in words and numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a command answers. Renderers escape and draw it; texts are plain."""

    lines: tuple[Line, ...] = ()
    """One line each; an empty one is a blank line."""
    cards: tuple[Card, ...] = ()
    buttons: tuple[Button, ...] = ()
    """At most five; the next page is one of them."""
    file: File | None = None
    in_channel: bool = False
    """For everybody in the channel; else for the asker alone."""
    good: bool = True
    """False: it is an error; `lines` say what, why and the cure."""


def line(*parts: str | Span) -> Line:
    """Build a line of plain words and spans."""
    return tuple(part if isinstance(part, Span) else Span(text=part) for part in parts)


def bold(text: str) -> Span:
    """Words that stand out."""
    return Span(text=text, bold=True)


def code(text: str) -> Span:
    """Words to copy: a command, an id."""
    return Span(text=text, code=True)


def said(*parts: str | Span, good: bool = True, in_channel: bool = False, buttons: tuple[Button, ...] = ()) -> Reply:
    """Reply in one line."""
    return Reply(lines=(line(*parts),), good=good, in_channel=in_channel, buttons=buttons)
