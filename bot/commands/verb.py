"""What a command is: a verb with its help, who may say it, and the function that answers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.commands.words import Word, plain
from bot.errors import InputError
from bot.model.chart import Chart
from bot.model.event import Event, Money
from bot.model.feed import FeedSpec
from bot.model.request import Button, Line, Reply, Request, line
from bot.model.subscription import Channel
from bot.store import Database, Store

PAGE = 10
"""Entries on one page of a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What commands need of the world outside the store. All block; none is called inside a transaction."""

    can_post: Callable[[Channel], str | None] = lambda _: None
    """None: the bot may post there; else the exact cure."""
    discover: Callable[[str], tuple[FeedSpec, ...]] | None = None
    """Feeds at an address, the likeliest first. Raises FeedError."""
    test_feed: Callable[[str], str] | None = None
    """Fetch and parse a feed and say what it holds."""
    read_opml: Callable[[bytes], tuple[FeedSpec, ...]] | None = None
    write_opml: Callable[[tuple[FeedSpec, ...]], bytes] | None = None
    read_text: Callable[[str, str], tuple[Event, ...]] | None = None
    """(title, text) -> events."""
    canonical: Callable[[str], str] = lambda url: url
    mask: Callable[[str], str] = lambda url: url
    """An address without its secrets."""
    chart: Callable[[Chart], bytes] | None = None
    """Draw a chart as PNG."""
    merge: Callable[[Database, str, str, datetime], str] | None = None
    """Inside a transaction: make one story of two and return its id."""
    split: Callable[[Database, str, frozenset[str], datetime], tuple[str, ...]] | None = None
    """Inside a transaction: take facts out of a story; return the ids of what they tell now."""
    to_usd: Callable[[Money, date], float | None] = lambda money, _: money.value if money.currency == "USD" else None
    closed: Callable[[Database, Channel, str, datetime], object] | None = None
    """Inside a transaction: pause a channel that takes nothing any more, and tell one person why."""
    about_chats: Callable[[], tuple[tuple[str, str], ...]] = tuple
    """How the chats' connections are, each with its label: for `status`."""
    max_age: timedelta = timedelta(hours=48)
    min_confidence: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request, taken apart."""

    request: Request
    words: tuple[Word, ...]
    """After the verb, without `page:`."""
    page: int
    """From 1."""
    store: Store
    services: Services

    @property
    def viewer(self) -> str:
        """The workspace for which stories are folded."""
        return self.request.channel.workspace.id

    @property
    def argument(self) -> str:
        """All words as one name."""
        return plain(self.words)

    def typed(self, text: str) -> str:
        """Return a command as this person types it."""
        return self.request.prefix + text


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One verb."""

    name: str
    summary: str
    """What it does, in a line."""
    usage: str
    examples: tuple[str, ...]
    answer: Callable[[Call], Reply]
    topic: str = "Look-ups"
    configures: bool = False
    """Needs the right to manage the channel."""
    changes: frozenset[str] = frozenset()
    """Where it is a look-up else: the first words after it that need this right."""
    administers: bool = False
    """Needs an administrator of the workspace."""
    operates: bool = False
    """Needs the operator of this installation."""
    costly: bool = False
    """Takes a worker or a picture: counted apart, see manners.py."""
    costly_words: frozenset[str] = frozenset()
    """Where it is cheap else: the first words after it that take a worker or a site."""
    in_channel: bool = False
    """Its good answers are for the whole channel."""


def paged(call: Call, lines: list[Line], *, total: int, again: str, head: Line, size: int = PAGE) -> Reply:
    """Return one page of a list: `lines` are this page's, `again` the command whose next page follows."""
    pages = max(1, -(-total // size))
    shown = [head, *lines]
    if pages > 1:
        shown.append(line(f"Page {call.page} of {pages}."))
    buttons = []
    if call.page > 1:
        buttons.append(Button(label="Back", command=f"{again} page:{call.page - 1}"))
    if call.page < pages:
        buttons.append(Button(label="More", command=f"{again} page:{call.page + 1}"))
    return Reply(lines=tuple(shown), buttons=tuple(buttons))


def take_page(words: tuple[Word, ...]) -> tuple[tuple[Word, ...], int]:
    """Take `page:2` out of the words. Raises InputError."""
    page = 1
    for word in words:
        if word.name == "page":
            if not word.value.isdecimal() or not 0 < int(word.value[:7]) < 100_000:
                raise InputError(f"{word.value!r} is no page.", cure="For example page:2.")
            page = int(word.value)
    return tuple(word for word in words if word.name != "page"), page


def said_in_channel(reply: Reply) -> Reply:
    """Let everybody in the channel read a reply."""
    return replace(reply, in_channel=True)
