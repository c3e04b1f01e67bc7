"""Where every chat hands in what people type and press: who and where becomes a request, a request a reply."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Self

import structlog

from bot.commands.finding import found_in
from bot.commands.manners import Manners
from bot.commands.registry import answer, problem
from bot.commands.verb import Services
from bot.errors import DealbellError
from bot.model.card import Card
from bot.model.enums import Platform
from bot.model.event import Event
from bot.model.request import Reply, Request, User, said
from bot.model.subscription import Channel, ChannelSettings, Workspace
from bot.store import Store, channels, lookups, notes, preferences
from bot.store import feeds as feed_rows
from bot.stories.card import card
from bot.viewing import story_for

log = structlog.get_logger()

THREADS = 8
COMPLETIONS = {
    "company": ("target", "buyer", "seller", "company"),
    "investor": ("buyer",),
    "person": ("person",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody is, in the platform's own ids."""

    platform: Platform
    workspace: str
    workspace_name: str = ""
    channel: str
    """Of a direct message: "@" and the user's id, wherever the platform shows it."""
    channel_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody typed or pressed, as a chat reports it. See `Request` for the fields."""

    text: str
    place: Place
    user: str
    user_name: str = ""
    may_configure: bool = False
    is_admin: bool = False
    is_private: bool = False
    prefix: str = ""
    attachment: str | None = None


class Front:
    """Answers in threads of its own, so that an event loop never waits for the disk. It never raises."""

    def __init__(
        self,
        store: Store,
        services: Services,
        *,
        clock: Callable[[], datetime],
        operators: frozenset[str] = frozenset(),
    ) -> None:
        self._store = store
        self._services = services
        self._clock = clock
        self._operators = operators
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="commands")
        self._manners = Manners(time.monotonic)

    async def answer(self, asked: Asked) -> Reply:
        """Answer a command; who sends too many is asked to wait."""
        place = asked.place
        with self._manners.asking(f"{place.platform}:{place.workspace}:{asked.user}") as refusal:
            if refusal:
                return said(refusal, good=False)
            return await asyncio.get_running_loop().run_in_executor(self._threads, self.answer_now, asked)

    def answer_now(self, asked: Asked) -> Reply:
        """Answer a command, on this thread."""
        try:
            return answer(self._request(asked), self._store, self._services)
        except DealbellError as error:
            return problem(error)

    def _request(self, asked: Asked) -> Request:
        here = asked.place.platform
        operator = asked.is_admin if here is Platform.CONSOLE else f"{here}:{asked.user}" in self._operators
        return Request(
            text=asked.text,
            channel=self.channel(asked.place),
            user=User(id=asked.user, name=asked.user_name),
            now=self._clock(),
            may_configure=asked.may_configure,
            is_admin=asked.is_admin,
            is_operator=operator,
            is_private=asked.is_private,
            prefix=asked.prefix,
            attachment=asked.attachment,
        )

    def channel(self, place: Place) -> Channel:
        """Return the channel, its workspace made if it is new."""
        with self._store.read() as db:
            workspace = channels.find_workspace(db, place.platform, place.workspace)
        if workspace is None:
            workspace = self._new_workspace(place)
        return Channel(workspace=workspace, external_id=place.channel, name=place.channel_name)

    def _new_workspace(self, place: Place) -> Workspace:
        with self._store.write() as db:
            name, now = place.workspace_name, self._clock()
            return channels.workspace(db, place.platform, place.workspace, name=name, now=now)

    async def complete(self, place: Place, what: str, begin: str) -> tuple[str, ...]:
        """Return at most 25 names that begin so: `what` is company, investor, person, feed or story."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.complete_now, place, what, begin)

    def complete_now(self, place: Place, what: str, begin: str) -> tuple[str, ...]:
        """Return the same, on this thread."""
        try:
            with self._store.read() as db:
                workspace = channels.find_workspace(db, place.platform, place.workspace)
                viewer = workspace.id if workspace else None
                if what in COMPLETIONS:
                    return lookups.names_like(db, begin, parts=COMPLETIONS[what], viewer=viewer)
                if what == "story":
                    return lookups.ids_like(db, begin, viewer=viewer)
                mine = [feed for feed in feed_rows.listed(db) if feed.workspace == viewer and viewer]
                return tuple(feed.title for feed in mine if feed.title.casefold().startswith(begin.casefold()))[:25]
        except DealbellError:
            return ()

    async def card(self, place: Place, story: str) -> Card | None:
        """Return a story's card as this workspace may see it."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._card, place, story)

    def _card(self, place: Place, story: str) -> Card | None:
        try:
            viewer = self.channel(place).workspace.id
            with self._store.read() as db:
                found = story_for(db, story, viewer=viewer)
        except DealbellError:
            return None
        return card(found) if found else None

    async def read(self, title: str, text: str) -> tuple[Event, ...]:
        """Return the events that a text tells, news and background; nothing is stored."""
        reader = self._services.read_text
        if reader is None:
            return ()
        return await asyncio.get_running_loop().run_in_executor(self._threads, reader, title, text)

    async def found(self, title: str, text: str) -> Reply:
        """Say which events a text tells, with the words that prove them; nothing is stored."""
        try:
            return found_in(await self.read(title, text), now=self._clock())
        except (DealbellError, TimeoutError):
            log.warning("a text could not be read", exc_info=True)
            return said("This text could not be read just now. Please try again.", good=False)

    async def closed(self, place: Place, reason: str) -> bool:
        """Take note that a channel takes nothing any more: it pauses, and one person is told; False: it was so."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._closed, place, reason)

    def _closed(self, place: Place, reason: str) -> bool:
        channel, closed = self.channel(place), self._services.closed
        with self._store.write() as db:
            return closed is not None and closed(db, channel, reason, self._clock())

    async def told_channels(self, platform: Platform, workspace: str) -> tuple[Channel, ...]:
        """Return the channels of a workspace that are subscribed and not paused."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._told, platform, workspace)

    def _told(self, platform: Platform, workspace: str) -> tuple[Channel, ...]:
        with self._store.read() as db:
            known = channels.find_workspace(db, platform, workspace)
            return channels.told(db, known) if known else ()

    async def settings(self, channel: Channel) -> ChannelSettings:
        """Return how a channel wants to be told."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._settings, channel)

    def _settings(self, channel: Channel) -> ChannelSettings:
        with self._store.read() as db:
            return preferences.settings_of(db, channels.channel_id_of(db, channel))

    async def recall(self, platform: Platform, name: str) -> str | None:
        """Return what a chat noted under a name."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._recall, platform, name)

    def _recall(self, platform: Platform, name: str) -> str | None:
        with self._store.read() as db:
            return notes.recall(db, platform, name)

    async def remember(self, platform: Platform, name: str, value: str) -> None:
        """Note something for a chat that must outlive a restart."""
        await asyncio.get_running_loop().run_in_executor(self._threads, self._remember, platform, name, value)

    def _remember(self, platform: Platform, name: str, value: str) -> None:
        with self._store.write() as db:
            notes.remember(db, platform, name, value, now=self._clock())

    def close(self) -> None:
        """Let what is under way end."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
