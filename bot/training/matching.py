"""When a found event is the gold event: family and key party, as the guideline's scorer has it."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.extraction.learned.same import same
from bot.model.enums import Kind
from bot.model.event import Event, Money

FAMILY = {
    "funding": "investment", "stake": "investment", "acquisition": "acquisition", "merger": "acquisition",
    "ipo": "ipo", "fund": "fund", "leadership": "leadership",
}  # fmt: skip


def listed(value: Any) -> list[Any]:
    """A slot's values, whether gold wrote one or a list."""
    return [v for v in (value if isinstance(value, list | tuple) else [value]) if v]


def _like(a: Any, b: Any) -> bool:
    return bool(a) and bool(b) and same(str(a), str(b))


def _any_like(a: Sequence[Any], b: Sequence[Any]) -> bool:
    return any(_like(x, y) for x in a for y in b)


def same_event(gold: Mapping[str, Any], event: Event) -> bool:
    """True where family and key party agree."""
    if FAMILY[gold["kind"]] != FAMILY[event.kind]:
        return False
    if event.kind is Kind.LEADERSHIP:
        if gold.get("change") != event.change:
            return False
        key = "person" if gold.get("person") and event.person else "company"
        return _like(gold.get(key), getattr(event, key))
    sides = [*listed(gold.get("target")), *listed(gold.get("buyers"))]
    if gold["kind"] == "merger":
        return _any_like(sides, [*listed(event.target), *event.buyers])
    if gold.get("target"):
        return _like(gold["target"], event.target)
    return _any_like(listed(gold.get("buyers")), event.buyers)


def shared_facts(gold: Mapping[str, Any], event: Event) -> int:
    """How many of kind, company, buyers and amount agree: for choosing among several that match."""
    sums = [Money(value=s["value"], currency=s["currency"]) for s in listed(gold.get("amount"))]
    return (
        (gold["kind"] == event.kind)
        + _like(gold.get("company"), event.company)
        + _any_like(listed(gold.get("buyers")), event.buyers)
        + (event.amount in sums)
    )
