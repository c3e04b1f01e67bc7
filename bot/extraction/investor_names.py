"""Where the name of an investor begins and ends in a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.extraction.tables.common_words import COMMON_WORDS
from bot.extraction.tables.investor_words import (
    BREAKS,
    ENDOWED,
    JOINTS,
    KINDS,
    MANY,
    NO_NAME,
    PAIRS,
    SECTORS,
    TURNED,
)
from bot.extraction.tables.name_words import COMPANY, DOMAINS, LEGAL, OF_HEADS, PARTICLES
from bot.extraction.tables.places import NOT_NAMES, PLACES
from bot.extraction.tokens import Token

LONGEST_NAME = 8
"""Tokens."""


@dataclass(frozen=True, slots=True)
class Line:
    """The tokens of a sentence of `text`; before the first and after the last stand empty words."""

    tokens: Sequence[Token]
    text: str

    def __len__(self) -> int:
        return len(self.tokens)

    def until(self, at: int) -> "Line":
        """The line without the tokens from `at` on."""
        return Line(self.tokens[:at], self.text)

    def word(self, at: int) -> str:
        """The token as it is written."""
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def low(self, at: int) -> str:
        """The token in lower case."""
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def lows(self, first: int, last: int) -> list[str]:
        """The tokens from `first` to before `last` in lower case."""
        return [token.lower for token in self.tokens[first:last]]

    def capital(self, at: int) -> bool:
        """True for "Halden"."""
        return self.word(at)[:1].isupper()

    def named(self, at: int) -> bool:
        """True where a word stands that may be a name's: "Halden", "eBay", "a16z", "500px", "monday.com"."""
        text, low = self.word(at), self.low(at)
        if not text or is_turned(low):
            return False
        head, _, tail = low.rpartition(".")
        if text[0].isupper() or (head and tail in DOMAINS):
            return True
        if text[0].isdigit():
            return any(c.isalpha() for c in text)
        return text[0].isalpha() and any(c.isupper() or c.isdigit() for c in text)

    def opens_name(self, at: int) -> bool:
        """True for a common word that begins a name: "Founders" of "Founders Fund", "Bank" of "Bank of Tarn"."""
        if self.low(at) in OF_HEADS and self.low(at + 1) == "of":
            return self.capital(at) and self.capital(at + 2)
        return self.capital(at) and self.named(at + 1) and self.low(at + 1) not in JOINTS


def name_end(line: Line, at: int) -> int:
    """Where the name that begins at `at` ends, "Halden & Sons, Inc." with its tail; `at` where none begins."""
    if not _begins(line, at):
        return at
    end = at + 1
    while end - at < LONGEST_NAME and (more := _goes_on(line, at, end)):
        end += more
    return min(end, len(line))


def _begins(line: Line, at: int) -> bool:
    """True at "Halden" and at "500 Global"; at "Capital" and "May" only if a name's word follows."""
    low, following = line.low(at), line.low(at + 1)
    if low.isdigit():
        return line.capital(at + 1) and following not in NO_NAME and following not in NOT_NAMES
    if low in NO_NAME or low in NOT_NAMES:
        return line.capital(at) and line.named(at + 1) and following not in NO_NAME
    return line.named(at)


def _goes_on(line: Line, first: int, at: int) -> int:
    """How many further tokens belong to the name that began at `first`."""
    word, low, following = line.word(at), line.low(at), line.low(at + 1)
    if line.named(at) and low not in BREAKS:
        return 1
    if word.isdigit() and len(word) < 4 and (following in COMPANY or following in {",", ";", "."}):
        return 1
    if word == "." and (line.low(at - 1) in LEGAL or len(line.word(at - 1)) == 1):
        return 1
    if word == "," and following.rstrip(".") in LEGAL:
        return 2
    if low in PARTICLES and following in PARTICLES:
        return 3 if line.named(at + 2) else 0
    return 2 if line.named(at + 1) and _ties(line, first, at) else 0


def _ties(line: Line, first: int, at: int) -> bool:
    """True for what stands inside names: "Lumen & Fjord", "Banco de Norte", "Marlow's Table", "Bank of Tarn"."""
    low = line.low(at)
    if low == "and":
        return _couples(line, first, at)
    if low == "of":
        return line.low(at - 1) in OF_HEADS
    if low == "'s":
        return not is_place(line.lows(first, at))
    return low in {"&", "+", "'"} or low in PARTICLES


def _couples(line: Line, first: int, at: int) -> bool:
    """True for an "and" within a name: "Plug and Play", "Science and Technology Fund", "Ann and Ben Halden Trust"."""
    before, after = line.low(at - 1), line.low(at + 1)
    if (before, after) in PAIRS or (before in SECTORS and after in SECTORS):
        return True
    end = at + 1
    while line.named(end) and line.low(end) not in ENDOWED:
        end += 1
    return at - first == 1 and end - at == 3 and line.low(end) in ENDOWED


def is_turned(low: str) -> bool:
    """True for "boston-based"."""
    head, _, end = low.rpartition("-")
    return bool(head) and end in TURNED


def is_place(words: Sequence[str]) -> bool:
    """True for "india", "new york"."""
    return 0 < len(words) <= 2 and words[-1] in PLACES


def names_someone(words: Sequence[str]) -> bool:
    """False for "russian", "top healthcare investors", "strengthening support", "i"."""
    if all(w in NOT_NAMES or w in PLACES for w in words):
        return False
    if words[-1] in MANY and all(w in COMMON_WORDS or w in KINDS or w in NOT_NAMES for w in words[:-1]):
        return False
    return not (words[0].endswith("ing") and words[0] in COMMON_WORDS) and len("".join(words)) > 1
