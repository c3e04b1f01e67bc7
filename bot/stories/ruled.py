"""The operator's word on single facts (one story, or two), kept to whenever facts are dealt out anew."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.model.story import Fact
from bot.stories.match import same_story
from bot.stories.order import content_key

Part = tuple[Fact, ...]
Pair = frozenset[str]
"""Two facts' ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """The operator's word. Where both speak of one pair, the later one is kept by the store."""

    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()


def ruled(parts: Iterable[Part], rulings: Rulings) -> tuple[Part, ...]:
    """Return the parts as the rulings would have them; a function of the sets, whatever their order."""
    pool = sorted(parts, key=lambda part: min(content_key(fact) for fact in part))
    if rulings.together:
        pool = _joined(pool, rulings.together)
    if rulings.apart:
        pool = [bucket for part in pool for bucket in _parted(part, rulings)]
    return tuple(tuple(sorted(part, key=lambda fact: (fact.published, fact.id))) for part in pool)


def _joined(pool: list[Part], together: frozenset[Pair]) -> list[Part]:
    out: list[Part] = []
    for part in pool:
        mine = part
        ids = {fact.id for fact in mine}
        keep = []
        for other in out:
            others = {fact.id for fact in other}
            if any(pair & ids and pair & others for pair in together):
                mine, ids = (*other, *mine), ids | others
            else:
                keep.append(other)
        out = [*keep, mine]
    return out


def _parted(part: Part, rulings: Rulings) -> list[Part]:
    """Deal a part's facts into buckets without a forbidden pair; a fact goes where most speaks for it."""
    ids = {fact.id for fact in part}
    if not any(pair <= ids for pair in rulings.apart):
        return [part]
    bound = {name for pair in rulings.apart if pair <= ids for name in pair}
    buckets: list[list[Fact]] = []
    # those that were ruled about come first: the others choose among them
    for fact in sorted(part, key=lambda fact: (fact.id not in bound, content_key(fact))):
        open_to = [bucket for bucket in buckets if not any({fact.id, o.id} in rulings.apart for o in bucket)]
        if not open_to:
            buckets.append([fact])
            continue
        max(open_to, key=lambda bucket: _weight(fact, bucket, rulings)).append(fact)
    return [tuple(bucket) for bucket in buckets]


def _weight(fact: Fact, bucket: list[Fact], rulings: Rulings) -> float:
    ruled_in = any(frozenset({fact.id, other.id}) in rulings.together for other in bucket)
    return (100.0 if ruled_in else 0.0) + max(same_story(fact, other).weight for other in bucket)
