"""Cut a news item into sentences and word pieces, keeping code-point offsets into the whole text.

The unit of everything that follows is the segment: the title, or one sentence. A segment is short (never more than
`MAX_PIECES` word pieces), so that the work stays linear in the length of the text, whatever the text is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tokenizers import Encoding, Tokenizer

MAX_PIECES = 110  # pieces in one segment; a longer sentence is cut
TITLE_PIECES = 56
MAX_CHARS = 700  # characters of one "sentence" before it is cut, so that no tokeniser call is large

_BREAK = re.compile(r"\n+|(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9$€£])|(?<=\.)(?=[A-Z][a-z]+ [a-z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|St|Jr|Sr|Inc|Corp|Co|Ltd|Bros|No|vs|approx|Pvt|Pte|Cos|Mt|Rs|Re|"
    r"U\.S|U\.K|U\.N|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|[A-Z])|\b(?:i\.e|e\.g|S\.A|N\.V|S\.p\.A))\.$"
)
_ENDS_NAME = re.compile(r"\b(?:Inc|Corp|Co|Ltd|Cos|Pvt|Bros)\.$")
_WORD = re.compile(r"\w+")
_STARTERS = frozenset(
    [
        "The",
        "A",
        "An",
        "In",
        "It",
        "On",
        "At",
        "For",
        "He",
        "She",
        "They",
        "This",
        "That",
        "These",
        "Its",
        "His",
        "Her",
        "But",
        "And",
        "As",
        "With",
        "After",
        "According",
        "Shares",
        "We",
        "By",
        "From",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One title or sentence. `words` are code-point spans in the whole text; the others run along the word pieces."""

    title: bool
    number: int
    start: int
    end: int
    words: tuple[tuple[int, int], ...]
    first: tuple[int, ...]
    pieces: tuple[int, ...]
    shapes: tuple[int, ...]


def sentences(text: str, *, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Code-point spans of the sentences of `text[start:end]`, trimmed, none longer than `MAX_CHARS`."""
    left = start
    for match in _BREAK.finditer(text, start, end):
        if "\n" not in match.group():
            before = text[max(left, match.start() - 12) : match.start()]
            if _ABBREVIATION.search(before) and not (
                _ENDS_NAME.search(before) and _word_at(text, match.end()) in _STARTERS
            ):
                continue
        yield from _pieces_of(text, left, match.start())
        left = match.end()
    yield from _pieces_of(text, left, end)


def _word_at(text: str, position: int) -> str:
    found = _WORD.match(text, position)
    return found.group() if found else ""


def _pieces_of(text: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    while left < right and text[left].isspace():
        left += 1
    while right > left and text[right - 1].isspace():
        right -= 1
    while right - left > MAX_CHARS:
        cut = text.rfind(" ", left + MAX_CHARS // 2, left + MAX_CHARS)
        cut = cut if cut > 0 else left + MAX_CHARS
        yield left, cut
        left = cut
    if left < right:
        yield left, right


def shape_of(word: str) -> int:
    """Index into `SHAPES`: what the uncased encoder cannot see."""
    head = word[0]
    if not head.isalnum():
        return 6
    if any(c.isdigit() for c in word):
        return 5
    if word.islower():
        return 1
    if len(word) == 1:
        return 7
    if word.isupper():
        return 3
    return 2 if word[1:].islower() and head.isupper() else 4


def segments(text: str, *, title: tuple[int, int], body: tuple[int, int], tokenizer: Tokenizer) -> list[Segment]:
    """The segments of a text whose title and body stand at these code points; the title is one segment."""
    out: list[Segment] = []
    for is_title, (first, last) in ((True, title), (False, body)):
        for start, end in sentences(text, start=first, end=last):
            encoding = tokenizer.encode(text[start:end], add_special_tokens=False)
            limit = TITLE_PIECES if is_title else MAX_PIECES
            out += _cut(text, start, encoding, limit=limit, title=is_title, number=max(len(out), not is_title))
            if is_title:
                break
    return out


def _cut(text: str, start: int, encoding: Encoding, *, limit: int, title: bool, number: int) -> Iterator[Segment]:
    ids, offsets, of_word = encoding.ids, encoding.offsets, encoding.word_ids
    at, count = 0, len(ids)
    while at < count:
        stop = min(count, at + limit)
        while stop < count and stop > at + 1 and of_word[stop] == of_word[stop - 1]:
            stop -= 1
        words: list[tuple[int, int]] = []
        first: list[int] = []
        shapes: list[int] = []
        for i in range(at, stop):
            a, b = offsets[i]
            if i == at or of_word[i] != of_word[i - 1]:
                words.append((start + a, start + b))
                first.append(i - at)
                j = i
                while j + 1 < stop and of_word[j + 1] == of_word[i]:
                    j += 1
                words[-1] = (start + a, start + offsets[j][1])
                shape = shape_of(text[start + a : start + offsets[j][1]] or " ")
            shapes.append(shape)
        yield Segment(
            title=title,
            number=number,
            start=words[0][0],
            end=words[-1][1],
            words=tuple(words),
            first=tuple(first),
            pieces=tuple(ids[at:stop]),
            shapes=tuple(shapes),
        )
        number += 1
        if title:
            return
        at = stop
