"""`dealbell evaluate`: how well the extractor reads documents whose events are known.

An event counts as detected where `matching.same_event` says so. Slots are compared within detected pairs; the slots of
missed events are missed, those of spurious ones spurious. Optional gold events count neither way; a background one
that is told as news is a stale alert.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.extraction.learned.same import same
from bot.model.event import Event, Money
from bot.training.matching import FAMILY, listed, same_event, shared_facts

Gold = Mapping[str, Any]
DEAL_SLOTS = ("target", "buyers", "lead", "seller", "amount", "valuation", "stake_percent", "round")
CHANGE_SLOTS = ("person", "company", "role")
CORE = frozenset({"target", "buyers", "amount", "stake_percent", "person", "company", "role"})
"""Slots that an exact alert must have right."""
SUMS = frozenset({"amount", "valuation"})
ROLE_SHARE = 0.5
"""Of the words of two roles, this share must agree."""
BINS = 10


@dataclass(slots=True)
class Tally:
    """Hits, misses and spurious ones."""

    hit: int = 0
    missed: int = 0
    extra: int = 0

    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where nothing was hit."""
        return 2 * self.hit / max(2 * self.hit + self.missed + self.extra, 1)

    def precision(self) -> float:
        """Share of what was told that is right."""
        return self.hit / max(self.hit + self.extra, 1)

    def recall(self) -> float:
        """Share of what was to be told that was told."""
        return self.hit / max(self.hit + self.missed, 1)


@dataclass(slots=True, kw_only=True)
class Report:
    """Everything that `evaluate` prints."""

    documents: int = 0
    silent: int = 0
    """Documents without any event that counts."""
    false_alerts: int = 0
    """Silent documents that gave an event."""
    stale: int = 0
    families: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    slots: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    exact: Tally = field(default_factory=Tally)
    told: list[tuple[float, bool]] = field(default_factory=list)
    """Confidence of every event told, and whether it is right: for the calibration."""

    def detection(self) -> Tally:
        """All families together."""
        return _sum(self.families.values())

    def all_slots(self) -> Tally:
        """All slots together."""
        return _sum(self.slots.values())

    def calibration_error(self) -> float:
        """Expected calibration error over ten bins of equal width (Guo et al. 2017)."""
        bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
        for confidence, right in self.told:
            bins[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
        gaps = (abs(sum(c - r for c, r in some)) for some in bins.values())
        return sum(gaps) / max(len(self.told), 1)


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total.hit, total.missed, total.extra = (
            total.hit + tally.hit, total.missed + tally.missed, total.extra + tally.extra,
        )  # fmt: skip
    return total


def score(documents: Iterable[tuple[Sequence[Gold], Sequence[Event]]]) -> Report:
    """Score pairs of gold events and the events that were found in the same document."""
    report = Report()
    for gold, found in documents:
        _one(report, gold, [event for event in found if not event.background])
    return report


def _one(report: Report, gold: Sequence[Gold], found: list[Event]) -> None:
    required = [e for e in gold if not e.get("background") and not e.get("optional")]
    optional = [e for e in gold if e.get("optional") and not e.get("background")]
    report.documents += 1
    if not required and not optional:
        report.silent += 1
        report.false_alerts += bool(found)
    left = list(found)
    for wanted in required:
        family = report.families[FAMILY[wanted["kind"]]]
        got = _take(left, wanted)
        if got is None:
            family.missed += 1
            report.exact.missed += 1
            for slot in _slots_of(wanted):
                report.slots[slot].missed += _count(slot, listed(wanted.get(slot)))
            continue
        family.hit += 1
        report.told.append((got.confidence, True))
        right = _compare(report, wanted, got)
        report.exact.hit += right
        report.exact.missed += not right
        report.exact.extra += not right
    for wanted in optional:
        _take(left, wanted)
    for event in left:
        report.families[FAMILY[event.kind]].extra += 1
        report.exact.extra += 1
        report.told.append((event.confidence, False))
        report.stale += any(same_event(e, event) for e in gold if e.get("background"))
        for slot in _slots_of({"kind": event.kind}):
            report.slots[slot].extra += _count(slot, listed(getattr(event, slot)))


def _take(left: list[Event], wanted: Gold) -> Event | None:
    fitting = [event for event in left if same_event(wanted, event)]
    best = max(fitting, key=lambda event: shared_facts(wanted, event), default=None)
    if best is not None:
        left.remove(best)
    return best


def _slots_of(event: Gold) -> tuple[str, ...]:
    return CHANGE_SLOTS if event["kind"] == "leadership" else DEAL_SLOTS


def _count(slot: str, values: Sequence[Any]) -> int:
    return min(len(values), 1) if slot in SUMS else len(values)


def _compare(report: Report, wanted: Gold, got: Event) -> bool:
    """Count hits, misses and spurious values of a pair; return whether every core slot is right."""
    right = True
    for slot in _slots_of(wanted):
        gold, found = listed(wanted.get(slot)), listed(getattr(got, slot))
        size = _count(slot, gold)  # a gold list of sums holds alternatives
        if slot in SUMS:
            hit = int(any(_same_money(sum_, money) for sum_ in gold for money in found))
        else:
            hit = _hits(slot, gold, found)
        tally = report.slots[slot]
        tally.hit, tally.missed, tally.extra = (
            tally.hit + hit,
            tally.missed + size - hit,
            tally.extra + len(found) - hit,
        )
        right = right and (slot not in CORE or (hit == size and hit == len(found)))
    _mark(report.slots["status"], _firm(wanted.get("status", "announced")) == _firm(got.status))
    if wanted["kind"] == "leadership":
        _mark(report.slots["interim"], bool(wanted.get("interim")) == got.interim)
    return right


def _mark(tally: Tally, right: bool) -> None:
    tally.hit += right
    tally.missed += not right
    tally.extra += not right


def _firm(status: str) -> str:
    """Announced and completed count as one."""
    return "announced" if status == "completed" else str(status)


def _hits(slot: str, gold: Sequence[Any], found: Sequence[Any]) -> int:
    left = list(found)
    for value in gold:
        match = next((other for other in left if _like(slot, value, other)), None)
        if match is not None:
            left.remove(match)
    return len(found) - len(left)


def _like(slot: str, gold: Any, found: Any) -> bool:
    if slot == "stake_percent":
        return abs(float(gold) - float(found)) <= 0.5
    if slot == "role":
        return _same_role(str(gold), str(found))
    return same(str(gold), str(found))


def _same_money(gold: Mapping[str, Any], found: Money) -> bool:
    return gold["currency"] == found.currency and abs(gold["value"] - found.value) <= 0.01 * abs(gold["value"])


def _same_role(gold: str, found: str) -> bool:
    a, b = Counter(_role_words(gold)), Counter(_role_words(found))
    return sum((a & b).values()) >= ROLE_SHARE * max(sum(a.values()), sum(b.values()), 1)


SPELT = {"ceo": "chief executive", "cfo": "chief financial", "coo": "chief operating", "cto": "chief technology",
         "cmo": "chief marketing", "md": "managing director", "vp": "vice president", "chairman": "chair",
         "chairwoman": "chair", "chairperson": "chair", "finance": "financial"}  # fmt: skip
NOISE = {"the", "a", "of", "and", "for", "new", "its", "officer", "interim", "acting"}


def _role_words(role: str) -> list[str]:
    words = role.lower().replace("-", " ").split()
    return [
        word for each in words for word in SPELT.get(each.strip(",."), each.strip(",.")).split() if word not in NOISE
    ]


def lines(report: Report) -> Iterable[str]:
    """Yield the report as lines of text."""
    yield f"{report.documents} documents, {report.silent} of them silent"
    rows = [("detection", report.detection()), *sorted(report.families.items()), ("slots", report.all_slots()),
            *sorted(report.slots.items()), ("exact alerts", report.exact)]  # fmt: skip
    for name, tally in rows:
        yield f"{name:15} P {tally.precision():.3f}  R {tally.recall():.3f}  F1 {tally.f1():.3f}"
    sure = [right for confidence, right in report.told if confidence >= 0.9]
    found = max(report.detection().hit + report.detection().missed, 1)
    yield (
        f"false alerts per 100 silent documents {100 * report.false_alerts / max(report.silent, 1):.1f}; "
        f"stale alerts {report.stale}; calibration error {report.calibration_error():.3f}; at confidence 0.9 and "
        f"above: precision {sum(sure) / max(len(sure), 1):.3f}, recall {sum(sure) / found:.3f}"
    )
