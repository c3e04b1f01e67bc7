"""How news is worded: a linear model over the words around a candidate's names, beside the scorer's features.

The features say how sure the tagger is of a party; the words say what an editor makes of it: "former", "windfall",
"shares jump", "is said to".
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from operator import attrgetter
from zlib import crc32

from bot.extraction.learned.decode import Line
from bot.extraction.learned.gate import WORD
from bot.model.enums import Change, Kind
from bot.model.event import Event, Evidence

BUCKETS = 1 << 18
SIDE = 25  # words on each side of a name
NEAR = 3  # of them, the words whose place counts
MENTIONS = 3  # of the name that an event is about
NAMED = frozenset({"target", "buyers", "person", "role", "company"})
_FAMILY = {
    Kind.FUNDING: "i", Kind.STAKE: "i", Kind.ACQUISITION: "a", Kind.MERGER: "a", Kind.IPO: "p", Kind.FUND: "f"
}  # fmt: skip


def buckets(event: Event, whole: str, lines: Sequence[Line]) -> list[int]:
    """The distinct buckets of a candidate: the words on both sides of its name in their sentences, and of its names."""
    family = _FAMILY.get(event.kind) or ("j" if event.change is Change.JOINS else "l")
    key = "person" if event.kind is Kind.LEADERSHIP else "target"
    about = sorted([e for e in event.evidence if e.field == key] or event.evidence, key=attrgetter("start"))
    around = chain.from_iterable(_around(e, whole, lines) for e in about[:MENTIONS])
    named = (
        f"{e.field}{word}"
        for e in event.evidence
        if e.field in NAMED
        for word in WORD.findall(whole[e.start : e.end].lower())
    )
    return sorted({crc32(f"{family}{said}".encode()) % BUCKETS for said in chain(around, named)})


def _around(name: Evidence, whole: str, lines: Sequence[Line]) -> Iterator[str]:
    line = next((one for one in lines if one.start <= name.start < one.end), None)
    if line is None:
        return
    before = WORD.findall(whole[line.start : name.start].lower())[-SIDE:]
    after = WORD.findall(whole[name.end : line.end].lower())[:SIDE]
    for mark, words in (("<", before[::-1]), (">", after)):
        last = ""
        for place, word in enumerate(words):
            yield f"{mark}{word}"
            yield f"{mark}{last} {word}"
            if place < NEAR:
                yield f"{mark}{place}{word}"
            last = word
