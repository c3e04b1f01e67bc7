"""Facts to stories: which facts stand together.

The result is a function of the set of facts: neither their order nor what was known earlier matters.
"""

from collections.abc import Callable, Iterable
from functools import cache
from itertools import combinations

from bot.model.story import Fact
from bot.stories.match import block_keys, same_story
from bot.stories.order import content_key
from bot.stories.verdict import Verdict


def gather(fact: Fact, candidates: Callable[[frozenset[str]], Iterable[Fact]]) -> tuple[Fact, ...]:
    """Return every fact that may stand in one story with `fact`, `fact` included, in order of content.

    `candidates` gives the facts that share a block key; only those that match are followed further, so that one
    busy investor does not draw in the whole store. The result is closed: `partition` of it is final.
    """
    found = {fact.id: fact}
    queue = [fact]
    while queue:
        here = queue.pop()
        for other in candidates(block_keys(here)):
            if other.id not in found and same_story(here, other).same:
                found[other.id] = other
                queue.append(other)
    return tuple(sorted(found.values(), key=content_key))


def partition(facts: Iterable[Fact]) -> tuple[tuple[Fact, ...], ...]:
    """Return the facts of each story, each in order of (published, id), stories by their first fact.

    Pairs that match are joined from the strongest to the weakest, unless some fact of one side contradicts some fact
    of the other: so a vague fact goes where most speaks for it and cannot chain two deals together. The facts of one
    story, partitioned alone, are that one story again.
    """
    ordered = sorted({fact.id: fact for fact in facts}.values(), key=content_key)

    @cache
    def verdict(one: int, two: int) -> Verdict:
        return same_story(ordered[one], ordered[two])

    matches = [(-verdict(*pair).weight, pair) for pair in _candidates(ordered) if verdict(*pair).same]
    group = {place: frozenset({place}) for place in range(len(ordered))}
    for _, (one, two) in sorted(matches):
        left, right = group[one], group[two]
        if left is right or any(verdict(*pair).clash for pair in _across(left, right)):
            continue
        both = left | right
        group.update(dict.fromkeys(both, both))
    stories = sorted(set(group.values()), key=min)
    return tuple(
        tuple(sorted((ordered[place] for place in story), key=lambda fact: (fact.published, fact.id)))
        for story in stories
    )


Pair = tuple[int, int]


def _candidates(facts: list[Fact]) -> set[Pair]:
    """Return the pairs that share a block key, each once, the earlier place first."""
    blocks: dict[str, list[int]] = {}
    for place, fact in enumerate(facts):
        for key in block_keys(fact):
            blocks.setdefault(key, []).append(place)
    return {pair for places in blocks.values() for pair in combinations(places, 2)}


def _across(left: frozenset[int], right: frozenset[int]) -> Iterable[Pair]:
    return ((min(one, two), max(one, two)) for one in left for two in right)
