"""Where every chat hands in what people type and press: who and where becomes a request, a request a reply."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import ParamSpec, Self, TypeVar

import structlog

from bot.commands.manners import ANYTHING, COMMANDS, COSTLY, LOGGED, Manners, Pace
from bot.commands.overview import ChannelView, Overview, channel_view, overview
from bot.commands.registry import answer, is_costly, problem
from bot.commands.verb import Services
from bot.errors import DealbellError
from bot.model.card import Card
from bot.model.enums import Platform
from bot.model.event import Event
from bot.model.request import Reply, Request, User, said
from bot.model.subscription import Channel, ChannelSettings, Workspace
from bot.store import Store, channels, lookups, notes, preferences, seen
from bot.store import feeds as feed_rows
from bot.stories.card import card
from bot.viewing import story_for

log = structlog.get_logger()
P = ParamSpec("P")
T = TypeVar("T")

THREADS = 8
ONCE = timedelta(days=1)
"""For so long a repeated delivery of a platform is known again."""
KEPT = "kept:"
"""Begins the value of a button whose command is too long for it."""
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
        pace = COSTLY if is_costly(asked.text) else COMMANDS
        with self._manners.asking(f"{asked.place.platform}:{asked.user}", pace) as refusal:
            if refusal:
                return said(refusal, good=False)
            return await asyncio.get_running_loop().run_in_executor(self._threads, self.answer_now, asked)

    def refusal(self, platform: Platform, user: str, pace: Pace) -> str | None:
        """Count what somebody asks beside commands; return None, or in words why it must wait."""
        return self._manners.refusal(f"{platform}:{user}", pace)

    def admits(self, platform: Platform, user: str, pace: Pace = ANYTHING) -> bool:
        """Count the same, and return whether to do anything at all: False for a flood that no answer is owed."""
        if self.refusal(platform, user, pace) is None:
            return True
        if self.refusal(platform, user, LOGGED) is None:
            log.warning("somebody asks so much that it is passed over", platform=platform, user=user, what=pace.name)
        return False

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
                mine = feed_rows.own(db, viewer) if viewer else ()
                return tuple(feed.title for feed in mine if feed.title.casefold().startswith(begin.casefold()))[:25]
        except DealbellError:
            return ()

    async def card(self, place: Place, story: str) -> Card | None:
        """Return a story's card as this workspace may see it."""
        return await self._in_thread(self._card, place, story)

    def _card(self, place: Place, story: str) -> Card | None:
        viewer = self.channel(place).workspace.id
        with self._store.read() as db:
            found = story_for(db, story, viewer=viewer)
        return card(found) if found else None

    async def card_of(self, place: Place, url: str) -> Card | None:
        """Return the card of the story that an article told, as this workspace may see it."""
        return await self._in_thread(self._card_of, place, url)

    def _card_of(self, place: Place, url: str) -> Card | None:
        viewer = self.channel(place).workspace.id
        with self._store.read() as db:
            ids = lookups.by_url(db, self._services.canonical(url), viewer=viewer)
            found = story_for(db, ids[0], viewer=viewer) if ids else None
        return card(found) if found else None

    async def overview(self, place: Place, user: str, *, sees: frozenset[str]) -> Overview | None:
        """Return what a home page shows: the person's own alerts, and those of the channels `sees` (ids)."""
        return await self._in_thread(self._overview, place, user, sees)

    def _overview(self, place: Place, user: str, sees: frozenset[str]) -> Overview:
        workspace = self.channel(place).workspace
        with self._store.read() as db:
            return overview(db, workspace, user=user, sees=sees, told=self._services.about_chats)

    async def view(self, place: Place) -> ChannelView | None:
        """Return what a channel has: subscriptions, watched companies, settings."""
        return await self._in_thread(self._view, place)

    def _view(self, place: Place) -> ChannelView:
        channel = self.channel(place)
        with self._store.read() as db:
            return channel_view(db, channel)

    async def is_first(self, key: str, *, within: timedelta = ONCE) -> bool:
        """Return whether this is new within that time, and note it. Where the store can't tell, it is taken for new."""
        return await self._in_thread(self._is_first, key, within) is not False

    def _is_first(self, key: str, within: timedelta) -> bool:
        now = self._clock()
        with self._store.write() as db:
            return seen.first(db, key, now=now, again_before=now - within)

    async def shortened(self, reply: Reply, *, limit: int) -> Reply:
        """Return the reply with commands of at most `limit` characters on its buttons; `command` finds the longer."""
        if all(len(button.command) <= limit for button in reply.buttons):
            return reply
        return await self._in_thread(self._shortened, reply, limit) or reply

    def _shortened(self, reply: Reply, limit: int) -> Reply:
        with self._store.write() as db:
            buttons = tuple(
                button
                if len(button.command) <= limit
                else replace(button, command=KEPT + seen.keep_command(db, button.command, now=self._clock()))
                for button in reply.buttons
            )
        return replace(reply, buttons=buttons)

    async def command(self, value: str) -> str | None:
        """Return the command that a pressed button stands for; None where it is kept no longer."""
        return await self._in_thread(self._kept, value.removeprefix(KEPT)) if value.startswith(KEPT) else value

    def _kept(self, short: str) -> str | None:
        with self._store.read() as db:
            return seen.kept_command(db, short)

    async def closed(self, place: Place, reason: str) -> None:
        """A channel takes nothing any more: pause it and tell one person, if it has subscriptions at all."""
        await self._in_thread(self._closed, place, reason)

    def _closed(self, place: Place, reason: str) -> None:
        close, channel = self._services.closed, self.channel(place)
        with self._store.write() as db:
            if close is not None and any(
                each.external_id == place.channel for each in channels.known(db, channel.workspace)
            ):
                close(db, channel, reason, self._clock())

    async def renamed(self, place: Place) -> None:
        """A channel, and its workspace where that is named too, has a new name."""
        await self._in_thread(self._renamed, place)

    def _renamed(self, place: Place) -> None:
        channel = self.channel(place)
        with self._store.write() as db:
            if place.channel_name:
                channels.rename(db, channel)
            if place.workspace_name:
                channels.rename_workspace(db, channel.workspace, name=place.workspace_name)

    async def moved(self, place: Place, *, to: str) -> None:
        """A channel has a new id on its platform: what it subscribed to and was told goes on there."""
        await self._in_thread(self._moved, place, to)

    def _moved(self, place: Place, to: str) -> None:
        channel = self.channel(place)
        with self._store.write() as db:
            channels.move(db, channel, to=to)

    async def lost(self, place: Place, reason: str) -> None:
        """The bot was taken out of a workspace: pause all its channels."""
        await self._in_thread(self._lost, place, reason)

    def _lost(self, place: Place, reason: str) -> None:
        with self._store.write() as db:
            channels.pause_all(db, place.platform, place.workspace, reason=reason)

    async def found(self, place: Place, reason: str) -> None:
        """The bot is in a workspace again: let the channels go on that were paused for this reason."""
        await self._in_thread(self._found, place, reason)

    def _found(self, place: Place, reason: str) -> None:
        with self._store.write() as db:
            channels.resume_all(db, place.platform, place.workspace, reason=reason)

    async def _in_thread(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Do it in a thread; None, and a line in the log, where the store fails."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *args, **kwargs))
        except DealbellError as error:
            log.warning("a chat's question failed", problem=error.problem)
            return None

    async def read(self, title: str, text: str) -> tuple[Event, ...]:
        """Return the events that a text tells, news and background; nothing is stored."""
        reader = self._services.read_text
        if reader is None:
            return ()
        return await asyncio.get_running_loop().run_in_executor(self._threads, reader, title, text)

    async def told_channels(self, platform: Platform, workspace: str) -> tuple[Channel, ...]:
        """Return the channels of a workspace that are subscribed and not paused."""
        return await self._in_thread(self._told, platform, workspace) or ()

    def _told(self, platform: Platform, workspace: str) -> tuple[Channel, ...]:
        with self._store.read() as db:
            known = channels.find_workspace(db, platform, workspace)
            return channels.told(db, known) if known else ()

    async def told_homes(self, platform: Platform) -> tuple[str, ...]:
        """Return the workspaces, by the platform's ids, that have such channels."""
        return await self._in_thread(self._told_homes, platform) or ()

    def _told_homes(self, platform: Platform) -> tuple[str, ...]:
        with self._store.read() as db:
            return channels.told_homes(db, platform)

    async def settings(self, channel: Channel) -> ChannelSettings:
        """Return how a channel wants to be told."""
        return await self._in_thread(self._settings, channel) or ChannelSettings()

    def _settings(self, channel: Channel) -> ChannelSettings:
        with self._store.read() as db:
            return preferences.settings_of(db, channels.channel_id_of(db, channel))

    async def recall(self, platform: Platform, name: str) -> str | None:
        """Return what a chat noted under a name."""
        return await self._in_thread(self._recall, platform, name)

    def _recall(self, platform: Platform, name: str) -> str | None:
        with self._store.read() as db:
            return notes.recall(db, platform, name)

    async def remember(self, platform: Platform, name: str, value: str) -> None:
        """Note something for a chat that must outlive a restart."""
        await self._in_thread(self._remember, platform, name, value)

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
