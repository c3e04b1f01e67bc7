"""Do two facts tell one story? Rules in the order in which they speak; the first that objects decides.

A verdict is symmetric and looks at nothing but the two facts. Where the answer is no, `clash` says whether the two
contradict each other (rival bidders, Series A and Series B) or merely have too little in common.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.companies.names import company_keys, is_named, surname
from bot.model.enums import Kind
from bot.model.story import Fact
from bot.stories.deals import relate_deals
from bot.stories.leaders import relate_changes
from bot.stories.order import earlier_first
from bot.stories.verdict import Verdict

QUIET = timedelta(days=30)
"""After so long without a report a story closes, and a new report opens a new one."""

FAMILIES: dict[Kind, frozenset[Kind]] = {
    Kind.FUNDING: frozenset({Kind.FUNDING, Kind.STAKE}),
    Kind.STAKE: frozenset({Kind.FUNDING, Kind.STAKE, Kind.ACQUISITION}),
    Kind.ACQUISITION: frozenset({Kind.STAKE, Kind.ACQUISITION, Kind.MERGER}),
    Kind.MERGER: frozenset({Kind.ACQUISITION, Kind.MERGER}),
    Kind.IPO: frozenset({Kind.IPO}),
    Kind.FUND: frozenset({Kind.FUND}),
    Kind.LEADERSHIP: frozenset({Kind.LEADERSHIP}),
}
"""Which kinds outlets may give to one and the same event."""

_INDEX = {Kind.IPO: "ipo", Kind.FUND: "fund", Kind.LEADERSHIP: "lead"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


__all__ = ["FAMILIES", "QUIET", "Verdict", "block_keys", "same_story"]


def same_story(a: Fact, b: Fact) -> Verdict:
    """Return whether `a` and `b` tell one event, and why. Symmetric: the order of the two does not matter."""
    first, second = earlier_first(a, b)
    if second.event.kind not in FAMILIES[first.event.kind]:
        return Verdict.clashing(f"{first.event.kind} and {second.event.kind} are different kinds of event")
    gap = second.published - first.published
    if gap > QUIET:
        return Verdict.apart(f"{gap.days} days lie between the reports")
    relate: Callable[[Fact, Fact], Verdict] = relate_changes if first.event.kind is Kind.LEADERSHIP else relate_deals
    return relate(first, second)


def block_keys(fact: Fact) -> frozenset[str]:
    """Return the index keys of a fact: two facts that can tell one story always share a key.

    A key is "family:words:period", where a period is one of the two 30-day windows that a fact stands in.
    """
    event = fact.event
    family = _INDEX.get(event.kind, "deal")
    names = [name for name in (event.target, event.company, *event.buyers, *event.seller) if is_named(name)]
    words = {key for name in names if name for key in company_keys(name)}
    if event.person and surname(event.person):
        words.add("@" + surname(event.person))
    period = (fact.published - _EPOCH) // QUIET
    return frozenset(f"{family}:{word}:{window}" for word in words for window in (period, period + 1))
