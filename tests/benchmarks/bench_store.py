"""Look-ups and matching on a large store: 100,000 stories, 500 subscriptions, 5,000 watched companies.

    python tests/benchmarks/bench_store.py [--stories 100000] [--subscriptions 500] [--watched 5000] [--database FILE]

Prints medians and 95th percentiles in milliseconds and the memory of the process; judges nothing. A look-up is the
whole command: words to reply. Matching is the whole record of one new article: its item, fact, story, every channel's
decision and card, in one transaction that is taken back. With --growth it is measured on other sizes of the lists too.
"""

import argparse
import random
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.commands.registry import answer
from bot.commands.verb import Services
from bot.companies.watch import watch_keys
from bot.extraction import Extraction
from bot.model.article import Article
from bot.model.enums import Change, Kind, Platform, Status
from bot.model.event import Event, Money
from bot.model.feed import Feed, FeedSpec
from bot.model.filter import Filter
from bot.model.request import Request, User
from bot.model.story import Fact
from bot.model.subscription import Channel, Subscription
from bot.model.watch import Watched
from bot.rates import to_usd
from bot.recording import Reading, record, save
from bot.store import Database, Store, channels, facts, feeds, watching
from bot.stories.fold import fold
from bot.stories.match import block_keys

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
SYLLABLES = tuple(re.findall("[bcdfglmnprstvxz]+[aeiou]", "bacedifogukaleminopurasetivoxuzabricladroflegriplostatru"))
TRADES = ("Robotics", "Energy", "Health", "Bank", "Foods", "Cloud", "Motors", "Pharma", "Labs", "Systems")
ROUNDS = ("Seed", "Series A", "Series B", "Series C", "Series D")
ROLES = ("CEO", "CFO", "chief technology officer", "chair")
A_CHANNEL = 2
"""Subscriptions of one channel."""


def name(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=3)).capitalize() + " " + rng.choice(TRADES)


def event(rng: random.Random, companies: list[str]) -> Event:
    kind = rng.choices(list(Kind), weights=(40, 10, 20, 3, 5, 7, 15))[0]
    one, two, three = rng.sample(companies, 3)
    if kind is Kind.LEADERSHIP:
        person = (
            f"{''.join(rng.choices(SYLLABLES, k=2)).capitalize()} {''.join(rng.choices(SYLLABLES, k=3)).capitalize()}"
        )
        change = rng.choice(list(Change))
        return Event(
            kind=kind, status=Status.ANNOUNCED, person=person, role=rng.choice(ROLES), company=one, change=change
        )
    return Event(
        kind=kind,
        status=rng.choice(list(Status)),
        target=one,
        buyers=(two, three) if kind is Kind.FUNDING else (two,),
        amount=Money(value=rng.randint(1, 900) * 1e6, currency="USD") if rng.random() < 0.8 else None,
        round=rng.choice(ROUNDS) if kind is Kind.FUNDING else None,
        confidence=0.8,
    )


def title(told: Event) -> str:
    if told.kind is Kind.LEADERSHIP:
        return f"{told.company} names {told.person} {told.role}"
    return f"{told.target} in {told.kind} deal with {' and '.join(told.buyers)}"


def fill(db: Database, *, stories: int, companies: list[str], rng: random.Random) -> None:
    """Write stories of one to three reports over two years."""
    for number in range(stories):
        told = event(rng, companies)
        begin = NOW - timedelta(minutes=rng.randint(0, 730 * 24 * 60))
        reports = [
            Fact(
                id=f"f{number}-{part}", event=told, source=f"Outlet {part}", title=title(told), published=begin,
                url=f"https://news.example/{number}/{part}", first_seen=begin,
            )
            for part in range(rng.choice((1, 1, 2, 3)))
        ]  # fmt: skip
        save(db, fold(reports, story_id=f"s{number}", revision=1), audience=None, now=begin)
        for fact in reports:
            facts.add(db, fact, item=1, keys=block_keys(fact), story=f"s{number}")


def subscribe(db: Database, *, count: int, watched: int, companies: list[str], rng: random.Random) -> None:
    """Spread subscriptions over channels; every tenth channel watches companies."""
    watchers = max(1, count // A_CHANNEL // 10)
    for number in range(count):
        where = channel(db, number // A_CHANNEL)
        wish = rng.choice(
            (
                Filter(
                    kinds=frozenset({rng.choice(list(Kind))}),
                    minimum=Money(value=rng.randint(1, 500) * 1e6, currency="USD"),
                ),
                Filter(companies=tuple(rng.sample(companies, 5))),
                Filter(keywords=(rng.choice(TRADES),)),
                Filter(stage_from="Series B"),
                Filter(),
            )
        )
        if number // A_CHANNEL < watchers:
            wish = Filter(watched=True) if number % A_CHANNEL else wish
        channels.subscribe(
            db, Subscription(id=f"x{number}", channel=where, created=NOW - timedelta(days=9), filter=wish)
        )
    for number, each in enumerate(rng.sample(companies, watched)):
        row = channels.channel_id(db, channel(db, number % watchers))
        mine = Watched(name=each, tickers=(each[:4].upper(),))
        watching.add(db, row, mine, keys=watch_keys(mine), by="", now=NOW)


def channel(db: Database, number: int) -> Channel:
    workspace = channels.workspace(db, Platform.SLACK, f"T{number // 10}", name="", now=NOW)
    return Channel(workspace=workspace, external_id=f"C{number}")


@contextmanager
def timing(work: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    said(f"{work}: {time.perf_counter() - started:.1f} s")


def said(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def timed(what: str, work: Callable[[int], object], *, times: int = 60) -> None:
    spent = []
    for number in range(times):
        started = time.perf_counter()
        work(number)
        spent.append((time.perf_counter() - started) * 1000)
    late = sorted(spent)[int(times * 0.95)]
    said(f"{what:<44} median {statistics.median(spent):8.1f} ms   95% {late:8.1f} ms")


def look_up(store: Store, companies: list[str], rng: random.Random) -> None:
    with store.write() as db:
        where = channel(db, 0)

    def ask(text: str) -> None:
        request = Request(text=text, channel=where, user=User(id="U1"), now=NOW, is_admin=True)
        reply = answer(request, store, Services(to_usd=to_usd))
        assert reply.good or "known of" in str(reply.lines), (text, reply)

    known = rng.sample(companies, 200)
    timed("recent", lambda _: ask("recent"))
    timed("recent funding, page 50", lambda _: ask("recent funding page:50"))
    timed("top acquisitions month", lambda _: ask("top acquisitions month"))
    timed("search, a name", lambda n: ask(f'search "{known[n]}"'))
    timed("search, a word of a tenth of all stories", lambda n: ask(f"search {TRADES[n % 10]}"))
    timed("search, two words of most stories", lambda _: ask("search deal with"))
    timed("company", lambda n: ask(f'company "{known[n]}"'))
    timed("investor", lambda n: ask(f'investor "{known[n]}"'))
    timed("person, a surname that nobody has", lambda n: ask(f"person Nobody{n}"))
    timed("why", lambda n: ask(f"why s{n * 7}"))
    timed("preview funding min:100m", lambda _: ask("preview funding min:100m"), times=20)
    timed("chart", lambda _: ask("chart by month since:year"), times=10)


def match(store: Store, feed: Feed, companies: list[str], rng: random.Random, label: str) -> None:
    """Record new articles, each in a transaction that is taken back."""

    def one(number: int) -> None:
        told = event(rng, companies)
        article = Article(
            key=f"new{number}", title=title(told), url=f"https://news.example/new/{number}", source="Outlet 9",
            canonical_url=f"https://news.example/new/{number}", published=NOW,
        )  # fmt: skip
        reading = Reading(article=article, result=Extraction(events=(told,)))
        with suppress(_Back), store.write() as db:
            record(db, [reading], feed=feed, now=NOW, max_age=timedelta(hours=48), silent=False)
            raise _Back

    timed(f"one new story: {label}", one, times=30)


class _Back(Exception):
    """Takes a transaction back."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--subscriptions", type=int, default=500)
    parser.add_argument("--watched", type=int, default=5_000)
    parser.add_argument("--growth", action="store_true", help="measure matching on other sizes of the lists too")
    parser.add_argument("--database", type=Path, help="keep the store in this file, and use it if it is there")
    options = parser.parse_args()
    rng = random.Random(7)
    companies = sorted({name(rng) for _ in range(30_000)})
    with tempfile.TemporaryDirectory() as folder:
        path = options.database or Path(folder) / "bench.db"
        fresh = not path.exists()
        store = Store(path)
        if fresh:
            with timing(f"{options.stories:,} stories written"), store.write() as db:
                feeds.add(db, FeedSpec(url="https://news.example/feed", title="News"), now=NOW)
                db.execute("INSERT INTO items (id, feed_id, key, source, first_seen) VALUES (1, 1, 'k', 's', '')")
                fill(db, stories=options.stories, companies=companies, rng=rng)
        sizes = [(options.subscriptions, options.watched)]
        if options.growth:
            sizes = [
                (100, 0),
                (options.subscriptions, 0),
                (options.subscriptions, 1000),
                *sizes,
                (1000, 5000),
                (500, 20_000),
            ]
        for count, watched in sizes:
            with store.write() as db:
                db.execute("DELETE FROM cards")
                db.execute("DELETE FROM channels")
                subscribe(db, count=count, watched=watched, companies=companies, rng=rng)
                feed = feeds.listed(db)[0]
            match(store, feed, companies, rng, f"{count} subscriptions, {watched:,} watched")
        look_up(store, companies, rng)
        store.close()
        size = path.stat().st_size / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said(f"memory at its highest {peak:.0f} MB (writing included: {fresh}), file {size:.0f} MB")


if __name__ == "__main__":
    main()
