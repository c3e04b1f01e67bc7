"""Stories where some facts are for one workspace only: they join what everybody sees, and never bend it."""

from collections import defaultdict
from collections.abc import Iterable

from bot.model.story import Fact
from bot.stories.match import same_story
from bot.stories.order import content_key
from bot.stories.partition import partition

Part = tuple[Fact, ...]


def visible(facts: Iterable[Fact], viewer: str | None) -> Part:
    """Return the facts that `viewer`'s workspace may see: everybody's and its own."""
    return tuple(fact for fact in facts if fact.audience in (None, viewer))


def partition_for_all(facts: Iterable[Fact]) -> tuple[Part, ...]:
    """Return the facts of each story, for all viewers at once; a function of the set of facts.

    Everybody's facts are dealt out first, as if there were no others, so that nobody's own feed can join or part what
    the rest see. A workspace's own facts then go to the story that fits best, or stand in stories of their own.
    """
    pool = tuple(facts)
    parts = [list(part) for part in partition(fact for fact in pool if fact.audience is None)]
    own: dict[str, list[Fact]] = defaultdict(list)
    common = [tuple(part) for part in parts]
    for fact in sorted((fact for fact in pool if fact.audience is not None), key=content_key):
        place = _best(fact, common)
        if place is None:
            own[str(fact.audience)].append(fact)
        else:
            parts[place].append(fact)
    alone = (part for audience in sorted(own) for part in partition(own[audience]))
    return tuple(tuple(sorted(part, key=lambda fact: (fact.published, fact.id))) for part in (*parts, *alone))


def _best(fact: Fact, parts: Iterable[Part]) -> int | None:
    """Return the place of the part that most speaks for, if any takes the fact without contradiction."""
    weights: dict[int, float] = {}
    for place, part in enumerate(parts):
        verdicts = [same_story(fact, other) for other in part]
        if any(verdict.same for verdict in verdicts) and not any(verdict.clash for verdict in verdicts):
            weights[place] = max(verdict.weight for verdict in verdicts if verdict.same)
    return max(weights, key=lambda place: (weights[place], -place), default=None)
