"""Names to offer where one is unknown or means several companies. Nothing is ever chosen for the person."""

import difflib
from collections.abc import Iterable

from bot.companies.names import name_key, parse_name, same_company

LIKE = 0.75
MOST = 5
BEGINS = 3
"""Letters from which on a beginning says something."""


def nearest(name: str, known: Iterable[str], *, limit: int = MOST) -> tuple[str, ...]:
    """Return known names that somebody may have meant: they share a word, or begin so, or are spelt alike."""
    wanted = set(parse_name(name).words)
    begin = name_key(name)
    by_key = {name_key(each): each for each in known}
    sharing = [each for key, each in by_key.items() if wanted & set(key.split()) and parse_name(each).distinctive]
    sharing.sort(key=lambda each: (-len(wanted & set(parse_name(each).words)), len(each), each))
    sharing += sorted((each for key, each in by_key.items() if len(begin) >= BEGINS and key.startswith(begin)), key=len)
    spelt = difflib.get_close_matches(name_key(name), by_key, n=limit, cutoff=LIKE)
    return tuple(dict.fromkeys((*sharing, *(by_key[key] for key in spelt))))[:limit]


def different(names: Iterable[str]) -> tuple[str, ...]:
    """Return one name for each company among them, the shortest form of each: more than one means ambiguity."""
    groups: list[list[str]] = []
    for name in sorted(names, key=lambda each: (-len(parse_name(each).words), each)):
        home = next((group for group in groups if all(same_company(name, other) for other in group)), None)
        if home is None:
            groups.append([name])
        else:
            home.append(name)
    return tuple(min(group, key=lambda each: (len(each), each)) for group in groups)


def asked(names: tuple[str, ...]) -> str:
    """Return "Did you mean A, B or C?"; empty without names."""
    if not names:
        return ""
    first = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]
    return f"Did you mean {first}?"
