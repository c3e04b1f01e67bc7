"""What /metrics tells, in Prometheus' text form: gathered when it is asked for, from what the rooms count anyway."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from aiohttp import web
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.app import App
from bot.store import Database, outbox, status

PROXIED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What the database says."""

    counts: status.Counts
    beats: dict[str, datetime]
    waiting: int
    oldest: timedelta | None


def stored(db: Database, now: datetime) -> Stored:
    """Ask the database."""
    waiting, oldest = outbox.waiting(db, now=now)
    return Stored(counts=status.counts(db), beats=status.beats(db), waiting=waiting, oldest=oldest)


class Gathered:
    """Families of figures, as a registry asks for them."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = tuple(families)

    def collect(self) -> Iterator[Metric]:
        """Yield them."""
        yield from self._families


async def exposition(app: App) -> bytes:
    """Return all figures as they stand."""
    now = app.clock()
    found = await app.store.read(lambda db: stored(db, now))
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(Gathered([*_running(app), *_kept(found, now)]))
    return generate_latest(registry)


def route(app: App) -> web.RouteDef:
    """Return GET /metrics. What came through a proxy, or from outside private networks, finds nothing there."""

    async def metrics(request: web.Request) -> web.Response:
        if not is_near(request):
            raise web.HTTPNotFound
        return web.Response(body=await exposition(app), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return web.get("/metrics", metrics)


def is_near(request: web.Request) -> bool:
    """Return whether a request comes from this machine or a private network, straight."""
    if any(name in request.headers for name in PROXIED):
        return False
    try:
        return ip_address((request.remote or "").partition("%")[0]).is_private
    except ValueError:
        return False


def _running(app: App) -> Iterator[Metric]:
    """What this process counted since it started."""
    report, delivery = app.pipeline.report, app.delivery.report
    polls = CounterMetricFamily("dealbell_polls", "Polls of feeds.", labels=["outcome"])
    for outcome, number in sorted(report.outcomes.items()):
        polls.add_metric([outcome], number)
    yield polls
    for name, words in (("items", "New items stored"), ("events", "Events read in them"), ("stories", "New stories")):
        yield CounterMetricFamily(f"dealbell_{name}", f"{words}.", value=getattr(report.recorded, name))
    alerts = CounterMetricFamily("dealbell_alerts", "Attempts to show a card.", labels=["platform", "outcome"])
    for (platform, outcome), number in sorted(delivery.outcomes.items()):
        alerts.add_metric([platform, outcome], number)
    yield alerts
    words = "From when a card was due to when the platform had it."
    yield HistogramMetricFamily(
        "dealbell_delivery_seconds", words, buckets=delivery.cumulative(), sum_value=delivery.seconds
    )
    kills = CounterMetricFamily("dealbell_worker_kills", "Worker processes that were stopped or died.", labels=["why"])
    for why, number in sorted(app.workers.kills.items()):
        kills.add_metric([why], number)
    yield kills
    yield GaugeMetricFamily("dealbell_polls_under_way", "Feeds that are polled just now.", value=app.pipeline.busy)
    memory = "Resident memory of the worker processes, shared pages counted in each."
    yield GaugeMetricFamily("dealbell_worker_memory_bytes", memory, value=sum(map(resident, descendants())))


def _kept(found: Stored, now: datetime) -> Iterator[Metric]:
    """What the database holds, whoever wrote it."""
    counts = found.counts
    feeds = GaugeMetricFamily("dealbell_feeds", "Feeds by state.", labels=["state"])
    for state, number in (("well", counts.feeds - counts.failing), ("failing", counts.failing), ("gone", counts.gone)):
        feeds.add_metric([state], number)
    yield feeds
    yield GaugeMetricFamily("dealbell_subscriptions", "Subscriptions.", value=counts.subscriptions)
    yield GaugeMetricFamily("dealbell_cards_waiting", "Cards and edits not delivered yet.", value=found.waiting)
    age = found.oldest.total_seconds() if found.oldest else 0.0
    yield GaugeMetricFamily("dealbell_cards_oldest_seconds", "How long the oldest one has been due.", value=age)
    yield GaugeMetricFamily("dealbell_cards_rejected", "Cards that were given up.", value=counts.cards_rejected)
    beats = GaugeMetricFamily("dealbell_job_age_seconds", "Since a job last ran to its end.", labels=["job"])
    for job, at in sorted(found.beats.items()):
        beats.add_metric([job], max(0.0, (now - at).total_seconds()))
    yield beats


def descendants(root: str = "self") -> tuple[str, ...]:
    """Return the numbers of all processes below one: the workers, and the server that forks them."""
    try:
        children = [
            child for task in Path(f"/proc/{root}/task").iterdir() for child in (task / "children").read_text().split()
        ]
    except OSError:
        return ()
    return tuple(each for child in children for each in (child, *descendants(child)))


def resident(process: str) -> int:
    """Return a process's resident memory in bytes; 0 once it is gone."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:")), 0)
