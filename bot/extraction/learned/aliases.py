"""Short forms that a text explains: "Life Insurance Corp. of India (LIC)", "Cybin Inc. (NYSE: CYBN)", "HSBC HSBA.L"."""

import re
from collections.abc import Mapping
from functools import lru_cache

from bot.extraction.tables.name_words import COMPANY, LEGAL

LONGEST = 9
"""Words of a full name."""

_IN_BRACKETS = re.compile(r"\(\s*(?:the\s+)?[\"“‘']?([^\s()\"“”‘’']{2,12})[\"”’']?\s*\)")
_LISTED = re.compile(
    r"\((?=[^()]{0,12}(?:NYSE|NASDAQ|Nasdaq|TSXV?|CSE|OTC|LSE|AIM|ASX|NSE|BSE|HKEX|SGX))[^():]{1,30}:[^()]{1,60}\)"
)
_TICKER = re.compile(r":\s*([A-Z][A-Z.]{0,5})\b")
_REUTERS = re.compile(r"\b[A-Z][A-Za-z]{1,5}\.[A-Z]{1,2}\b")
_OWN_MARK = re.compile(r"\s(?:Inc|Corp|Corporation|Ltd|Limited|Plc|PLC|said|says|raises|raised|will|would)\b")
"""What follows "'s" that is the name's own."""
_INITIALS = re.compile(r"[A-Z]{3,6}|[A-Z]&[A-Z]")
_WORD = re.compile(r"[^\s()]+")
_FORMS = LEGAL | {"company"}
_SMALL = frozenset("of and & for the de da do du des di del la y e et van in".split())  # noqa: SIM905


@lru_cache(maxsize=4)
def explained(text: str) -> Mapping[str, str]:
    """Short form -> full form, of the brackets in a text that explain one."""
    out: dict[str, str] = {}
    for match in _IN_BRACKETS.finditer(text):
        full = _before(text, match.start(), match.group(1))
        if full:
            out.setdefault(match.group(1), full)
    tickers = [(m.start(), _TICKER.findall(m.group())) for m in _LISTED.finditer(text)]
    tickers += [(m.start(), [m.group()]) for m in _REUTERS.finditer(text)]
    for start, shorts in tickers:
        full = _name(text, start)
        if full:
            out.update((short, full) for short in shorts if short not in out)
    return out


def without_ticker(text: str, start: int, end: int) -> int:
    """Where a span ends that took in a Reuters code: "Aetna Corp AET.N" ends after "Corp"."""
    space = text.rfind(" ", start, end)
    code = _REUTERS.match(text, space + 1) if space > start else None
    return space if code and code.end() >= end else end


def mended(text: str, name: str) -> str:
    """A name that lost a possessive mark: "Acmes" is "Acme", and "Moody" is "Moody's", where the text says so."""
    short = name[:-1]
    if name.endswith("s") and len(short) > 2 and short.replace(" ", "").isalnum():
        last = short.split()[-1].lower()
        if f"{last}s" not in COMPANY and text.count(short) > text.count(name) and re.search(rf"\b{short}\b", text):
            return short
    return _marked(text, name)


def _marked(text: str, name: str) -> str:
    """The name with its "'s" where the text never has it without, and somewhere where no possessive can stand."""
    if not (2 < len(name) < 40 and name[0].isupper() and (f"{name}'s" in text or f"{name}’s" in text)):
        return name
    own = None
    for match in re.finditer(rf"\b{re.escape(name)}\b(['’]s\b)?", text):
        if not match[1]:
            return name
        own = own or (match[1] if _OWN_MARK.match(text, match.end()) else None)
    return name + (own or "")


def spelt_out(text: str, short: str) -> str | None:
    """A name whose first word is initials that the text spells out: "London Stock Exchange" for "LSE".

    "P&G India" is "Procter & Gamble India".
    """
    head, space, rest = short.partition(" ")
    if not _INITIALS.fullmatch(head):
        return None
    words = [rf"{letter}[a-z][\w'’-]{{0,30}}" for letter in head if letter != "&"]
    joint = r"\s(?:&|and)\s" if "&" in head else r"(?:\s(?:of|and|&|for|the))?\s"
    match = re.search(rf"(?<![\w'’-]){joint.join(words)}{re.escape(space + rest)}(?!\w)", text)
    return match.group() if match and not match.group().startswith("The ") else None


def _words(text: str, end: int) -> list[re.Match[str]]:
    begin = max(0, end - 150)
    line = text.rfind("\n", begin, end)
    return list(_WORD.finditer(text, max(begin, line + 1), end))[-LONGEST:]


def _before(text: str, end: int, short: str) -> str | None:
    """The words before a bracket whose initials spell its short form."""
    words = _words(text, end)
    for at in range(len(words) - 1, -1, -1):
        word = words[at].group()
        if not (word[0].isupper() or word.lower() in _SMALL):
            return None
        if at < len(words) - 1 and word[0].isupper() and _spells([w.group() for w in words[at:]], short):
            return " ".join(text[words[at].start() : words[-1].end()].split()).strip(" ,;:\"“”'‘’")
    return None


def _spells(words: list[str], short: str) -> bool:
    """True if the initials of `words`, which begin with capitals or are small, give the short form."""
    if short.isupper() and len(short) > 2 and words[0].lower().startswith(short.lower()):  # a ticker: ARTI, Artisan Inc
        return all(w[0].isupper() or w.lower() in _SMALL for w in words)
    letters = [c for c in short.lower() if c.isalnum()]
    named = [w for w in words if w.lower() not in _SMALL]
    first = [w[0].lower() for w in named if not _form(w)]
    if len(first) < 2 or letters[:1] != first[:1]:
        return False
    if short.isupper():  # SIFMA; legal forms and small words may count or not, and LIC leaves "of India" out
        every, told = ([w[0].lower() for w in some] for some in (words, named))
        return letters in (first, every, told) or (len(letters) > 2 and letters == told[:-1])
    at = 0  # Calpers, Cemig: the initials stand in it, in order
    for letter in letters:
        at += at < len(first) and letter == first[at]
    return at == len(first)


def _name(text: str, end: int) -> str | None:
    """The run of capitalised words before a bracket: a company's name."""
    words = [w.group() for w in _words(text, end)]
    first = len(words)
    while first and (words[first - 1][0].isupper() or words[first - 1] in ("&", "of")):
        ends = first < len(words) and words[first - 1][-1] in ".,;:" and not _form(words[first])
        if ends and not _form(words[first - 1]):
            break
        first -= 1
    while first < len(words) and not words[first][0].isupper():
        first += 1
    name = " ".join(words[first:]).strip(" ,;:")
    return name if name and not _form(name) else None


def _form(word: str) -> bool:
    return word.lower().strip(".,") in _FORMS
