"""Names of companies and people: runs of capitalised words, in running text and in headlines."""

import re

from bot.extraction.mentions import NAME, Mention
from bot.extraction.tables.common_words import COMMON_WORDS
from bot.extraction.tables.name_words import (
    BREAKERS,
    COMPANY,
    COMPOUND_ENDS,
    DOMAINS,
    GENERIC,
    LEGAL,
    OF_HEADS,
    PARTICLES,
    SUFFIXES,
)
from bot.extraction.tables.places import NOT_NAMES, PLACES
from bot.extraction.tokens import Token

_PERIOD = re.compile(r"(?:fy|q|h|\d+)\d*|(?:fy|cy)\d\d")
LONGEST_NAME = 9
"""Tokens."""
Known = dict[str, tuple[tuple[str, ...], ...]]
"""Names that running text shows, as lower-case words, by their first word."""


def letter_case(tokens: list[Token]) -> str:
    """Return how the sentence is written: "upper", "title" or "sentence"."""
    words = [t.text for t in tokens if len(t.text) > 3 and t.text[0].isalpha()]
    if not words:
        return "sentence"
    capital = sum(w[0].isupper() for w in words)
    if len(words) > 2 and sum(w.isupper() for w in words) >= 0.7 * len(words):
        return "upper"
    return "title" if len(words) > 3 and capital >= 0.65 * len(words) else "sentence"


def names_in(tokens: list[Token], taken: list[bool], known: Known) -> list[Mention]:
    """Return the names among the tokens that no other mention has taken."""
    case = letter_case(tokens)
    found: list[Mention] = []
    at = 0
    while at < len(tokens):
        last = at
        if not taken[at]:
            last = _known_end(tokens, at, taken, known) if case != "sentence" else at
            end = _name_end(tokens, at, taken, case)
            if last == at or all(t.lower in COMPANY or t.text in ".," for t in tokens[last:end]):
                last = max(last, end)
        if last > at:
            mention = _mention(tokens, at, last)
            if mention is not None:
                found.append(mention)
        at = max(last, at + 1)
    return found


def known_names(mentions: list[tuple[list[Token], Mention]]) -> Known:
    """Index names of running text for `names_in` on a Title Case headline."""
    table: dict[str, set[tuple[str, ...]]] = {}
    for tokens, mention in mentions:
        words = tuple(t.lower for t in tokens[mention.first : mention.last])
        table.setdefault(words[0], set()).add(words)
    return {first: tuple(sorted(names, key=len, reverse=True)[:8]) for first, names in table.items()}


def looks_like_person(name: str) -> bool:
    """True for two to four capitalised words of which none builds company names."""
    words = name.replace(".", " ").split()
    if not 2 <= len(words) <= 4:
        return False
    return all(
        w.lower() in PARTICLES or ((w[0].isupper() and w.replace("-", "").replace("'", "").replace("’", "").isalpha())
        and w.lower() not in COMPANY | SUFFIXES and not (w.isupper() and len(w) > 3))
        for w in words
    ) and words[-1].lower() not in PLACES  # fmt: skip


def _known_end(tokens: list[Token], at: int, taken: list[bool], known: Known) -> int:
    for words in known.get(tokens[at].lower, ()):
        last = at + len(words)
        fits = tuple(t.lower for t in tokens[at:last]) == words and not any(taken[at:last])
        if fits and (tokens[at].text[0].isupper() or not tokens[at].text[0].isalpha()):
            return last
    return at


def _name_end(tokens: list[Token], at: int, taken: list[bool], case: str) -> int:
    if not _opens(tokens, at, taken, case):
        return at
    last = at + 1
    while last < len(tokens) and last - at < LONGEST_NAME and not taken[last]:
        step = 1 if _continues(tokens, last, case) else _joint(tokens, last, taken, case)
        if not step:
            break
        last += step
    return min(last, len(tokens))


def _joint(tokens: list[Token], at: int, taken: list[bool], case: str) -> int:
    """Return how many tokens of "& Co", ", Inc" or "of America" go on with the name; 0 where it ends."""
    token, before = tokens[at], tokens[at - 1]
    following = tokens[at + 1] if at + 1 < len(tokens) and not taken[at + 1] else None
    name_follows = following is not None and _candidate(following)
    if token.text == ".":
        return int(before.lower in LEGAL or (len(before.text) == 1 and name_follows))
    if token.text == ",":
        return 2 if following is not None and following.lower in LEGAL else 0
    if token.lower == "of":
        return 2 if name_follows and before.lower in OF_HEADS else 0
    joins = token.text == "&" or (token.lower in PARTICLES and case == "sentence")
    return 2 if joins and name_follows else 0


def _candidate(token: Token) -> bool:
    text = token.text
    if token.lower in BREAKERS:
        return False
    if token.lower in NOT_NAMES or _PERIOD.fullmatch(token.lower):
        return token.lower in LEGAL
    head, _, tail = token.lower.rpartition(".")
    if head and tail in DOMAINS:
        return True
    if "-" in text and token.lower.rpartition("-")[2] in COMPOUND_ENDS:
        return False
    if text[0].isdigit():
        rest = text.lstrip("0123456789")
        return len(rest) > 1 and rest[0].isalpha() and rest.lower() not in ("st", "nd", "rd", "th", "am", "pm", "mn",
               "bn", "cr", "mln", "bln", "mw", "gw", "km", "kg", "gb", "tb", "mm", "year-old", "pct")  # fmt: skip
    return text[0].isupper() or (text[0].islower() and any(c.isupper() for c in text[1:]))


def _opens(tokens: list[Token], at: int, taken: list[bool], case: str) -> bool:
    token = tokens[at]
    if not _candidate(token) or token.lower in LEGAL:
        return False
    if token.lower not in COMMON_WORDS:
        return True
    if case != "sentence":
        return False
    if at > 0 and tokens[at - 1].text not in "\"“‘':-–—•*.":
        return len(token.text) > 1
    following = tokens[at + 1] if at + 1 < len(tokens) and not taken[at + 1] else None
    return following is not None and _candidate(following) and following.lower in COMPANY | LEGAL


def _continues(tokens: list[Token], at: int, case: str) -> bool:
    token = tokens[at]
    if token.text.isdigit() and len(token.text) < 4:
        return False
    if token.lower in SUFFIXES and token.text[0].isupper():
        return True
    if not _candidate(token):
        return False
    return case == "sentence" or token.lower not in COMMON_WORDS or token.lower in COMPANY


def _mention(tokens: list[Token], first: int, last: int) -> Mention | None:
    words = [t.lower for t in tokens[first:last]]
    plain = [w for w in words if w.isalnum() or len(w) > 1]
    if all(w in PLACES or w in NOT_NAMES or w in GENERIC or w in LEGAL for w in plain):
        return None
    if len(words) == 1 and len(words[0]) == 1 and words[0] != "x":
        return None
    return Mention(NAME, first, last, "")
