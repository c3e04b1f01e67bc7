"""The real bot between a site whose feeds change and a Slack and a Discord in bad weather."""

import os
import random
import re
import resource
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.model.enums import Platform
from bot.model.subscription import Channel, ChannelSettings, Threads
from bot.store import Store, channels, preferences
from tests.attack.storm import LATEST_SECONDS, Storm, discord_errors, slack_errors
from tests.chat.discord.fake import TOKEN as DISCORD_TOKEN
from tests.chat.discord.fake import FakeDiscord, fake_discord
from tests.chat.discord.payloads import channel, guild
from tests.chat.slack.fake import TOKEN as SLACK_TOKEN
from tests.chat.slack.fake import FakeSlack, fake_slack
from tests.integration.conftest import Bot, Site, item

FRONTS = ("Quill", "Brack", "Fern", "Tarn", "Hex", "Lumen", "Pell", "Stone", "Vire", "Wex", "Yarrow", "Ostra")
ENDS = ("mark", "water", "hollow", "wick", "vale", "route", "worth", "garth", "lode", "bourne", "gate", "field")
MIDDLES = ("", "an", "er", "ing", "o", "ham", "is")
NAMES = tuple(front + middle + end for middle in MIDDLES for end in ENDS for front in FRONTS)
"""Each company takes part in one deal, so that no deal can pass for another."""
FEEDS = ("ledger", "herald")
SLACK_CHANNEL, DISCORD_CHANNEL = ("slack", "T0ACME", "C0DEALS"), ("discord", "77", "501")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """One made-up deal: announced by one outlet, completed by another."""

    number: int

    @property
    def buyer(self) -> str:
        return NAMES[2 * self.number]

    @property
    def target(self) -> str:
        return NAMES[2 * self.number + 1]

    @property
    def price(self) -> str:
        return f"${self.number + 11}"

    @property
    def announced(self) -> str:
        return self._told(f"{self.buyer} to acquire {self.target} for {self.price} million", "a")

    @property
    def completed(self) -> str:
        return self._told(f"{self.buyer} completes acquisition of {self.target} for {self.price} million", "c")

    @property
    def shown(self) -> str:
        """How its card ends."""
        return f"{self.buyer} buys {self.target} for {self.price}M"

    def _told(self, title: str, guid: str) -> str:
        return item(f"{guid}{self.number}", title, f"{title}, the companies said.")


class Arena:
    """Site, platforms, bot: everything of one attack."""

    def __init__(self, folder: Path, site: Site, seed: int) -> None:
        self.rng = random.Random(seed)
        self.site = site
        self.bot = Bot(folder, site)
        self.told: list[Deal] = []
        self.completed: set[int] = set()
        self.kills = 0
        """Kills inside a request."""
        self._stack = AsyncExitStack()
        self.slack_storm = Storm(errors=slack_errors, rng=self.rng, kill=self.kill, calm=True)
        self.discord_storm = Storm(errors=discord_errors, rng=self.rng, kill=self.kill, calm=True)
        self._items: dict[str, list[str]] = {name: [] for name in FEEDS}

    @property
    def storms(self) -> tuple[Storm, Storm]:
        return self.slack_storm, self.discord_storm

    @property
    def database(self) -> str:
        return self.bot.env["DEALBELL_DATABASE"]

    def open(self) -> None:
        """Start the platforms, subscribe a channel of each, and let the bot see the feeds while they are empty."""
        self.slack: FakeSlack = self.site.call(self._stack.enter_async_context(fake_slack()))
        self.discord: FakeDiscord = self.site.call(self._stack.enter_async_context(fake_discord()))
        self.discord.gateway.guilds = [guild(channel(DISCORD_CHANNEL[2], "deals"))]
        self.slack.faults, self.discord.faults = self.slack_storm, self.discord_storm  # type: ignore[assignment]
        self.bot.env |= {
            "SLACK_BOT_TOKEN": SLACK_TOKEN,
            "SLACK_API_URL": self.slack.url,
            "DISCORD_BOT_TOKEN": DISCORD_TOKEN,
            "DISCORD_API_URL": self.discord.url,
            "DEALBELL_MAX_POLL_SECONDS": "1",
            "DEALBELL_WORKERS": "1",
            "DEALBELL_LOG_FORMAT": "json",
        }
        self.bot.listen_to(*FEEDS)
        for place in (SLACK_CHANNEL, DISCORD_CHANNEL):
            assert self.bot.run("subscribe", *place).returncode == 0
            self._widen(*place)
        self._serve()
        self.bot.start()
        self.bot.wait_until_polled(*FEEDS, times=2)
        assert self.bot.stop(seconds=60) == 0

    def close(self) -> None:
        if self.bot.process is not None:
            self.bot.process.kill()
            self.bot.process.wait()
        self.site.call(self._stack.aclose())

    def _widen(self, platform: str, workspace: str, place: str) -> None:
        """No cap, since digests are not the subject; notes in threads, since they are posts too."""
        with closing(Store(self.database)) as store, store.write() as db:
            found = channels.find_workspace(db, Platform(platform), workspace)
            assert found is not None
            row = channels.channel_id(db, Channel(workspace=found, external_id=place, name=""))
            preferences.save_settings(db, row, ChannelSettings(cap=100_000, threads=Threads.TURNS))

    def announce(self, count: int = 1) -> None:
        for _ in range(count):
            deal = Deal(number=len(self.told))
            self.told.append(deal)
            self._items["ledger"].append(deal.announced)
        self._serve()

    def complete(self, count: int = 1) -> None:
        """Let the other outlet say that some announced deals are done."""
        open_ones = [deal for deal in self.told if deal.number not in self.completed]
        for deal in self.rng.sample(open_ones, min(count, len(open_ones))):
            self.completed.add(deal.number)
            self._items["herald"].append(deal.completed)
        self._serve()

    def _serve(self) -> None:
        for name, items in self._items.items():
            self.site.feed(name, *items[::-1][:400], title=name.title())

    def kill(self) -> None:
        if self.bot.process is not None:
            self.bot.process.kill()

    def wake(self) -> None:
        """Start the bot, and wait until it has spoken to both platforms: how long a start takes is the machine's."""
        before = [storm.requests for storm in self.storms]
        self.bot.start()
        deadline = time.monotonic() + 60
        while any(storm.requests == count for storm, count in zip(self.storms, before, strict=True)):
            assert time.monotonic() < deadline, self.bot.log.read_text(encoding="utf-8")[-2000:]
            if self.bot.process is None or self.bot.process.poll() is not None:
                return
            time.sleep(0.01)

    def died(self, seconds: float, *, may_end: bool = False) -> None:
        """Wait for the death that a request brings; after `seconds` it comes by itself.

        `may_end`: the bot may end in words before, as where it starts on a full disk.
        """
        assert self.bot.process is not None
        deadline = time.monotonic() + seconds
        while self.bot.process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        self.kills += self.bot.process.poll() == -signal.SIGKILL
        self.kill()
        assert self.bot.process.wait() in {-signal.SIGKILL, 1 if may_end else -signal.SIGKILL}
        self.bot.process = None

    @contextmanager
    def full(self) -> Iterator[None]:
        """Let the bot find no room on its disk: no file of its may grow beyond a page."""
        assert self.bot.process is not None
        room, most = resource.prlimit(self.bot.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.bot.process.pid, resource.RLIMIT_FSIZE, (4096, most))
        yield
        if self.bot.process is not None:
            resource.prlimit(self.bot.process.pid, resource.RLIMIT_FSIZE, (room, most))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let another program hold the database."""
        with closing(sqlite3.connect(self.database, isolation_level=None, timeout=30)) as conn:
            conn.execute("BEGIN IMMEDIATE")
            yield
            conn.execute("ROLLBACK")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.database)) as conn:
            return conn.execute(query).fetchall()

    def waiting(self) -> int:
        query = "SELECT count(*) FROM cards WHERE wanted_revision > sent_revision AND state <> 'rejected'"
        return int(self.rows(query)[0][0])

    def is_settled(self) -> bool:
        """Everything that the feeds told is stored, and shown."""
        facts = self.rows("SELECT count(*) FROM facts")[0][0]
        return facts == len(self.told) + len(self.completed) and not self.waiting()

    def hasten(self, *states: str) -> None:
        """Let what waits for another try be due now: the length of these waits is not the subject."""
        due = "UPDATE cards SET due_at = '2000-01-01T00:00:00.000000Z' WHERE wanted_revision > sent_revision"
        with closing(sqlite3.connect(self.database)) as conn, conn:
            conn.executemany(f"{due} AND state = ?", [(state,) for state in states])

    def settle(self) -> None:
        """Fair weather, one last start, and time to catch up."""
        for storm in self.storms:
            storm.calm, storm.plan = True, None
        self.complete(len(self.told))
        time.sleep(LATEST_SECONDS)
        self.hasten("ready", "sending")
        self.bot.start()
        self.bot.wait_for(self.is_settled, "the last card", seconds=300)
        assert self.bot.stop(seconds=60) == 0

    def orphans(self, *, seconds: float = 30.0) -> list[int]:
        """Processes that a dead bot left behind; one that was just starting may take a moment to see it."""
        until = time.monotonic() + seconds
        while (left := self._running()) and time.monotonic() < until:
            time.sleep(0.2)
        return left

    def _running(self) -> list[int]:
        mark = f"DEALBELL_DATABASE={self.database}".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes() and int(folder.name) != os.getpid():
                    found.append(int(folder.name))
            except OSError:
                continue
        return found

    def check(self) -> None:
        """The database is whole; each deal has one card with its last words, and one note at most, in each channel."""
        assert self.wounds() == []
        assert self.rows("SELECT last_error FROM cards WHERE state = 'rejected'") == []
        expected = Counter(deal.shown for deal in self.told)
        for place, posted in ((SLACK_CHANNEL, self._on_slack()), (DISCORD_CHANNEL, self._on_discord())):
            cards = Counter(line for line, is_note in posted if not is_note)
            assert cards - expected == Counter(), f"{place[0]} shows too much: {cards - expected}"
            assert expected - cards == Counter(), f"{place[0]} lacks {expected - cards}; it shows {cards}"
            notes = [line for line, is_note in posted if is_note]
            assert sorted(set(notes)) == sorted(notes)
            wanted = "SELECT count(*) FROM cards JOIN channels ON channels.id = channel_id"
            wanted += f" WHERE external_id = '{place[2]}' AND subject LIKE 'turn:%'"
            assert self.rows(wanted) == [(len(notes),)]

    def wounds(self) -> list[object]:
        """What SQLite finds wrong with the file."""
        return [each for each in self.rows("PRAGMA integrity_check") + self.rows("PRAGMA foreign_key_check")
                if each != ("ok",)]  # fmt: skip

    def _on_slack(self) -> list[tuple[str, bool]]:
        """First lines, and whether they are notes in a thread."""
        return [(_first(each["text"]), "thread_ts" in each) for each in self.slack.channels[SLACK_CHANNEL[2]]]

    def _on_discord(self) -> list[tuple[str, bool]]:
        return [(_first(each["content"]), "title" not in each["embeds"][0])
                for each in self.discord.channels[DISCORD_CHANNEL[2]]]  # fmt: skip


def _first(words: str) -> str:
    """Return the headline alone."""
    return re.sub(r"^\**(.*? for \$\d+M).*", r"\1", words, flags=re.DOTALL)
