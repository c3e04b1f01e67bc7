"""Is a watched company meant? Of the parties to a deal by their names, of headlines by tickers and domains.

The parties come from the extractor, so each stands in a company's context already: an apple or a bolt in running text
is no party. What is left to decide here is which company: a common word alone (Meta, Target, Bolt) stands for the
company of just that name, and not for every longer name that begins with it (Meta Materials, Bolt Threads).
"""

import re

from bot.companies.names import NameKey, company_keys, parse_name, same_company
from bot.companies.tables import COMMON_NAMES, STYLE_WORDS
from bot.model.watch import Watched

SHORT = 3
"""A name of so few letters begins too many others."""
_TICKER = re.compile(
    r"\$([A-Z][A-Z0-9.]{0,7})\b"
    r"|\b(?:NASDAQ|Nasdaq|NYSE|LSE|LON|TSX|TSXV|ASX|NSE|BSE|HKEX|SGX|AMEX|OTCQ?B?X?|XETRA|EPA)"
    r"(?: ?: ?|\.)([A-Z0-9]{1,8})\b"
)
_DOMAIN = re.compile(r"(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,4}[a-z]{2,18}(?![\w-]|\.\w)", re.IGNORECASE)
MOST_TEXT = 2000
"""Code points of a headline that are looked through."""


def watch_keys(watched: Watched) -> frozenset[str]:
    """Return index keys: whatever `meant` accepts shares one of them."""
    names = {key for name in _names(watched) for key in company_keys(name)}
    return frozenset(names | {f"${ticker}" for ticker in watched.tickers} | {f"@{host}" for host in watched.domains})


def party_keys(names: tuple[str, ...], texts: tuple[str, ...]) -> frozenset[str]:
    """Return the keys under which watchers of these parties and headlines are found. Linear in both."""
    found = {key for name in names for key in company_keys(name)}
    for text in texts:
        found |= _marks(text)
    return frozenset(found)


def _marks(text: str) -> set[str]:
    shown = text[:MOST_TEXT]
    tickers = {f"${found[1] or found[2]}" for found in _TICKER.finditer(shown)}
    return tickers | {f"@{found.group().lower().removeprefix('www.')}" for found in _DOMAIN.finditer(shown)}


def _names(watched: Watched) -> tuple[str, ...]:
    return (watched.name, *watched.aliases)


def meant(watched: Watched, names: tuple[str, ...], texts: tuple[str, ...] = ()) -> bool:
    """Return whether one of a deal's parties is the watched company, or a headline gives its ticker or domain."""
    if any(is_party(watched, name) for name in names):
        return True
    if not (watched.tickers or watched.domains):
        return False
    mine = {f"${ticker}" for ticker in watched.tickers} | {f"@{host}" for host in watched.domains}
    return any(mine & _marks(text) for text in texts)


def is_party(watched: Watched, name: str) -> bool:
    """Return whether a party's name stands for the watched company."""
    return any(_stands_for(mine, name) for mine in _names(watched))


def _stands_for(watched: str, party: str) -> bool:
    if not same_company(watched, party):
        return False
    short, full = sorted((parse_name(watched), parse_name(party)), key=lambda key: len(key.words))
    return short.words == full.words or not is_ambiguous(short) or _only_style(short, full)


def is_ambiguous(key: NameKey) -> bool:
    """Return whether a name begins many others: one word, short or common."""
    return len(key.words) == 1 and (len(key.words[0]) <= SHORT or key.words[0] in COMMON_NAMES)


def _only_style(short: NameKey, full: NameKey) -> bool:
    """Meta Platforms is Meta; Meta Materials is not."""
    return full.words[: len(short.words)] == short.words and all(
        word in STYLE_WORDS for word in full.words[len(short.words) :]
    )
