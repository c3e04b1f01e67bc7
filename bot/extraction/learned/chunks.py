"""Pack segments into the windows that the tagger reads: the title again before every window of sentences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.extraction.learned.segments import Segment
from bot.extraction.learned.triggers import has_trigger

CHUNK_PIECES = 170
LEAD_SEGMENTS = 5  # sentences that are always read; later ones only where a trigger word stands

CLS, SEP = 2, 3  # ids in the shipped vocabulary: [PAD] 0, [UNK] 1, [CLS] 2, [SEP] 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Model input, and where the first piece of each word of each segment stands in it."""

    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    places: tuple[int, ...]  # 0 title, 1 lead, 2 later
    segments: tuple[tuple[Segment, tuple[int, ...]], ...]


def worth_reading(text: str, segments: Sequence[Segment], *, tells: Callable[[str], bool]) -> list[Segment]:
    """The title, the lead, and the later sentences in which a trigger word stands and that `tells` lets pass."""

    def later(segment: Segment) -> bool:
        told = text[segment.start : segment.end]
        return has_trigger(told) and tells(told)

    return [s for s in segments if s.number <= LEAD_SEGMENTS or later(s)]


def chunks(segments: Sequence[Segment]) -> list[Chunk]:
    """The windows of one item, in reading order; every segment stands in exactly one, the title in all."""
    title = [s for s in segments if s.title][:1]
    body = [s for s in segments if not s.title]
    head = sum(len(s.pieces) + 1 for s in title) + 1
    out: list[Chunk] = []
    held: list[Segment] = []
    size = head
    for segment in body:
        if held and size + len(segment.pieces) + 1 > CHUNK_PIECES:
            out.append(_pack(title, held, first=not out))
            held, size = [], head
        held.append(segment)
        size += len(segment.pieces)
    if held or title:
        out.append(_pack(title, held, first=not out))
    return out


def _pack(title: Sequence[Segment], body: Sequence[Segment], *, first: bool) -> Chunk:
    pieces, shapes, places = [CLS], [0], [0]
    where: list[tuple[Segment, tuple[int, ...]]] = []
    for group, place in ((title, 0), (body, 1 if first else 2)):
        for segment in group:
            base = len(pieces)
            where.append((segment, tuple(base + i for i in segment.first)))
            pieces += segment.pieces
            shapes += segment.shapes
            places += [place] * len(segment.pieces)
        pieces.append(SEP)
        shapes.append(0)
        places.append(place)
    return Chunk(pieces=tuple(pieces), shapes=tuple(shapes), places=tuple(places), segments=tuple(where))
