"""A command's text -> words: `name:value`, `-name:value`, quoted values, plain words; each knows where it stands."""

import re
from dataclasses import dataclass

from bot.errors import InputError
from bot.model.text import cut, one_line

MOST = 4000
"""Code points of one command; more is no command that a person types."""
QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "'": "'", "‘": "’"}
"""Chats and phones turn straight quotes into these."""
_NAME = re.compile(r"(-?)([A-Za-z_]+):")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a command."""

    text: str
    """As typed, quotes included."""
    start: int
    """Its first code point in the command."""
    name: str | None = None
    """What stands before the colon, in lower case; None: a plain word."""
    minus: bool = False
    values: tuple[str, ...] = ()
    """What stands after the colon, parted at commas outside quotes; of a plain word the word itself, unquoted."""

    @property
    def value(self) -> str:
        """The word, or the value, in one."""
        return ",".join(self.values)


def split(text: str) -> tuple[Word, ...]:
    """Part a command into words. Raises InputError: an open quotation, an endless command."""
    if len(text) > MOST:
        raise InputError(
            f"That is {len(text):,} characters long; a command may have {MOST:,}.", cure="Use a file for long lists."
        )
    text = "".join(" " if char.isspace() else char for char in text)
    out: list[Word] = []
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        start = at
        named = _NAME.match(text, at)
        # a link is one word, not a filter called https
        if named and not text.startswith("//", named.end()):
            at = named.end()
        else:
            named = None
        values, at = _values(text, at, parted=named is not None)
        out.append(
            Word(
                text=text[start:at],
                start=start,
                name=named[2].lower() if named else None,
                minus=bool(named and named[1]),
                values=values,
            )
        )
    return tuple(out)


def _values(text: str, at: int, *, parted: bool) -> tuple[tuple[str, ...], int]:
    """Read up to the next space outside quotes; `parted` at commas."""
    values, current, began = [], "", at
    while at < len(text) and text[at] != " ":
        char = text[at]
        opens = char in QUOTES and (at == began or (parted and text[at - 1] == ","))
        if opens:
            end = _closing(text, at)
            current += text[at + 1 : end]
            at = end + 1
        elif char == "," and parted:
            values.append(current)
            current, at = "", at + 1
        else:
            current, at = current + char, at + 1
    return tuple(value.strip() for value in (*values, current) if value.strip()), at


def _closing(text: str, at: int) -> int:
    ends = {QUOTES[text[at]], '"'} if text[at] in '"“„' else {QUOTES[text[at]]}
    for place in range(at + 1, len(text)):
        if text[place] in ends or (text[at] == '"' and text[place] == "”"):
            return place
    raise InputError(f"The quotation that begins at {shown(text[at:])} never ends.", cure='Close it with ".')


def shown(text: str) -> str:
    """Return what somebody typed, safe and short, for an error message."""
    return f"“{cut(one_line(text), 60)}”"


def quoted(value: str) -> str:
    """Return a value as it must be typed."""
    plain = re.sub('["”]', "'", value)  # either ends a quotation
    # with // at its start, name:value would be read as an address
    return f'"{plain}"' if re.search(r"[\s,:]|^(?://|[\"“„«'‘-])", plain) or not plain else plain


def plain(words: tuple[Word, ...]) -> str:
    """Return plain words as one text: a name that was typed without quotes."""
    return " ".join(word.text if word.name else word.value for word in words).strip()
