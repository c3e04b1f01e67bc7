"""One name out of the many that outlets use for one party."""

from collections.abc import Iterable, Iterator

from bot.companies.names import company_keys, parse_name, person_words, same_company, same_person
from bot.model.story import Story

Vote = tuple[str, str, int]
"""A name, the outlet that uses it, and 1 where the fact is firm, 0 for a rumour."""


def fullest(votes: Iterable[Vote], *, person: bool = False) -> str | None:
    """Return the fullest form of the party that the firmest, then most outlets name; None without votes."""
    pool = sorted(set(votes))
    if not pool:
        return None
    same = same_person if person else same_company

    def support(name: str) -> tuple[int, int]:
        backing = [vote for vote in pool if same(vote[0], name) or vote[0] == name]
        return max(firm for *_, firm in backing), len({voice for _, voice, _ in backing})

    chosen = max(sorted({name for name, *_ in pool}), key=lambda name: (support(name), _fullness(name, person)))
    return chosen.strip()


def _fullness(name: str, person: bool) -> tuple[int, int, int]:
    """Order forms of one name: most words, then without legal form, then the longer spelling in mixed case."""
    if person:
        return len(person_words(name)), 0, len(name)
    key = parse_name(name)
    mixed = not name.isupper() and not name.islower()
    return len(key.words), -int(key.legal), int(mixed)


def unite(named: Iterable[tuple[str, str]], *, but: str | None = None) -> tuple[str, ...]:
    """Return each party once, in its fullest form: those that most outlets name first, then in order of mention.

    `named` holds (name, outlet) in order of publication. `but` is the other side, which cannot be a party too.
    """
    groups: list[list[tuple[str, str]]] = []
    for name, voice in named:
        if but and same_company(name, but):
            continue
        for group in groups:
            if any(same_company(name, other) for other, _ in group):
                group.append((name, voice))
                break
        else:
            groups.append([(name, voice)])
    groups.sort(key=lambda group: -len({voice for _, voice in group}))
    forms = (fullest((name, voice, 1) for name, voice in group) for group in groups)
    return tuple(dict.fromkeys(name for name in forms if name))


def named_parties(story: Story) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield part, name and look-up keys of all who take part in a story."""
    for part, names in (
        ("target", (story.target,)), ("buyer", (*story.lead, *story.buyers)), ("seller", story.seller),
        ("company", (story.company,)),
    ):  # fmt: skip
        for name in dict.fromkeys(names):
            if name:
                yield part, name, company_keys(name)
    if story.person and (words := person_words(story.person)):
        yield "person", story.person, frozenset({words[-1]})
