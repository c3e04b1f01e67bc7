"""The order of facts that does not depend on chance: by time, then by content, the random id last."""

from dataclasses import replace

from bot.model.story import Fact

SortKey = tuple[str, ...]


def content_key(fact: Fact) -> SortKey:
    """Return a key that orders facts by time and content, evidence apart; the random id speaks last."""
    event = repr(replace(fact.event, evidence=()))
    return (fact.published.isoformat(), fact.source, fact.title, fact.url or "", event, fact.id)


def earlier_first(a: Fact, b: Fact) -> tuple[Fact, Fact]:
    """Return the two in that order, without the cost of the whole key where the times differ."""
    if a.published != b.published:
        return (a, b) if a.published < b.published else (b, a)
    return (a, b) if content_key(a) <= content_key(b) else (b, a)
