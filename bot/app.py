"""The composition root: builds everything from settings, starts it and stops it. Nothing else wires."""

import asyncio
import random
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from pydantic import SecretStr

from bot import scheduler
from bot.chat.base import Chat, Installed, Served
from bot.clock import utc_now
from bot.commands.front import ONCE, Front
from bot.commands.verb import Services
from bot.delivery import Delivery
from bot.errors import SettingsError, WorkerError
from bot.extraction.learned.sums import check as check_model
from bot.feeds.guard import AddressGuard
from bot.feeds.http import Fetcher
from bot.feeds.opml import read_opml, write_opml
from bot.feeds.urls import canonical_url, mask_url
from bot.mending import merge_stories, split_story
from bot.model.chart import Chart
from bot.model.enums import Platform
from bot.model.event import Event
from bot.model.feed import FeedSpec
from bot.model.subscription import Channel, Subscription
from bot.notices import channel_closed
from bot.pipeline import Limits, Pipeline
from bot.prospecting import discover, test_feed
from bot.rates import to_usd
from bot.recording import recount
from bot.settings import Settings
from bot.store import Database, Store, audit, channels, decisions, digests, feeds, items, seen, status
from bot.store.thread import StoreThread
from bot.store.times import new_id
from bot.store.turn import Turn
from bot.workers import Workers

if TYPE_CHECKING:
    from aiohttp.web import RouteDef

log = structlog.get_logger()

STOP_SECONDS = 2.0
"""How long polls and deliveries under way may take to finish at a shutdown, each."""
HOUSEKEEPING_SECONDS = 3600.0
BUTTONS = timedelta(days=90)
"""For so long a button works whose command is too long for its platform."""
COMMAND_SECONDS = 60.0
"""How long a command waits for a site."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """Everything that runs, wired."""

    settings: Settings
    store: StoreThread
    fetcher: Fetcher
    workers: Workers
    pipeline: Pipeline
    delivery: Delivery
    chats: Mapping[Platform, Chat]
    front: Front
    clock: Callable[[], datetime]

    async def recount(self) -> None:
        """Let cards say their new number of sources where that is due."""
        now = self.clock()
        await self.store.write(lambda db: recount(db, now=now))

    async def digests(self) -> None:
        """Make the digests that are due."""
        now = self.clock()
        await self.store.write(lambda db: digests.close_due(db, now=now))

    async def connections(self) -> None:
        """Note how the chats are, for `dealbell status`, which is a process of its own."""
        for chat in self.chats.values():
            for label, words in chat.told():
                await self.front.remember(chat.platform, "connection", f"{label}: {words}")

    async def housekeeping(self) -> None:
        """Forget raw items and decisions that are older than the settings keep."""
        now = self.clock()
        old_items = now - timedelta(days=self.settings.retention_days)
        old_lines = now - timedelta(days=self.settings.decision_days)
        await self.store.write(lambda db: items.forget_texts(db, before=old_items))
        await self.store.write(lambda db: decisions.forget(db, before=old_lines))
        await self.store.write(lambda db: seen.forget(db, before=now - ONCE))
        await self.store.write(lambda db: seen.forget_commands(db, before=now - BUTTONS))


@asynccontextmanager
async def opened(
    settings: Settings,
    *,
    chats: Mapping[Platform, Chat],
    clock: Callable[[], datetime] = utc_now,
    rng: random.Random | None = None,
) -> AsyncIterator[App]:
    """Build and start an App; stop it at the end.

    Raises the StoreError family if the database can't be used, ModelError if the workers could not read.
    """
    check_model()
    async with AsyncExitStack() as stack:
        store = StoreThread(Store(settings.database))
        stack.callback(store.close)
        turn = Turn(settings.database)
        stack.callback(turn.give_back)
        workers = workers_for(settings)
        stack.callback(workers.close)
        fetcher = await stack.enter_async_context(fetcher_for(settings))
        loop = asyncio.get_running_loop()
        services = services_for(settings, fetcher=fetcher, workers=workers, chats=chats, loop=loop)
        await _take_installs(settings, chats, store, clock)
        front = Front(store.store, services, clock=clock, operators=settings.operators)
        stack.callback(front.close)
        for chat in chats.values():
            stack.push_async_callback(chat.stop)
            await chat.start()
        limits = Limits(
            min_poll_seconds=settings.min_poll_seconds,
            max_poll_seconds=settings.max_poll_seconds,
            max_age=timedelta(hours=settings.max_age_hours),
            concurrency=settings.fetch_concurrency,
        )
        pipeline = Pipeline(
            store=store,
            fetcher=fetcher,
            workers=workers,
            limits=limits,
            clock=clock,
            rng=rng or random.Random(),  # noqa: S311  jitter, not a secret
        )
        stack.push_async_callback(pipeline.stop, seconds=STOP_SECONDS)
        yield App(
            settings=settings,
            store=store,
            fetcher=fetcher,
            workers=workers,
            pipeline=pipeline,
            delivery=Delivery(store=store, chats=chats, clock=clock, turn=turn),
            chats=chats,
            front=front,
            clock=clock,
        )


def fetcher_for(settings: Settings) -> Fetcher:
    """Return a fetcher, not yet entered, as the settings say."""
    return Fetcher(
        AddressGuard(settings.allow_hosts),
        user_agent=settings.user_agent,
        timeout_seconds=settings.fetch_seconds,
        max_bytes=settings.max_feed_bytes,
        per_host=settings.fetch_per_host,
        proxy=settings.proxy,
    )


def workers_for(settings: Settings) -> Workers:
    """Return the pool of worker processes, as the settings say; the caller closes it."""
    return Workers(count=settings.workers, seconds=settings.worker_seconds, memory_mb=settings.worker_memory_mb)


def picture(chart: Chart) -> bytes:
    """Draw a chart; matplotlib takes half a second to import, and few commands need it."""
    from bot.charts.draw import draw  # noqa: PLC0415

    return draw(chart)


def services_for(
    settings: Settings,
    *,
    fetcher: Fetcher,
    workers: Workers,
    chats: Mapping[Platform, Chat],
    loop: asyncio.AbstractEventLoop,
) -> Services:
    """Return what commands need of the world; they block in threads of their own while the loop does the work."""

    def wait(work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop).result(COMMAND_SECONDS)

    async def read(title: str, text: str) -> tuple[Event, ...]:
        found = (await workers.extract([(title, text, None)]))[0]
        return () if isinstance(found, WorkerError) else found.events

    def can_post(channel: Channel) -> str | None:
        chat = chats.get(channel.workspace.platform)
        return wait(chat.can_post(channel)) if chat else None

    return Services(
        can_post=can_post,
        discover=lambda address: wait(discover(fetcher, workers, address)),
        test_feed=lambda address: wait(test_feed(fetcher, workers, address))[1],
        read_opml=read_opml,
        write_opml=write_opml,
        read_text=lambda title, text: wait(read(title, text)),
        canonical=lambda url: canonical_url(url) or url,
        mask=mask_url,
        to_usd=to_usd,
        chart=picture,
        merge=merge_stories,
        split=split_story,
        closed=lambda db, channel, reason, now: channel_closed(db, channel, reason=reason, now=now),
        about_chats=lambda: tuple(line for chat in chats.values() for line in chat.told()),
        max_age=timedelta(hours=settings.max_age_hours),
        min_confidence=settings.min_confidence,
    )


def chats_for(settings: Settings) -> dict[Platform, Chat]:
    """Return the chats whose tokens are set; the console where none is."""
    chats: dict[Platform, Chat] = {}
    if settings.slack_bot_token or (settings.slack_client_id and settings.slack_client_secret):
        chats[Platform.SLACK] = _slack(settings)
    if settings.discord_bot_token and (token := settings.discord_bot_token.get_secret_value()):
        from bot.chat.discord.client import DiscordChat  # noqa: PLC0415

        chats[Platform.DISCORD] = DiscordChat(token, settings.discord_api_url, guild=settings.discord_guild)
    if not chats:
        from bot.chat.console.client import ConsoleChat  # noqa: PLC0415  rich is heavy

        chats[Platform.CONSOLE] = ConsoleChat(sys.stdout)
    return chats


def routes_of(chats: Mapping[Platform, Chat]) -> "tuple[RouteDef, ...]":
    """Return the HTTP routes of all chats."""
    return tuple(route for chat in chats.values() if isinstance(chat, Served) for route in chat.routes())


def _slack(settings: Settings) -> Chat:
    from bot.chat.slack.access import Access  # noqa: PLC0415  each client library takes 0.3 s to import
    from bot.chat.slack.client import SlackChat  # noqa: PLC0415

    def secret(value: SecretStr | None) -> str:
        return value.get_secret_value() if value else ""

    access = Access(
        bot_token=secret(settings.slack_bot_token),
        app_token=secret(settings.slack_app_token),
        signing_secret=secret(settings.slack_signing_secret),
        client_id=secret(settings.slack_client_id),
        client_secret=secret(settings.slack_client_secret),
        api_url=settings.slack_api_url,
        public_url=(settings.public_url or "").rstrip("/"),
        unfurl=settings.slack_unfurl,
    )
    if not access.bot_token and not access.installs:
        raise SettingsError(
            "Workspaces can't install the Slack app: where Slack sends them back to is not known.",
            cure="Set DEALBELL_PUBLIC_URL, or SLACK_BOT_TOKEN for one workspace.",
        )
    return SlackChat(access)


async def _take_installs(
    settings: Settings, chats: Mapping[Platform, Chat], store: StoreThread, clock: Callable[[], datetime]
) -> None:
    """Let chats know the workspaces that installed the app. Raises SettingsError without a key for their tokens."""
    if not (settings.slack_client_id and settings.slack_client_secret):
        return
    from bot.installs import StoredInstalls  # noqa: PLC0415
    from bot.sealing import Seal  # noqa: PLC0415  cryptography is heavy

    if settings.secret_key is None:
        raise SettingsError(
            "The tokens of workspaces can't be kept: there is no key to encrypt them with.",
            cure="Set DEALBELL_SECRET_KEY to a long random text, such as `openssl rand -base64 32` prints.",
        )
    installs = StoredInstalls(store, Seal(settings.secret_key.get_secret_value()), clock=clock)
    await installs.load()
    for chat in chats.values():
        if isinstance(chat, Installed):
            chat.use(installs)


async def prepare(app: App, *, platforms: frozenset[Platform], specs: tuple[FeedSpec, ...]) -> None:
    """Let the store know the feeds file and, where the console is the only chat, its subscription."""
    now = app.clock()
    await app.store.write(lambda db: feeds.sync_listed(db, specs, now=now))
    if Platform.CONSOLE in platforms:
        await app.store.write(lambda db: _subscribe_console(db, app.settings, now))


def _subscribe_console(db: Database, settings: Settings, now: datetime) -> None:
    """With no chat connected the console is the one channel, subscribed to everything until a person chooses."""
    workspace = channels.workspace(db, Platform.CONSOLE, "local", name="this computer", now=now)
    channel = Channel(workspace=workspace, external_id="console", name="console")
    if audit.chose_subscriptions(db, channels.channel_id(db, channel)):
        return
    channels.subscribe(
        db, Subscription(id=new_id(), channel=channel, created=now, min_confidence=settings.min_confidence)
    )


async def run(app: App) -> None:
    """Run until SIGTERM or SIGINT; what is under way is finished or, after a moment, dropped whole."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    jobs = scheduler.build(
        {
            1.0: {"poll": app.pipeline.tick, "deliver": app.delivery.deliver},
            20.0: {"digests": app.digests, "connections": app.connections},
            60.0: {"recount": app.recount},
            HOUSEKEEPING_SECONDS: {"housekeeping": app.housekeeping},
        }
    )
    await app.store.write(lambda db: status.beat(db, "start", now=app.clock()))
    for chat in app.chats.values():
        await chat.listen(app.front)
    jobs.start()
    counts = await app.store.read(status.counts)
    log.info("running", feeds=counts.feeds, chats=", ".join(sorted(app.chats)), database=str(app.settings.database))
    try:
        await stopped.wait()
        log.info("stopping")
    finally:
        loop.call_later(STOP_SECONDS / 2, app.store.store.hurry)
        # shutdown() would cancel a job in its middle: pause first, let it end, then shut down
        jobs.pause()
        await app.pipeline.stop(seconds=STOP_SECONDS)
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                await app.delivery.deliver()
        jobs.shutdown(wait=False)
