"""From a sentence's reading to drafts of events: rules fire, roles are filled."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.extraction.deal_rules import DEAL_RULES
from bot.extraction.leader_rules import LEADER_RULES
from bot.extraction.reading import Item, Reading
from bot.extraction.rules import Rule
from bot.extraction.status import is_history, status_of
from bot.extraction.tables.titles import OUTSIDE, REALTY
from bot.extraction.tables.trigger_words import ALL
from bot.model.enums import Kind, Status

LISTING = frozenset({"ipo", "ipos", "listing", "drhp", "flotation"})
RULES = LEADER_RULES + DEAL_RULES
FIELDS = {
    "target": "NC", "buyers": "NC", "lead": "NC", "seller": "NC", "amount": "M", "valuation": "M",
    "stake_percent": "P", "round": "R", "person": "NH", "role": "T", "company": "NC", "trigger": "w",
}  # fmt: skip
"""Fields of Event and the tags that can fill them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An event as one rule read it in one sentence, names as written there."""

    rule: Rule
    kind: Kind
    status: Status
    background: bool
    sentence: int
    """0 is the headline."""
    fields: dict[str, tuple[Item, ...]]


def drafts_in(readings: tuple[Reading, Reading], published: datetime | None, *, outside: bool = False) -> list[Draft]:
    """Return what the rules find in a sentence; each trigger gives at most one draft."""
    plain, short = readings
    if not plain.words & ALL:
        return []
    found: list[Draft] = []
    used: set[int] = set()
    for reading in (short, plain) if short.code != plain.code else (plain,):
        for rule in RULES:
            if not rule.triggers & plain.words:
                continue
            for match in rule.pattern.finditer(reading.code):
                fields = _fields(reading, match)
                trigger = fields["trigger"][0].start if fields.get("trigger") else match.start()
                if trigger in used:
                    continue
                used.add(trigger)
                kind = _kind(rule, fields, plain.words)
                status = rule.status or status_of(kind, reading.code, match.start("trigger"))
                if rule.status and status_of(rule.kind, reading.code, match.start("trigger")) is Status.CANCELLED:
                    status = Status.CANCELLED
                if rule.kind in (Kind.ACQUISITION, Kind.STAKE) and plain.words & REALTY:
                    continue
                if rule.kind is Kind.LEADERSHIP and (outside or plain.words & OUTSIDE):
                    continue
                found += [
                    Draft(
                        rule=rule, kind=kind, status=status,
                        background=is_history(reading, match.start("trigger"), published),
                        sentence=reading.sentence.place, fields=one,
                    )
                    for one in _per_target(fields)
                ]  # fmt: skip
    return found


def _fields(reading: Reading, match: re.Match[str]) -> dict[str, tuple[Item, ...]]:
    fields: dict[str, tuple[Item, ...]] = {}
    for group, text in match.groupdict().items():
        name = group.rstrip("0123456789")
        if text is None or not text.strip() or name in fields:
            continue
        items = tuple(reading.between(match.start(group), match.end(group), FIELDS[name]))
        if items:
            fields[name] = items if name in ("buyers", "lead", "target", "trigger") else items[:1]
    return fields


def _per_target(fields: dict[str, tuple[Item, ...]]) -> list[dict[str, tuple[Item, ...]]]:
    """Several companies that raise in one breath are several events."""
    targets = fields.get("target", ())
    if len(targets) < 2:
        return [fields]
    return [{**fields, "target": (target,)} for target in targets]


def _kind(rule: Rule, fields: dict[str, tuple[Item, ...]], words: frozenset[str]) -> Kind:
    """A stake of more than half is control; less than half is a stake; money raised in a listing is an IPO."""
    if rule.kind is Kind.FUNDING:
        target = fields["target"][0].text if "target" in fields else ""
        if "Fund" in target.split():
            return Kind.FUND
        listed = words & LISTING or {"initial", "public", "offering"} <= words
        return Kind.IPO if listed else Kind.FUNDING
    percent = fields.get("stake_percent")
    share = percent[0].value if percent and isinstance(percent[0].value, float) else None
    if rule.kind is Kind.STAKE:
        control = {"majority", "controlling"} & words if share is None else share > 50
        return Kind.ACQUISITION if control else Kind.STAKE
    if rule.kind is Kind.ACQUISITION and share is not None and share < 50:
        return Kind.STAKE
    return rule.kind
