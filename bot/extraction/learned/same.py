"""Whether two names are one party, and which of several forms is the fullest."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from bot.extraction.tables.name_words import UNTOLD

LEFT_OUT = UNTOLD | {"as", "private"}
"""Words that no key holds; "as" is Norway's and Denmark's legal form, "private" India's."""

_NUMBERED = re.compile(r"([a-z])(\d\d)([a-z])")
_SLUG = re.compile(r"^(?:BRIEF|EXCLUSIVE|WRAPUP(?: \d+)?|UPDATE \d+)-")
_ABBREVIATED = re.compile(
    r"\b(?:Inc|Corp|Co|Ltd|Bros|Cos|Pvt|Pte|Intl|Mfg|Bhd|Tbk|Jr|Sr|St|Ph\.D|(?:\w\.)*\w)\.$", re.IGNORECASE
)
"""Names whose last period is no full stop."""


@lru_cache(maxsize=4096)
def key(name: str) -> tuple[str, ...]:
    """Lower-case words without accents, possessives and legal forms."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"'s\b", "", plain).replace("&", " and ")
    plain = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", plain)
    words = tuple(re.findall(r"[a-z0-9]+", plain))
    return tuple(w for w in words if w not in LEFT_OUT) or words


def same(a: str, b: str) -> bool:
    """Equal, or one is the beginning or the end of the other, or its initials."""
    ka, kb = key(a), key(b)
    if not ka or not kb:
        return False
    whole = {"".join(ka), "".join(kb)}
    if len(whole) == 1 or whole == {min(whole), f"{min(whole)}group"}:
        return True
    short, long = sorted((ka, kb), key=len)
    n = len(short)
    if n > 1 and short[:-1] == long[: n - 1] and _cut_short(short[-1], long[n - 1]):
        return True
    if len("".join(short)) >= 3 and (long[:n] == short or long[-n:] == short):
        return True
    return initials(short, long)


def shortened(a: str, b: str) -> bool:
    """True if one name is the other with words between its first and its last left out."""
    short, long = sorted((key(a), key(b)), key=len)
    if len(short) < 2 or (short[0], short[-1]) != (long[0], long[-1]):
        return False
    rest = iter(long)
    return all(word in rest for word in short)


def initials(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """True for "gm" and "general motors", "j and j" and "johnson and johnson", "a16z" and "andreessen horowitz"."""
    if not short or not long:
        return False
    numbered = _NUMBERED.fullmatch(short[0]) if len(short) == 1 else None
    if numbered:
        whole = "".join(long)
        return (whole[0], len(whole) - 2, whole[-1]) == (numbered[1], int(numbered[2]), numbered[3])
    letters = "".join(w for w in short if w != "and")
    words = [w for w in long if w != "and"]
    spelt = len(short) == 1 or all(len(w) == 1 for w in short if w != "and")
    return spelt and len(words) > 1 and len(letters) > 1 and letters == "".join(w[0] for w in words)


def _cut_short(a: str, b: str) -> bool:
    """True if one word is the beginning of the other: "pharma" of "pharmaceuticals"."""
    short, long = sorted((a, b), key=len)
    return len(short) >= 5 and long.startswith(short)


def fullest(names: Sequence[str]) -> str:
    """The longest form; the first of equals."""
    return max(names, key=lambda n: (min(len(key(n)), 6), len(n)))


def clean(name: str) -> str:
    """A name without possessive, quotes, marks of trade, and brackets that its span cut open."""
    name = re.sub(r"\s+", " ", re.sub(r"[™®©]|\((?:TM|R)\)", "", name)).strip(" ,;:\"'“”‘’-–")
    name = _SLUG.sub("", name)
    name = name if _ABBREVIATED.search(name) else name.rstrip(".")
    name = re.sub(r"['’]s?$", "", name)
    if name.count("(") != name.count(")"):
        name = re.split(r"\s*[()]", name)[0] or name.strip("()")
    return name.strip()
