"""Tiny networks that say how likely a candidate is an event that is news, and the choice that follows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from bot.errors import ModelError
from bot.extraction.learned.assembly import role_words
from bot.extraction.learned.gate import Linear
from bot.extraction.learned.same import same, shortened
from bot.model.enums import Kind
from bot.model.event import Event

Doubles = NDArray[np.float64]
_FIGURES = ("share", "slope", "offset", "bend", "knot", "threshold")
CLIP = 6.0  # standard deviations; no odd item throws the network far outside what it was fitted on


class Seen(NamedTuple):
    """A candidate as the scorer sees it: its features, and the buckets of the words around its names."""

    row: Sequence[float]
    words: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """One hidden layer: tanh(x w1 + b1) w2 + b2."""

    w1: Doubles
    b1: Doubles
    w2: Doubles
    b2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """The mean of a few nets' logits and a `share` of the phrases' score, calibrated.

    Confidence is sigmoid(slope * logit + offset + bend * max(logit - knot, 0)).
    """

    phrases: Linear
    share: float
    mean: Doubles
    scale: Doubles
    nets: tuple[Net, ...]
    slope: float
    offset: float
    bend: float
    knot: float
    threshold: float

    def raw(self, seen: Sequence[Seen]) -> Doubles:
        """Logits before they are calibrated."""
        x = np.clip((np.array([one.row for one in seen]) - self.mean) / self.scale, -CLIP, CLIP)
        nets = np.mean([np.tanh(x @ n.w1 + n.b1) @ n.w2 + n.b2 for n in self.nets], axis=0)
        out: Doubles = nets + self.share * np.array([self.phrases.score(one.words) for one in seen])
        return out

    def __call__(self, seen: Sequence[Seen]) -> Doubles:
        """Calibrated confidences, one a candidate."""
        raw = self.raw(seen)
        sure = self.slope * raw + self.offset + self.bend * np.maximum(raw - self.knot, 0)
        out: Doubles = 1 / (1 + np.exp(-sure))
        return out


def read_scorer(path: Path) -> Scorer:
    """Read `scorer.npz`, as `write_scorer` left it. Raises ModelError where there is none, or an old one."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as rows:
            nets = zip(*(rows[name].astype(np.float64) for name in ("w1", "b1", "w2", "b2")), strict=True)
            return Scorer(
                phrases=Linear(weights=rows["phrases"].astype(np.float32)),
                mean=rows["mean"].astype(np.float64),
                scale=rows["scale"].astype(np.float64),
                nets=tuple(Net(w1=w1, b1=b1, w2=w2, b2=float(b2)) for w1, b1, w2, b2 in nets),
                **{name: float(rows[name]) for name in _FIGURES},
            )
    except (OSError, EOFError, KeyError, TypeError, ValueError, BadZipFile) as error:
        raise ModelError(
            f"{path} can't be read: another version of Dealbell wrote it, or it is damaged.",
            cure="Train the model again with this version: dealbell train --out FOLDER.",
        ) from error


def write_scorer(scorer: Scorer, path: Path) -> None:
    """Write `scorer.npz`, weights in half precision."""
    rows: dict[str, Any] = {name: np.float64(getattr(scorer, name)) for name in _FIGURES}
    for name in ("w1", "b1", "w2", "b2"):
        rows[name] = np.array([getattr(net, name) for net in scorer.nets], dtype=np.float16)
    rows["phrases"] = scorer.phrases.weights.astype(np.float16)  # most are 0 and pack well
    np.savez_compressed(path, mean=scorer.mean, scale=scorer.scale, **rows)


def chosen(events: Sequence[Event], *, threshold: float) -> list[Event]:
    """Accept the surest first, as news; strictly one event a deal. What reads as history is kept as background."""
    out: list[Event] = []
    news = [e for e in events if e.confidence >= threshold]
    told = [e for e in events if not any(_invests(e, other) for other in news)]
    for event in sorted(told, key=lambda e: -e.confidence):
        is_news = event.confidence >= threshold
        if not (is_news or event.background) or not has_party(event):
            continue
        home = next((n for n, other in enumerate(out) if clash(event, other)), None)
        if home is None:
            out.append(replace(event, background=not is_news))
        elif is_news and _one_share(event, out[home]):
            out[home] = _with_figures(out[home], event)
        elif is_news and event.person and _nameless(event, out[home]):
            out[home] = replace(event, background=False)
    return out


def _with_figures(event: Event, twin: Event) -> Event:
    """The event with the sums that only its twin, read with another target, has."""
    fields = [f for f in ("amount", "valuation") if getattr(event, f) is None and getattr(twin, f) is not None]
    told = tuple(e for e in twin.evidence if e.field in fields)
    return replace(event, evidence=event.evidence + told, **{f: getattr(twin, f) for f in fields})


def has_party(event: Event) -> bool:
    """An event needs a named party."""
    return bool(event.target or event.buyers or event.person or event.company)


def clash(one: Event, other: Event) -> bool:
    """True if two events tell one deal: one target, parties crosswise, one buyer with one sum or share, one figure.

    Nobody takes up and leaves one role of one company in one item.
    """
    if Kind.LEADERSHIP in (one.kind, other.kind):
        return one.kind is other.kind and (_turned(one, other) or _nameless(one, other))
    if one.target and other.target and _one_target(one, other):
        return True
    crossed = one.target and other.target and _has(other.buyers, one.target) and _has(one.buyers, other.target)
    one_sum = one.amount is not None and one.amount == other.amount
    paid = one_sum and (_share_buyer(one, other) or _one_place(one, other))
    return bool(crossed or paid or _one_share(one, other))


def _one_target(one: Event, other: Event) -> bool:
    """True for one name, and for a short form ("Kotak Bank") that no other buyer wants."""
    names = str(one.target), str(other.target)
    shared = not one.buyers or not other.buyers or _share_buyer(one, other)
    return same(*names) or (shared and shortened(*names))


def _invests(one: Event, other: Event) -> bool:
    """True where who would raise the one round invests in the other, beside the same investors."""
    if not one.kind is other.kind is Kind.FUNDING or not one.target or not _has(other.buyers, one.target):
        return False
    return not (other.target and _has(one.buyers, other.target)) and _share_buyer(one, other)


def _one_place(one: Event, other: Event) -> bool:
    """True where both have their sum from one place of the text."""
    places = [{(e.start, e.end) for e in event.evidence if e.field == "amount"} for event in (one, other)]
    return bool(places[0] & places[1])


def _one_share(one: Event, other: Event) -> bool:
    """True where one buyer takes one share: "Acme buys 49% of it" is no second deal, whoever "it" was taken for."""
    told = one.stake_percent is not None and one.stake_percent == other.stake_percent
    return told and _share_buyer(one, other)


def _turned(one: Event, other: Event) -> bool:
    named = one.person and other.person and one.company and other.company and one.role and other.role
    if not named or one.change is other.change:
        return False
    return (
        same(str(one.person), str(other.person))
        and same(str(one.company), str(other.company))
        and role_words(str(one.role)) == role_words(str(other.role))
    )


def _nameless(one: Event, other: Event) -> bool:
    """True where one change tells who takes up or leaves the role of the other, which names nobody."""
    if one.change is not other.change or (one.person and other.person) or not (one.role and other.role):
        return False
    companies = bool(one.company and other.company) and same(str(one.company), str(other.company))
    return companies and role_words(one.role) == role_words(other.role)


def _share_buyer(one: Event, other: Event) -> bool:
    return any(_has(other.buyers, buyer) for buyer in one.buyers)


def _has(names: Sequence[str], name: str) -> bool:
    return any(same(name, other) for other in names)
