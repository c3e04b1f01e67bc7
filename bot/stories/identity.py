"""Which story keeps its id when facts are dealt out anew: ids and posted cards are history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.model.story import Fact

Part = tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """What becomes of the ids."""

    kept: Mapping[str, Part]
    """Story id -> the facts that it now stands for."""
    aliases: Mapping[str, str]
    """Id that ends -> id of the story that took over most of its facts."""
    new: tuple[Part, ...]
    """Parts that need a new id, in the order given."""


def reconcile(old: Mapping[str, frozenset[str]], parts: Iterable[Part]) -> Reconciled:
    """Return which id each part keeps. `old` maps story id to fact ids, the oldest story first.

    A story follows most of its facts (on a tie, the earlier part). Where two stories meet, the older id stays and the
    other becomes an alias; where one is split, the smaller part is new. A story without facts here is left alone.
    """
    pool = tuple(parts)
    owner: dict[int, str] = {}
    aliases: dict[str, str] = {}
    for story, facts in old.items():
        shares = [len(facts & {fact.id for fact in part}) for part in pool]
        if not any(shares):
            continue
        place = shares.index(max(shares))
        if place in owner:
            aliases[story] = owner[place]
        else:
            owner[place] = story
    return Reconciled(
        kept={story: pool[place] for place, story in owner.items()},
        aliases=aliases,
        new=tuple(part for place, part in enumerate(pool) if place not in owner),
    )
