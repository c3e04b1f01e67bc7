"""The fold: what the facts of one story add up to. Pure, and independent of the order of its input."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from bot.model.enums import Change, Kind, Status
from bot.model.event import Event, Money
from bot.model.story import Claim, Fact, Source, Story
from bot.stories.naming import fullest, unite
from bot.stories.order import content_key
from bot.stories.sums import agree, is_known, is_rounding

FIRMNESS = {Status.RUMORED: 0, Status.ANNOUNCED: 1, Status.COMPLETED: 2, Status.CANCELLED: 2}
_KIND_ORDER = (Kind.ACQUISITION, Kind.MERGER, Kind.STAKE, Kind.FUNDING, Kind.IPO, Kind.FUND, Kind.LEADERSHIP)
_CERTAIN = 0.99
_T = TypeVar("_T")


def fold(facts: Iterable[Fact], *, story_id: str, revision: int = 1) -> Story:
    """Return the story of `facts` (at least one). Background facts speak only where there are no others."""
    distinct = {fact.id: fact for fact in facts}.values()
    ordered = sorted(distinct, key=content_key)
    telling = [fact for fact in ordered if not fact.event.background] or ordered
    firm = [fact for fact in telling if FIRMNESS[fact.event.status]]
    kind = _kind(telling)
    amounts = rank_claims(_paying(telling, kind), lambda event: event.amount)
    valuations = rank_claims(telling, lambda event: event.valuation)
    target = _name(telling, lambda event: event.target)
    return Story(
        id=story_id,
        kind=kind,
        status=settle_status(telling),
        facts=tuple(sorted(distinct, key=lambda fact: (fact.published, fact.id))),
        target=target,
        buyers=unite(_lists(telling, firm, lambda event: event.buyers), but=target),
        lead=unite(_lists(telling, firm, lambda event: event.lead), but=target),
        seller=unite(_lists(telling, firm, lambda event: event.seller), but=target),
        amount=amounts[0].value if amounts else None,
        amounts=amounts,
        valuation=valuations[0].value if valuations else None,
        valuations=valuations,
        stake_percent=_settle(telling, lambda event: event.stake_percent),
        round=_settle(telling, lambda event: event.round),
        person=_name(telling, lambda event: event.person, person=True),
        role=_settle(telling, lambda event: event.role),
        company=_name(telling, lambda event: event.company),
        change=_settle(telling, _change),
        interim=any(fact.event.interim for fact in firm or telling),
        confidence=combine_confidence(telling),
        sources=_sources(ordered),
        revision=revision,
    )


def _change(event: Event) -> Change | None:
    return event.change


def outlet(fact: Fact) -> str:
    """Return the outlet as one voice: one outlet twice counts once."""
    return fact.source.casefold().strip()


def settle_status(facts: Iterable[Fact]) -> Status:
    """Return the status after all facts, read in order of publication.

    It only moves on: a rumour told again later changes nothing. Called off stands against rumour and announcement
    until two outlets announce the deal anew or one tells it done; a deal told done and later called off is called off.
    """
    status, anew = Status.RUMORED, set[str]()
    for fact in sorted(facts, key=lambda fact: (fact.published, _rank(fact.event.status), content_key(fact))):
        told = fact.event.status
        if told is Status.CANCELLED:
            status, anew = told, set()
        elif status is not Status.CANCELLED:
            status = max(status, told, key=_rank)
        elif told is not Status.RUMORED:
            anew.add(outlet(fact))
            if told is Status.COMPLETED or len(anew) > 1:
                status = told
    return status


def _rank(status: Status) -> int:
    return (Status.RUMORED, Status.ANNOUNCED, Status.COMPLETED, Status.CANCELLED).index(status)


def _kind(facts: list[Fact]) -> Kind:
    def weight(kind: Kind) -> tuple[int, int, int]:
        telling = [fact for fact in facts if fact.event.kind is kind]
        firm = max((FIRMNESS[fact.event.status] for fact in telling), default=-1)
        return min(firm, 1), len({outlet(fact) for fact in telling}), -_KIND_ORDER.index(kind)

    return max(_KIND_ORDER, key=weight)


def _paying(facts: list[Fact], kind: Kind) -> list[Fact]:
    """Return the facts whose amount is the deal's: of a round, what one investor puts in is but a part."""
    whole = [fact for fact in facts if fact.event.kind is kind and fact.event.amount]
    return whole if kind is Kind.FUNDING and whole else facts


def _name(facts: list[Fact], read: Callable[[Event], str | None], *, person: bool = False) -> str | None:
    """Return the fullest form of the name that the firmest and most outlets give."""
    votes = [(name, outlet(fact), min(FIRMNESS[fact.event.status], 1)) for fact in facts if (name := read(fact.event))]
    return fullest(votes, person=person)


def _lists(telling: list[Fact], firm: list[Fact], read: Callable[[Event], tuple[str, ...]]) -> list[tuple[str, str]]:
    """Return (name, outlet) in order of publication; once firm facts name somebody, rumoured names are dropped."""
    facts = firm if any(read(fact.event) for fact in firm) else telling
    return [(name, outlet(fact)) for fact in facts for name in read(fact.event)]


def _settle(facts: list[Fact], read: Callable[[Event], _T | None]) -> _T | None:
    """Return the value that firm facts give, else rumours; of several what most outlets tell, then the newest."""
    votes: dict[_T, tuple[int, set[str], int]] = {}
    for place, fact in enumerate(facts):
        value = read(fact.event)
        if value is None:
            continue
        firm = min(FIRMNESS[fact.event.status], 1)
        best, outlets, _ = votes.get(value, (0, set[str](), 0))
        votes[value] = max(best, firm), outlets | {outlet(fact)}, place
    return max(votes, key=lambda value: (votes[value][0], len(votes[value][1]), votes[value][2]), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    value: Money
    firm: bool
    facts: tuple[Fact, ...]


def rank_claims(facts: list[Fact], read: Callable[[Event], Money | None]) -> tuple[Claim, ...]:
    """Return every different sum told, the winner first. `facts` in order of publication.

    Firm facts beat rumours. Among equals a figure that comes later corrects the one before, unless more outlets stand
    by the old one from then on; a figure that merely rounds another, or gives it in another currency, corrects nothing.
    A figure that its own outlet replaced later does not count at all.
    """
    told: dict[Money, list[Fact]] = {}
    for fact, money in _not_taken_back(facts, read):
        told.setdefault(money, []).append(fact)
    tellings = [
        _Telling(value=value, firm=any(FIRMNESS[fact.event.status] for fact in tellers), facts=tuple(tellers))
        for value, tellers in told.items()
    ]
    firm = [telling for telling in tellings if telling.firm]
    rumoured = [telling for telling in tellings if not telling.firm]
    ranked = _rank_tellings(firm) + _rank_tellings(rumoured)
    return tuple(Claim(value=telling.value, facts=tuple(fact.id for fact in telling.facts)) for telling in ranked)


def _not_taken_back(facts: list[Fact], read: Callable[[Event], Money | None]) -> list[tuple[Fact, Money]]:
    """Return the facts with a sum, but for those whose outlet told another sum later, as firmly."""
    paying = [(fact, money) for fact in facts if (money := read(fact.event)) is not None and is_known(money)]

    def replaced(fact: Fact, money: Money) -> bool:
        return any(
            outlet(later) == outlet(fact)
            and later.published > fact.published
            and FIRMNESS[later.event.status] >= FIRMNESS[fact.event.status]
            and not agree(money, other)
            for later, other in paying
        )

    return [(fact, money) for fact, money in paying if not replaced(fact, money)]


def _rank_tellings(tellings: list[_Telling]) -> list[_Telling]:
    """Return the winner, then the others by outlets and by age."""
    if not tellings:
        return []
    winner = tellings[0]
    for challenger in tellings[1:]:
        if _corrects(challenger, winner):
            winner = challenger
    others = [telling for telling in tellings if telling is not winner]
    return [winner, *sorted(others, key=lambda telling: -len({outlet(fact) for fact in telling.facts}))]


def _corrects(challenger: _Telling, winner: _Telling) -> bool:
    if is_rounding(winner.value, challenger.value):
        return True
    if agree(winner.value, challenger.value):
        return False
    since = content_key(challenger.facts[0])
    still = {outlet(fact) for fact in winner.facts if content_key(fact) > since}
    return len({outlet(fact) for fact in challenger.facts}) >= len(still)


def combine_confidence(facts: Iterable[Fact]) -> float:
    """Return 0 to 1: the best outlet's confidence, raised by half of what each further outlet leaves of the doubt.

    One outlet twice, or one text in two outlets, counts once.
    """
    best: dict[str, float] = {}
    titles: dict[str, str] = {}
    for fact in facts:
        voice = titles.setdefault(" ".join(fact.title.casefold().split()) or fact.id, outlet(fact))
        best[voice] = max(best.get(voice, 0.0), fact.event.confidence)
    first, *others = sorted(best.values(), reverse=True)
    doubt = (1 - first) * math.prod(1 - other / 2 for other in others)
    return max(first, min(1 - doubt, _CERTAIN))


def _sources(facts: list[Fact]) -> tuple[Source, ...]:
    first: dict[str, Fact] = {}
    for fact in facts:
        first.setdefault(outlet(fact), fact)
    return tuple(
        Source(name=fact.source, title=fact.title, url=fact.url, published=fact.published) for fact in first.values()
    )
