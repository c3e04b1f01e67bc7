"""Is this mention that company, or that person? By words, never by likeness of spelling.

Stripe is not Strix; Delta Air Lines is not Delta Corp; Meta is Meta Platforms, Inc.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.companies.tables import (
    ALIASES,
    DESCRIPTORS,
    GENERIC_WORDS,
    LEGAL_ALIASES,
    LEGAL_FORMS,
    NICKNAMES,
    PERSON_SUFFIXES,
    PERSON_TITLES,
    SHORTHAND,
    STYLE_WORDS,
)

_BRACKETS = re.compile(r"\s*[(\[{][^)\]}]*[)\]}]")
_TICKER = re.compile(
    r"(?<=\w)\.?\s+[A-Z0-9]{1,6}\.[A-Z]{1,3}$|(?<=\w )(\b(?:Inc|Corp|Co|Ltd|Plc|PLC))\.?\s+[A-Z]{1,5}$"
)
"""Reuters writes "Etisalat ETEL.AD", "RSP Permian Inc. RSPP", "MuleSoft Inc MULE"."""
_WIRE = re.compile(r"^(?:BRIEF|REFILE|RPT|CORRECTED|(?:UPDATE|WRAPUP) \d{1,2})\s?[-:–]\s?(?=\w)")
"""What wires set before a headline, and thus before a name that begins it: "BRIEF-Salesforce", "UPDATE 1-Oracle"."""
_POSSESSIVE = re.compile(r"(?<=\w)['’`]s\b|(?<=s)['’`](?!\w)", re.IGNORECASE)
_INITIALS = re.compile(r"\b\w(?:\.\w)+\b\.?")
_JOINED_AMPERSAND = re.compile(r"\b(\w{1,2})&(\w{1,2})\b")
_APOSTROPHE = re.compile(r"(?<=\w)['’`](?=\w)")
_NO_WORD = re.compile(r"[^\w]+|_")
_FOLDS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "AE", "ı": "i"})
_SMALL_WORDS = frozenset({"of", "the", "for", "in"})
_PLACES = frozenset({"us", "uk", "eu"})
_CACHE = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class NameKey:
    """A company's name taken apart."""

    words: tuple[str, ...]
    """Folded words, without legal form, article, possessive, ticker."""
    legal: bool
    """True where the name carries its legal form: it is then written in full."""
    initials: frozenset[str] = frozenset()
    """What the name can be shortened to: three initials or more, with and without legal form and place."""
    shortened: frozenset[str] = frozenset()
    """Two or three initials and the rest of the words, joined: "ltinfotech" of Larsen & Toubro Infotech."""

    @property
    def joined(self) -> str:
        """The words without spaces: "Your Story" and "YourStory" are one."""
        return "".join(self.words)

    @property
    def head(self) -> tuple[str, ...]:
        """The words up to the first distinctive one; where none is, all but the words of style at the end."""
        for place, word in enumerate(self.words):
            if word not in GENERIC_WORDS:
                return self.words[: place + 1]
        size = len(self.words)
        while size > 1 and self.words[size - 1] in STYLE_WORDS:
            size -= 1
        return self.words[:size]

    @property
    def distinctive(self) -> bool:
        """True where a word names more than a trade, a place or a quality."""
        return any(word not in GENERIC_WORDS for word in self.words)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_FOLDS))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def _without_descriptors(name: str) -> str:
    """Drop descriptions before the name: "insurer Stewart", "Chipmaker Broadcom"; "adidas Group" stays."""
    parts = name.split()
    for place, part in enumerate(parts):
        if not (part.isalpha() and (part.islower() or part.casefold() in DESCRIPTORS)):
            rest = [_fold(word).strip(".,") for word in parts[place:]]
            if any(word not in GENERIC_WORDS and word not in LEGAL_FORMS for word in rest):
                return " ".join(parts[place:])
            return name
    return name


def _without_ticker(name: str) -> str:
    """Drop a ticker that the name itself begins with: "Monsanto MON"."""
    rest, _, last = name.rpartition(" ")
    is_ticker = last.isalpha() and last.isupper() and 3 <= len(last) <= 5
    return rest if is_ticker and rest.casefold().startswith(last.casefold()) and not rest.isupper() else name


def _split(name: str) -> list[str]:
    text = _WIRE.sub("", unicodedata.normalize("NFKC", name))
    text = _TICKER.sub(r"\1", _BRACKETS.sub("", text).strip() or text)
    text = _without_ticker(text)
    text = _fold(_POSSESSIVE.sub("", _without_descriptors(text)))
    text = _INITIALS.sub(lambda found: found.group().replace(".", ""), text)
    text = _APOSTROPHE.sub("", _JOINED_AMPERSAND.sub(r"\1\2", text))
    return [SHORTHAND.get(word, word) for word in _NO_WORD.split(text) if word and word != "and"]


def _strip_legal(words: list[str]) -> tuple[list[str], bool]:
    kept = list(words)
    while len(kept) > 1 and kept[-1] in LEGAL_FORMS:
        kept.pop()
    return kept, len(kept) < len(words)


_ALIAS_OF = {tuple(other.split()): tuple(names[0].split()) for names in ALIASES for other in names[1:]}


@lru_cache(maxsize=_CACHE)
def parse_name(name: str) -> NameKey:
    """Take a company's name apart; a name without any letter or digit has no words."""
    words = _split(name)
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    given = words
    words, legal = _strip_legal(given)
    if legal and len(words) == 1:
        words = [LEGAL_ALIASES.get(words[0], words[0])]
    key = tuple(words)
    return NameKey(
        words=_ALIAS_OF.get(key, key), legal=legal, initials=_all_initials(given), shortened=_half_initials(words)
    )


def _all_initials(words: list[str]) -> frozenset[str]:
    """GGP of General Growth Properties, HDFC of Housing Development Finance Corp., LIC of Life … Corp. of India."""
    told = [word for word in words if word not in _SMALL_WORDS]
    local = words[: words.index("of")] if "of" in words else words
    forms = (words, told, local, _strip_legal(told)[0])
    return frozenset("".join(word[0] for word in form) for form in forms if len(form) >= 3)


def _half_initials(words: list[str]) -> frozenset[str]:
    """L&T Infotech of Larsen & Toubro Infotech: the rest must say more than the trade."""
    cuts = (cut for cut in (2, 3) if any(word not in GENERIC_WORDS for word in words[cut:]))
    return frozenset("".join(word[0] for word in words[:cut]) + "".join(words[cut:]) for cut in cuts)


def name_key(name: str) -> str:
    """Return the folded name: equal for spellings of one name ("Meta Platforms, Inc." -> "meta platforms")."""
    return " ".join(parse_name(name).words)


@lru_cache(maxsize=_CACHE)
def is_named(name: str | None) -> bool:
    """Return True where the words name a company rather than describe one ("PC business", "startup")."""
    key = parse_name(name or "")
    if not name or not key.words:
        return False
    if key.distinctive:
        return any(char.isalnum() and not char.islower() for char in name)
    return len(key.words) > 1 and not any(word[0].islower() for word in name.split())


@lru_cache(maxsize=_CACHE)
def same_company(a: str, b: str) -> bool:
    """Return True where both names can stand for one company. Symmetric; not transitive (Scale, Scale AI)."""
    one, two = sorted((parse_name(a), parse_name(b)), key=lambda key: (len(key.words), key.words, key.legal))
    if not one.words:
        return False
    if one.words == two.words or one.joined == two.joined:
        return True
    return _is_short_form(one, two) or _is_one_family(one, two) or _is_acronym(one, two) or _lacks_initials(one, two)


def _is_short_form(short: NameKey, full: NameKey) -> bool:
    """Meta of Meta Platforms. With its legal form a name is complete: Delta Corp is no short Delta Air Lines."""
    size = len(short.words)
    if full.words[:size] != short.words:
        return False
    if all(word in STYLE_WORDS for word in full.words[size:]):
        return short.distinctive or size > 1
    return short.distinctive and not short.legal


def _is_one_family(one: NameKey, two: NameKey) -> bool:
    """Adani Group and Adani Enterprises: one distinctive word, then words of style alone."""
    head = one.head
    tails = one.words[len(head) :] + two.words[len(head) :]
    return one.distinctive and head == two.head and all(word in STYLE_WORDS for word in tails)


def _is_acronym(short: NameKey, full: NameKey) -> bool:
    """GGP of General Growth Properties, L&T Infotech of Larsen & Toubro Infotech."""
    if len(short.words) == 1:
        return short.words[0] in full.initials
    return len(short.words[0]) in {2, 3} and short.joined in full.shortened


def _lacks_initials(short: NameKey, full: NameKey) -> bool:
    """Smucker of J.M. Smucker."""
    return _leads_with_initials(full) and full.words[1:] == short.words and short.distinctive


def _leads_with_initials(key: NameKey) -> bool:
    return len(key.words) > 1 and len(key.words[0]) <= 2 and key.words[0].isalpha() and key.words[0] not in _PLACES


@lru_cache(maxsize=_CACHE)
def company_keys(name: str) -> frozenset[str]:
    """Return index keys: two names of one company (`same_company`) always share one."""
    key = parse_name(name)
    if not key.words:
        return frozenset()
    keys = {" ".join(key.head), "=" + key.joined}
    keys |= {"=" + short for short in key.initials | key.shortened}
    if _leads_with_initials(key):
        keys |= {" ".join(NameKey(words=key.words[1:], legal=False).head), "=" + "".join(key.words[1:])}
    return frozenset(keys)


@lru_cache(maxsize=_CACHE)
def person_words(name: str) -> tuple[str, ...]:
    """Return a person's folded names, given names first, without titles and degrees."""
    words = [word for word in _split(name[:1].upper() + name[1:]) if word not in PERSON_SUFFIXES]
    while len(words) > 1 and words[0] in PERSON_TITLES:
        words = words[1:]
    return tuple(words)


def surname(name: str) -> str:
    """Return the folded last name, empty where there is none."""
    words = person_words(name)
    return words[-1] if words else ""


def same_person(a: str, b: str) -> bool:
    """Return True where surnames are equal and given names compatible ("A. Wang", "Wang", "Alexandr Wang")."""
    one, two = person_words(a), person_words(b)
    if not one or not two or one[-1] != two[-1]:
        return False
    return len(one) == 1 or len(two) == 1 or _compatible_given(one[0], two[0])


def _compatible_given(one: str, two: str) -> bool:
    short, full = sorted((one, two), key=lambda word: (len(word), word))
    if one == two or (full.startswith(short) and (len(short) == 1 or len(short) >= 3)):
        return True
    if len(short) >= 5 and any(full[:at] + full[at + 1 :] == short for at in range(1, len(full) - 1)):
        return True  # a letter forgotten: Malcom of Malcolm
    return any(one in names and two in names for names in NICKNAMES)
