"""Text to tokens and sentences, in time linear in the text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.extraction.tables.abbreviations import ABBREVIATIONS, SENTENCE_OPENERS

MAX_TITLE = 600
"""Code points of a title that are read."""
MAX_TEXT = 24_000
"""Code points of a text that are read: news tells its deal early; what follows is never alerted."""
MAX_SENTENCE = 120
"""Tokens; a longer run is cut, so that no later step sees a long line."""

_TOKEN = re.compile(
    r"(?<![^\W_])(?:[Rr][Ss]|INR|USD|EUR|GBP|AUD|CAD|RM|SEK)(?=\d)"  # Rs500
    r"|[^\W\d_](?:\.[^\W\d_])+\.?"  # U.S., A.P.
    r"|\d+(?:[.,]\d+)*(?:[^\W_]+(?:[-&][^\W_]+)*)?"  # 14.3, 14.3B, 23andMe
    r"|[^\W_]+(?:(?:[.&+\-]|['’](?![sS]\b))[^\W_]+)*"  # Coca-Cola, AT&T, monday.com, O'Brien
    r"|['’][sS]\b|\S"
)
_CLOSERS = "\"”’')]»"


class Token(NamedTuple):
    """A word, a number or a mark. A NamedTuple since a long text makes thousands."""

    text: str
    lower: str
    start: int
    end: int


class Sentence(NamedTuple):
    """Tokens that belong together. `place` 0 is the title."""

    place: int
    tokens: list[Token]
    start: int
    end: int


def tokenize(text: str, offset: int = 0) -> list[Token]:
    """Return the tokens of `text`; their positions are code points plus `offset`."""
    return [
        Token(m.group(), m.group().lower().replace("’", "'"), m.start() + offset, m.end() + offset)
        for m in _TOKEN.finditer(text)
    ]


def sentences(title: str, text: str) -> Iterator[Sentence]:
    """Yield the title and then the sentences of the text, placed as in `document(title, text)`."""
    head = tokenize(title[:MAX_TITLE])[:MAX_SENTENCE]
    if head:
        yield Sentence(0, head, head[0].start, head[-1].end)
    offset, index = len(title) + 2, 1
    run: list[Token] = []
    tokens = tokenize(text[:MAX_TEXT], offset)
    for position, token in enumerate(tokens):
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        run.append(token)
        if following is None or len(run) >= MAX_SENTENCE or _ends(text, offset, run, token, following):
            yield Sentence(index, run, run[0].start, run[-1].end)
            run, index = [], index + 1


def _ends(text: str, offset: int, run: list[Token], token: Token, following: Token) -> bool:
    gap = text[token.end - offset : following.start - offset]
    if "\n" in gap:
        return _breaks(text, token.end - offset, gap, following)
    if token.text in "!?" or (token.text in _CLOSERS and len(run) > 1 and run[-2].text in ".!?"):
        return bool(gap) and _opens(following)
    if token.text != ".":
        return token.text.endswith(".") and len(token.text) > 2 and following.lower in SENTENCE_OPENERS
    return bool(gap) and following.text not in _CLOSERS and _opens(following) and _full_stop(run, following)


def _full_stop(run: list[Token], following: Token) -> bool:
    """False for the point of an abbreviation or an initial."""
    before = run[-2].lower if len(run) > 1 else ""
    if before in ABBREVIATIONS or (len(before) == 1 and before.isalpha()):
        return following.lower in SENTENCE_OPENERS and following.text[0].isupper()
    return True


def _opens(token: Token) -> bool:
    return token.text[0].isupper() or token.text[0].isdigit() or not token.text[0].isalnum()


def _breaks(text: str, end: int, gap: str, following: Token) -> bool:
    """True where a line break parts sentences; a hard-wrapped line goes on."""
    if gap.count("\n") > 1:
        return True
    line = end - (text.rfind("\n", max(0, end - 200), end) + 1)
    return following.text[0].isupper() and not 50 <= line <= 90
