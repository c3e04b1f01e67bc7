"""Who invests in a round: lists of names after "led by", "with participation from", "other investors include".

Such lists are told in few ways and run long, so they are read to the end here, whatever else reads the sentence.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.extraction.investor_names import Line, is_place, is_turned, name_end, names_someone
from bot.extraction.names import looks_like_person
from bot.extraction.tables.currencies import SIGNS
from bot.extraction.tables.investor_words import (
    ALWAYS_ASIDE,
    ASIDE,
    BESIDES,
    CHIEFS,
    INSIDE,
    JOINTS,
    KINDS,
    LEADS,
    LED_BY,
    LOOSE,
    MORE,
    NEXT,
    OFFICERS,
    PAST,
    POSTS,
    RAISED_FROM,
    ROUND,
    STOPS,
    TITLES,
    TOOK_PART,
    WITH,
)
from bot.extraction.tables.places import NOT_NAMES, PLACES
from bot.extraction.tokens import MAX_SENTENCE, Sentence

LONGEST_LIST = 60
"""Names."""
LONGEST_TOLD = 4000
"""Code points of a sentence that are read."""
HISTORY_BACK = 90
"""Code points before a cue in which a word of history turns it."""

_BRACKET = 40  # tokens: a remark in brackets
_ASIDE = 16  # tokens: a remark between commas
_LOOK_BACK = 80  # tokens: a list before "participated"
_DESCRIPTION = 7  # tokens: "homegrown early-stage private equity player"


class Investor(NamedTuple):
    """A name with its place in the text."""

    name: str
    start: int
    end: int
    lead: bool


def investors_in(sentence: Sentence, text: str) -> list[Investor]:
    """The investors that a sentence lists, in reading order; those after "led by" and before "led the round" are leads.

    Reads the first `MAX_SENTENCE` tokens, so that the work is bounded. Never raises.
    """
    line = Line(sentence.tokens[:MAX_SENTENCE], text)
    told = text[sentence.start : min(sentence.end, sentence.start + LONGEST_TOLD)]
    starts = [token.start for token in line.tokens]
    found: list[Investor] = []
    for lead, cue in _openings(told):
        at = bisect_left(starts, sentence.start + cue.end())
        found += _list(line, at, lead=lead)
    for lead, cue in _endings(told):
        at = bisect_left(starts, sentence.start + cue.start())
        found += _list_before(line, at, lead=lead)
    return _distinct(found)


def _openings(told: str) -> Iterator[tuple[bool, re.Match[str]]]:
    """The cues after which lists begin, and whether they name leads."""
    cues = [(True, m) for m in LED_BY.finditer(told)] if ROUND.search(told) else []
    cues += [(False, m) for cue in (WITH, RAISED_FROM) for m in cue.finditer(told)]
    cues = [(lead, m) for lead, m in cues if not PAST.search(told, max(0, m.start() - HISTORY_BACK), m.end())]
    yield from cues
    if cues:
        first = min(m.start() for _, m in cues)
        yield from ((False, m) for m in MORE.finditer(told, first))


def _endings(told: str) -> Iterator[tuple[bool, re.Match[str]]]:
    """The cues before which lists end, and whether they name leads."""
    yield from ((True, m) for m in LEADS.finditer(told))
    yield from ((False, m) for m in TOOK_PART.finditer(told))


def _list(line: Line, at: int, *, lead: bool) -> list[Investor]:
    """The names from `at` on; leads until "with participation from" or the like."""
    out: list[Investor] = []
    joint: int | None = None if lead and _own_officer(line, at) else at
    while joint is not None and len(out) < LONGEST_LIST:
        at = _next_name(line, joint)
        lead = lead and not (out and not BESIDES.isdisjoint(line.lows(joint, at)))
        at, end = _past_employer(line, at, name_end(line, at))
        if end == at or (out and _opens_round(line, end)):
            break
        whole = end - _is_cut(line, end)
        if out and _is_remark(line, at, end):
            end += 1
        elif names_someone(line.lows(at, whole)):
            out.append(_investor(line, at, whole, lead=lead))
        joint = _next_joint(line, end)
    return out


def _own_officer(line: Line, at: int) -> bool:
    """True for "CEO Anna Marsh" and "its founders Anna and Ben Marsh": they lead the company, not its round."""
    at += line.low(at) in {"its", "their", "new"}
    begin = at
    while line.low(at) in OFFICERS or (at > begin and line.low(at) in {"and", "&", "executive", "officer"}):
        at += 1
    words = [token.text for token in line.tokens[at : name_end(line, at)]]
    return at > begin and looks_like_person(" ".join(words))


def _past_employer(line: Line, at: int, end: int) -> tuple[int, int]:
    """From "Halden" of "Halden partner Jo Marsh" on to "Jo Marsh"; other names as they are."""
    while line.low(end) in POSTS and line.named(end + 1):
        at, end = end + 1, name_end(line, end + 1)
    return at, end


def _opens_round(line: Line, at: int) -> bool:
    """True after "Tarn" of "led by Pell Street; Tarn, $5M seed": a round-up has come to its next company."""
    return line.word(at) == "," and line.low(at + 1) in SIGNS


def _is_cut(line: Line, end: int) -> bool:
    """True if the word before `end` was cut off: "Pell Str…"."""
    dots = line.word(end) == "…" or all(line.word(end + n) == "." for n in range(3))
    return dots and line.tokens[end - 1].end == line.tokens[end].start


def _is_remark(line: Line, at: int, end: int) -> bool:
    """True for "Halden" of "Jo Marsh, Halden CEO; …"."""
    return line.word(at - 1) == "," and line.low(end) in CHIEFS


def _investor(line: Line, first: int, last: int, *, lead: bool) -> Investor:
    """The name of the tokens from `first` to before `last`, without a comma or point at its end."""
    while last - first > 1 and line.word(last - 1) in {",", "."}:
        last -= 1
    start, end = line.tokens[first].start, line.tokens[last - 1].end
    return Investor(" ".join(line.text[start:end].split()), start, end, lead)


def _next_name(line: Line, at: int) -> int:
    """Past joints and the words that say what kind of investor follows."""
    while at < len(line):
        ahead = _past_town(line, at) or _past_word(line, at) or _past_description(line, at) or _past_title(line, at)
        if not ahead:
            break
        at = ahead
    return at


def _past_town(line: Line, at: int) -> int | None:
    """Past "Waltham, Mass.-based", "New York's" and "South Koreas" of "South Koreas early-stage fund"."""
    for end in range(at, min(at + _DESCRIPTION, len(line))):
        low = line.low(end)
        if low == "'s":
            return end + 1 if is_place(line.lows(at, end)) else None
        if is_turned(low) or (low == "based" and line.word(end - 1) == "-") or _lost_its_mark(line, end):
            return end + 1
        if not line.capital(end) and low not in {",", ".", "-"}:
            return None
    return None


def _lost_its_mark(line: Line, at: int) -> bool:
    """True for a possessive that lost its mark: "Indias" before a small letter."""
    low = line.low(at)
    return low not in PLACES and low.endswith("s") and low[:-1] in PLACES and line.word(at + 1).islower()


def _past_word(line: Line, at: int) -> int | None:
    """Past "and", "existing", "fintech-focused", and "Norwegian" before "fund"."""
    low = line.low(at)
    passed = low in JOINTS or low == "'s" or is_turned(low)
    kind = low in KINDS and not line.opens_name(at)
    people = low in PLACES and line.word(at + 1) in KINDS
    return at + 1 if passed or kind or people else None


def _past_description(line: Line, at: int) -> int | None:
    """Past "homegrown property player" and "Russian billionaire", to the name that follows."""
    begin = at + (line.low(at) in NOT_NAMES or line.low(at) in PLACES)
    for end in range(begin, min(at + _DESCRIPTION, len(line))):
        if end > begin and line.named(end):
            return end
        word = line.word(end)
        if not word.islower() or word in STOPS or not word.replace("-", "").isalpha():
            return None
    return None


def _past_title(line: Line, at: int) -> int | None:
    """Past "Dr." and "Chairman" before a person."""
    title = line.low(at) in TITLES and (line.capital(at + 1) or line.word(at + 1) == ".")
    return at + 1 if title or line.word(at) == "." else None


def _next_joint(line: Line, at: int) -> int | None:
    """Where the list goes on, past a remark in brackets, an apposition, "fund" or "and others"; None at its end."""
    while line.word(at) in {"(", "["}:
        close = _find(line, at, _BRACKET, {")", "]"})
        if close is None:
            return None
        at = close + 1
    while line.low(at) in LOOSE and not line.capital(at):
        at += 1
    joint = _past_aside(line, at)
    return joint if joint is not None and line.low(joint) in NEXT else None


def _past_aside(line: Line, at: int) -> int | None:
    """Past ", the founder of Halden" to the next joint; ", the existing investor Tarn" is the next joint itself."""
    if line.word(at) != "," or line.low(at + 1) not in ASIDE or line.capital(at + 1):
        return at
    if line.low(at + 1) not in ALWAYS_ASIDE:
        name = at + 1
        while line.low(name) in KINDS and not line.capital(name):
            name += 1
        if line.named(name):
            return at
    return _find(line, at + 1, _ASIDE, {",", ";", "and"})


def _find(line: Line, at: int, most: int, words: set[str]) -> int | None:
    return next((n for n in range(at, min(at + most, len(line))) if line.low(n) in words), None)


def _list_before(line: Line, at: int, *, lead: bool) -> list[Investor]:
    """The list of names that ends before `at`: "A, B and C also participated"."""
    begin = at
    while at - begin < _LOOK_BACK and (back := _one_back(line, begin)) is not None:
        begin = back
    out = _list(line.until(at), begin, lead=lead)
    return out if out and _reaches(line, out[-1].end, at) else []


def _one_back(line: Line, at: int) -> int | None:
    """Where the token or the remark in brackets that ends before `at` begins, if a list may hold it."""
    last = at - 1
    if line.word(last) == ")":
        return next((n for n in range(last, max(-1, last - _BRACKET), -1) if line.word(n) == "("), None)
    listed = line.named(last) or line.low(last) in INSIDE or line.word(last).isdigit()
    return last if listed else None


def _reaches(line: Line, position: int, at: int) -> bool:
    """True if from a position in the text to token `at` only words like "all" and "also" stand."""
    between = [token.lower for token in line.tokens[:at] if token.start >= position]
    return len(between) < 6 and all(low in KINDS or low in JOINTS or low in {"(", ")"} for low in between)


def _distinct(found: Sequence[Investor]) -> list[Investor]:
    """Each place once, in its longest form; a lead if any reading says so."""
    best: dict[int, Investor] = {}
    for one in found:
        held = best.get(one.start, one)
        longest = max(held, one, key=lambda i: i.end)
        best[one.start] = longest._replace(lead=held.lead or one.lead)
    return [best[start] for start in sorted(best)]
