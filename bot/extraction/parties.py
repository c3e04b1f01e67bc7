"""Which party does a mention mean? Fullest names, surnames, "the company", "she"."""

from dataclasses import dataclass

from bot.extraction.names import looks_like_person
from bot.extraction.reading import Item, Reading
from bot.extraction.tables.name_words import COMPANY, GENERIC, LEGAL, UNTOLD

MOST_EXTRA_WORDS = 3


def name_words(name: str) -> tuple[str, ...]:
    """Return a name's telling words, lower case, without marks and legal forms."""
    words = tuple(w.strip(".,'’\"()") for w in name.lower().replace("&", " ").split())
    kept = tuple(w for w in words if w and w not in UNTOLD)
    return kept or tuple(w for w in words if w)


def same_party(one: str, other: str) -> bool:
    """True where one name can be the other's short form: its beginning, or a person's surname."""
    a, b = sorted((name_words(one), name_words(other)), key=len)
    return bool(a) and (a == b[: len(a)] or a == b[-len(a) :]) and len("".join(a)) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The names of one document and what short forms stand for."""

    full: dict[str, str]
    """Name as written -> fullest form in the text."""
    lead: str | None
    """The first company that the text names: what "the company" means when nothing else does."""


def cast_of(readings: list[Reading]) -> Cast:
    """Gather the names of a document."""
    names: dict[str, None] = {}
    for reading in readings:
        for item in reading.items:
            if item.tag == "N":
                names.setdefault(item.text, None)
    by_first: dict[str, list[str]] = {}
    by_last: dict[str, list[str]] = {}
    for name in names:
        words = name.lower().split()
        by_first.setdefault(words[0].strip(".,"), []).append(name)
        if looks_like_person(name):
            by_last.setdefault(words[-1].strip(".,"), []).append(name)
    initials = {_initials(name): name for name in reversed(names) if len(name.split()) > 2}
    full = {name: initials.get(name) or _fullest(name, by_first, by_last) for name in names}
    lead = next((name for name in names if not looks_like_person(name)), None)
    return Cast(full=full, lead=full[lead] if lead else None)


def _initials(name: str) -> str:
    """Return the capitals that a long name is shortened to: "Life Insurance Corporation" -> LIC."""
    return "".join(word[0] for word in name.split() if word[0].isupper() and word.lower().strip(".") not in LEGAL)


def _fullest(name: str, by_first: dict[str, list[str]], by_last: dict[str, list[str]]) -> str:
    words = [w.strip(".,") for w in name.lower().split()]
    best = name
    for other in by_first.get(words[0], ())[:40]:
        more = [w.strip(".,") for w in other.lower().split()]
        extra = more[len(words) :]
        longer = more[: len(words)] == words and 0 < len(extra) <= MOST_EXTRA_WORDS and len(more) > len(best.split())
        if longer and (len(words) > 1 or all(w in COMPANY or w == "ai" or len(other.split()) == 2 for w in extra)):
            best = other
    if best == name and len(words) == 1:
        people = by_last.get(words[0], [])
        best = next((p for p in people if p != name), name)
    return best


def resolve(
    item: Item, readings: dict[int, Reading], sentence: int, cast: Cast, *, person: bool, besides: list[str]
) -> Item | None:
    """Return the item with the fullest name that it stands for, or None where nobody can be meant.

    `besides` are the other parties of the same sentence's deal: "the company" is none of them.
    """
    if item.tag == "N":
        return item._replace(text=cast.full.get(item.text, item.text))
    for index in range(sentence, max(-1, sentence - 4), -1):
        reading = readings.get(index)
        if reading is None:
            continue
        names = [
            cast.full.get(i.text, i.text)
            for i in reading.items
            if i.tag == "N" and (index < sentence or i.start < item.start)
        ]
        fitting = [
            name
            for name in names
            if looks_like_person(name) == person and not any(same_party(name, other) for other in besides)
        ]
        if fitting:
            return item._replace(text=fitting[-1] if person else fitting[0])
    return item._replace(text=cast.lead) if cast.lead and not person else None


def is_nobody(name: str) -> bool:
    """True for a run of words that names no particular party."""
    return all(word in GENERIC or word in COMPANY for word in name.lower().split())
