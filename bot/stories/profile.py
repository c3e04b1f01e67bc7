"""What many stories say of one company, person or investor: a time line, leaders, valuation, investors."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.companies.names import same_company, same_person
from bot.model.enums import Change, Kind, Status
from bot.model.event import Money
from bot.model.story import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """Somebody who leads a company, as far as events tell."""

    person: str
    role: str | None
    interim: bool
    story: Story
    """The event that says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyProfile:
    """One company."""

    stories: tuple[Story, ...]
    """All, newest first."""
    leaders: tuple[Leader, ...]
    """Who joined and is not told to have left, newest first."""
    left: tuple[Leader, ...]
    valuation: tuple[Money, Story] | None
    """The last one told, and by which story."""
    investors: tuple[str, ...]
    """In the order in which they came, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestorProfile:
    """One investor, buyer or fund."""

    stories: tuple[Story, ...]
    deals: int
    led: int
    """Rounds in which it is named as the lead."""
    companies: tuple[str, ...]
    totals: tuple[Money, ...]
    """Sums of the deals that it took part in, by currency: of whole rounds, not of its own share."""


def _newest(stories: Iterable[Story]) -> tuple[Story, ...]:
    return tuple(sorted(stories, key=lambda story: (story.last_published, story.id), reverse=True))


def company_profile(name: str, stories: Iterable[Story]) -> CompanyProfile:
    """Return what stories say of a company: those in which it takes part, whatever its part."""
    told = _newest(story for story in stories if _takes_part(story, name))
    about = [story for story in told if story.target and same_company(story.target, name)]
    alive = [story for story in about if story.status is not Status.CANCELLED]
    valued = next(((story.valuation, story) for story in alive if story.valuation), None)
    investing = [story for story in alive if story.kind in {Kind.FUNDING, Kind.STAKE, Kind.ACQUISITION}]
    investors = dict.fromkeys(
        each for story in investing if story.status is not Status.RUMORED for each in (*story.lead, *story.buyers)
    )
    changes = [story for story in told if story.kind is Kind.LEADERSHIP and same_company(story.company or "", name)]
    leaders, left = _leaders(changes)
    return CompanyProfile(stories=told, leaders=leaders, left=left, valuation=valued, investors=tuple(investors))


def _takes_part(story: Story, name: str) -> bool:
    names = (story.target, *story.buyers, *story.lead, *story.seller, story.company)
    return any(each and same_company(each, name) for each in names)


def _leaders(changes: list[Story]) -> tuple[tuple[Leader, ...], tuple[Leader, ...]]:
    """Read changes from the newest on: who joined leads, unless a later change says that they left."""
    leaders: list[Leader] = []
    left: list[Leader] = []
    for story in changes:
        if not story.person or story.status in {Status.RUMORED, Status.CANCELLED}:
            continue
        leader = Leader(person=story.person, role=story.role, interim=story.interim, story=story)
        known = any(same_person(each.person, leader.person) for each in (*leaders, *left))
        if story.change is Change.LEAVES and not known:
            left.append(leader)
        elif story.change is Change.JOINS and not known:
            leaders.append(leader)
    return tuple(leaders), tuple(left)


def person_stories(name: str, stories: Iterable[Story]) -> tuple[Story, ...]:
    """Return the changes of one person, newest first."""
    return _newest(story for story in stories if story.person and same_person(story.person, name))


def investor_profile(name: str, stories: Iterable[Story]) -> InvestorProfile:
    """Return the deals in which somebody invests or buys."""
    told = _newest(story for story in stories if any(same_company(each, name) for each in (*story.buyers, *story.lead)))
    alive = [story for story in told if story.status is not Status.CANCELLED]
    sums: dict[str, float] = {}
    for story in alive:
        if story.amount:
            sums[story.amount.currency] = sums.get(story.amount.currency, 0.0) + story.amount.value
    return InvestorProfile(
        stories=told,
        deals=len(alive),
        led=sum(any(same_company(each, name) for each in story.lead) for story in alive),
        companies=tuple(dict.fromkeys(story.target for story in alive if story.target)),
        totals=tuple(Money(value=value, currency=currency) for currency, value in sorted(sums.items())),
    )
