"""Do two facts tell one leadership change: person, company, direction; role where nobody is named."""

import re
from datetime import timedelta

from bot.companies.names import is_named, same_company, same_person
from bot.model.event import Event
from bot.model.story import Fact
from bot.stories.verdict import Verdict

INTERIM_GAP = timedelta(days=7)
"""Interim chief and lasting chief are two events where more than this lies between."""

_ROLES = (
    ("chief executive officer", "ceo"),
    ("chief executive", "ceo"),
    ("chief financial officer", "cfo"),
    ("chief operating officer", "coo"),
    ("chief technology officer", "cto"),
    ("chief marketing officer", "cmo"),
    ("chief information officer", "cio"),
    ("managing director", "ceo"),
    ("finance director", "cfo"),
    ("chairwoman", "chair"),
    ("chairperson", "chair"),
    ("chairman", "chair"),
    ("vice president", "vp"),
)
_SMALL = frozenset(
    {"the", "of", "and", "a", "an", "its", "new", "former", "interim", "acting", "temporary", "for", "as", "&"}
    | {"co", "global", "executive"}
)


def role_words(role: str | None) -> frozenset[str]:
    """Return the words that tell one role from another: "interim Chief Executive" -> {"ceo"}."""
    text = re.sub(r"[^\w&]+", " ", (role or "").casefold())
    for long, short in _ROLES:
        text = text.replace(long, short)
    return frozenset(text.split()) - _SMALL


def relate_changes(first: Fact, second: Fact) -> Verdict:
    """Return the verdict on two leadership changes; `first` was published first."""
    one, two = first.event, second.event
    gap = second.published - first.published
    if one.change and two.change and one.change is not two.change:
        return Verdict.clashing("one joins, the other leaves")
    company = _match_companies(one, two)
    if company is False:
        return Verdict.clashing(f"{one.company} is not {two.company}")
    person = same_person(one.person, two.person) if one.person and two.person else None
    if person is False:
        return Verdict.clashing(f"{one.person} is not {two.person}")
    if one.interim != two.interim and gap > INTERIM_GAP:
        return Verdict.clashing("interim and lasting, more than a week apart")
    return _weigh(one, two, company=company, person=person, days=gap / timedelta(days=1))


def _match_companies(one: Event, two: Event) -> bool | None:
    if not (one.company and two.company and is_named(one.company) and is_named(two.company)):
        return None
    return same_company(one.company, two.company)


def _weigh(one: Event, two: Event, *, company: bool | None, person: bool | None, days: float) -> Verdict:
    ours, theirs = role_words(one.role), role_words(two.role)
    role = 1.0 if ours & theirs else 0.0
    if person:
        reason = "same person and company" if company else "same person"
        return Verdict(same=True, reason=reason, weight=3 + (2 if company else 0) + role - days / 30)
    if not company:
        return Verdict.apart("neither person nor company in common")
    if not role:
        return Verdict.apart("same company, but nobody and no role in common")
    return Verdict(same=True, reason="same company and role", weight=2 + role - days / 30)
