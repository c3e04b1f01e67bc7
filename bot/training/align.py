"""Find the names, roles and sums of gold events in the text, as labelled spans for the tagger."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.extraction.learned import same
from bot.extraction.learned.money import find_money, find_percentages
from bot.extraction.learned.segments import Segment
from bot.model.event import Money

LEGAL = same.LEFT_OUT - {"the"}
COMMON_FIRST = frozenset(
    [
        "the",
        "first",
        "new",
        "general",
        "american",
        "united",
        "national",
        "bank",
        "global",
        "international",
        "royal",
        "british",
        "european",
        "indian",
        "china",
        "india",
        "us",
        "uk",
        "north",
        "south",
        "east",
        "west",
        "san",
        "los",
        "great",
        "standard",
        "state",
        "world",
        "air",
        "big",
        "best",
        "central",
        "federal",
        "public",
        "open",
        "digital",
        "capital",
        "data",
        "health",
        "green",
        "blue",
        "red",
        "black",
        "white",
        "sun",
        "one",
        "next",
        "young",
        "old",
        "advanced",
        "applied",
        "direct",
        "smart",
        "social",
        "super",
        "universal",
        "home",
        "life",
        "energy",
        "power",
        "food",
        "media",
        "private",
        "former",
        "private",
        "equity",
        "group",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A labelled mention. `layer` 0 parties, 1 people, 2 quantities; `owner` is the event's place in the gold list."""

    start: int
    end: int
    layer: int
    label: str
    owner: int
    name: str


def plain(text: str) -> str:
    """Same length, with typographic quotes and odd spaces made plain."""
    return text.translate({0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"', 0xA0: " ", 0x2010: "-", 0x2011: "-"})


def variants(name: str, *, person: bool) -> list[str]:
    """Ways in which a text may write a name, longest first."""
    words = plain(name).split()
    out = [" ".join(words)]
    core = list(words)
    while len(core) > 1 and core[-1].strip(".,").lower() in LEGAL:
        core.pop()
    out.append(" ".join(core).rstrip(","))
    if person:
        if len(words) > 1:
            out.append(words[-1])
    elif len(core) > 1:
        out += [" ".join(core[:n]) for n in range(len(core) - 1, 0, -1) if n > 1 or _distinct(core[0])]
        if len(core) <= 5 and all(w[0].isupper() for w in core):
            out.append("".join(w[0] for w in core))
    if core[0].lower() == "the" and len(core) > 1:
        out.append(" ".join(core[1:]))
    return sorted({v for v in out if len(v) > 1}, key=len, reverse=True)


def _distinct(word: str) -> bool:
    return len(word) > 2 and word[0].isupper() and word.lower().strip(".,") not in COMMON_FIRST


def occurrences(text: str, name: str, *, person: bool = False) -> list[tuple[int, int]]:
    """Where a name or a short form of it stands, longest forms first, not overlapping."""
    found: list[tuple[int, int]] = []
    for number, variant in enumerate(variants(name, person=person)):
        flags = re.IGNORECASE if number == 0 and len(variant) > 3 else 0
        body = r"\s+".join(re.escape(w) for w in variant.split())
        for match in re.finditer(rf"(?<!\w){body}(?!\w)", text, flags):
            if not any(match.start() < b and a < match.end() for a, b in found):
                found.append(match.span())
    return sorted(found)


def _listed(value: Any) -> list[Any]:
    return [v for v in (value if isinstance(value, list) else [value]) if v]


def event_spans(text: str, event: Mapping[str, Any], *, owner: int) -> Iterator[Span]:
    """All mentions in the text of one gold event's parties and quantities."""
    flat = plain(text)

    def named(slot: str, layer: int, label: str, *, person: bool = False) -> Iterator[Span]:
        for name in _listed(event.get(slot)):
            for a, b in occurrences(flat, str(name), person=person):
                yield Span(start=a, end=b, layer=layer, label=label, owner=owner, name=str(name))

    if event["kind"] == "leadership":
        yield from named("person", 1, "P", person=True)
        yield from named("company", 1, "C")
        role = event.get("role")
        if role:
            body = r"\s+".join(re.escape(w) for w in plain(str(role)).split())
            for m in re.finditer(rf"(?<!\w){body}(?!\w)", flat, re.IGNORECASE):
                yield Span(start=m.start(), end=m.end(), layer=1, label="R", owner=owner, name=str(role))
        return
    yield from named("target", 0, "T")
    lead = set(map(str, _listed(event.get("lead"))))
    for name in _listed(event.get("buyers")):
        for a, b in occurrences(flat, str(name)):
            yield Span(start=a, end=b, layer=0, label="L" if name in lead else "B", owner=owner, name=str(name))
    yield from named("seller", 0, "S")
    yield from _quantities(text, event, owner)


def _quantities(text: str, event: Mapping[str, Any], owner: int) -> Iterator[Span]:
    for slot, label in (("amount", "A"), ("valuation", "V")):
        wanted = _listed(event.get(slot))
        for money in find_money(text) if wanted else ():
            if any(
                isinstance(money.value, Money)
                and w["currency"] == money.value.currency
                and abs(w["value"] - money.value.value) <= 0.01 * abs(w["value"])
                for w in wanted
            ):
                yield Span(start=money.start, end=money.end, layer=2, label=label, owner=owner, name=slot)
    if event.get("stake_percent"):
        for share in find_percentages(text):
            if isinstance(share.value, float | int) and abs(share.value - float(event["stake_percent"])) <= 0.5:
                yield Span(start=share.start, end=share.end, layer=2, label="X", owner=owner, name="stake_percent")
    if event.get("round"):
        body = r"[\s-]+".join(re.escape(w) for w in str(event["round"]).replace("-", " ").split())
        for m in re.finditer(rf"(?<!\w){body}(?!\w)", text, re.IGNORECASE):
            yield Span(start=m.start(), end=m.end(), layer=2, label="N", owner=owner, name="round")


def told_spans(text: str, segments: Sequence[Segment], events: Sequence[Mapping[str, Any]]) -> list[Span]:
    """The spans in the places that tell an event: the title, and sentences that hold two of its roles.

    An event that no place tells keeps its richest sentence. Required events come first where two claim one word.
    """
    rank = lambda e: bool(e.get("background")) * 2 + bool(e.get("optional"))  # noqa: E731
    kept: list[Span] = []
    for owner, event in sorted(enumerate(events), key=lambda pair: rank(pair[1])):
        spans = list(event_spans(text, event, owner=owner))
        rows = []
        for segment in segments:
            inside = [s for s in spans if segment.start <= s.start and s.end <= segment.end]
            rows.append(
                (
                    len({s.label for s in inside} - {"L"} | ({"B"} if any(s.label == "L" for s in inside) else set())),
                    inside,
                    segment.title,
                )
            )
        best = max((n for n, _, _ in rows), default=0)
        need = 2 if best >= 2 else 1
        strong = [r for r in rows if (r[0] >= need) or (r[2] and r[0] >= 1)]
        if best == 1 and not rows[0][2]:
            strong = strong[:1]
        elif best == 1:
            strong = strong[:2]
        for _, inside, _ in strong:
            kept += [
                s for s in inside if not any(k.layer == s.layer and k.start < s.end and s.start < k.end for k in kept)
            ]
    return kept
