"""Do two facts tell one deal: parties, round, amount, status order."""

from datetime import timedelta

from bot.companies.names import is_named, parse_name, same_company, same_person
from bot.model.enums import Kind, Status
from bot.model.event import Event
from bot.model.story import Fact
from bot.stories.sums import agree, ratio
from bot.stories.verdict import Verdict

CORRECTION = 1.35
"""Two firm figures of one deal differ at most by this factor: a correction, a raised bid, debt counted in."""
LOOSE = 3.0
"""With a rumour, or with both parties known, by this: guesses miss, and equity, debt and stake are confused."""
CLOSE = 1.1
"""Funds of one firm by this: a firm raises several at a time."""
CONTROL = 50
"""Per cent from which on a stake is a takeover."""
NEAR = timedelta(days=2)
"""Where a side is unknown and no figure agrees, one telling must follow the other within this."""
LADDER = frozenset({"pre-seed", "seed", "debt"} | {f"series {letter}" for letter in "abcdefghijk"})
"""Rounds that exclude one another; Bridge, Growth, Venture and the like go with any."""


BOTH_SIDES, ONE_TARGET, ONE_BUYER = 4.0, 2.0, 1.0
"""How much the sides speak for one deal."""

_DONE_AT_ONCE = frozenset({Kind.FUNDING, Kind.STAKE, Kind.FUND})
"""Kinds of which nothing is rumoured any more once they are announced; a listing or a takeover drags on."""
_UNIT_WORDS = frozenset({"business", "businesses", "unit", "division", "operations", "arm", "its", "of", "the"})
_CONFUSED = ({Kind.STAKE, Kind.ACQUISITION}, {Kind.STAKE, Kind.FUNDING})
"""Kinds that outlets take for one another, and that follow one another too: a stake today, a bid next week."""


def relate_deals(first: Fact, second: Fact) -> Verdict:
    """Return the verdict on two deals; `first` was published first."""
    one, two = first.event, second.event
    parties = _parties(one, two)
    if parties.clash and _buyer_misread(first, second):
        parties = Verdict(same=True, reason="same target, and the headline names the other's buyer", weight=ONE_TARGET)
    if not parties.same:
        return parties
    sums, gap = _sums_agree(one, two), second.published - first.published
    if sums is False and parties.weight >= BOTH_SIDES and _is_one_takeover(one, two):
        sums = None  # one of the figures was misread
    if contradiction := _contradiction(first, second, sums):
        return Verdict.clashing(contradiction)
    if not sums and gap > NEAR and _too_little(one, two, parties.weight):
        return Verdict.apart("too little is known, and no figure agrees")
    if not sums and _is_stake_and_bid(one, two):
        return Verdict.apart("shares bought and a bid, and no figure agrees")
    if _is_new_rumour(one, two, gap) and not sums and parties.weight < 4:
        return Verdict.clashing("a rumour after the deal was done is of another deal")
    days = gap / timedelta(days=1)
    weight = parties.weight + (2.0 if sums else 0.0) + (1.0 if one.kind is two.kind else 0.0) - days / 30
    return Verdict(same=True, reason=parties.reason + (", and the figures agree" if sums else ""), weight=weight)


def _is_one_takeover(one: Event, two: Event) -> bool:
    """Nobody takes over one company twice in a month."""
    return one.kind is two.kind is Kind.ACQUISITION and len(one.buyers) == len(two.buyers) == 1


def _buyer_misread(first: Fact, second: Fact) -> bool:
    """A buyer taken from further down, where the headline names the other report's: one of the two was misread."""
    one, two = first.event, second.event
    if not _share(_named((one.target,)), _named((two.target,))) or Kind.MERGER in {one.kind, two.kind}:
        return False
    return any(
        _in_headline(there.event.buyers, here.title) and not _in_headline(here.event.buyers, here.title)
        for here, there in ((first, second), (second, first))
    )


def _in_headline(names: tuple[str, ...], title: str) -> bool:
    told = set(parse_name(title).words)
    return any(parse_name(name).distinctive and told.issuperset(parse_name(name).head) for name in names)


def _too_little(one: Event, two: Event, weight: float) -> bool:
    """A share of a round is told long before the round, but then the investor is known."""
    part = {one.kind, two.kind} == {Kind.STAKE, Kind.FUNDING} and weight >= BOTH_SIDES
    return weight < ONE_TARGET or ({one.kind, two.kind} in _CONFUSED and not part)


def _is_stake_and_bid(one: Event, two: Event) -> bool:
    """A bidder who buys shares meanwhile; "51%" is a bid that an outlet calls a stake."""
    stakes = [event for event in (one, two) if event.kind is Kind.STAKE]
    return {one.kind, two.kind} == {Kind.STAKE, Kind.ACQUISITION} and (stakes[0].stake_percent or 0) < CONTROL


def _contradiction(first: Fact, second: Fact, sums: bool | None) -> str | None:
    """Return why two deals with the same parties are two, if they are."""
    one, two = first.event, second.event
    if _rounds_differ(one, two):
        return f"{one.round} is not {two.round}"
    if sums is False:
        return "the amounts are too far apart"
    if _is_one_article(first, second) and (one.kind is not two.kind or _sums_differ(one, two)):
        return "one article tells them as two"
    return None


def _is_one_article(first: Fact, second: Fact) -> bool:
    """An article tells each deal once: what differs within it are two deals."""
    return (first.source, first.title, first.url, first.published) == (
        second.source, second.title, second.url, second.published
    )  # fmt: skip


def _sums_differ(one: Event, two: Event) -> bool:
    return bool(one.amount and two.amount) and not _sums_agree(one, two)


def _named(names: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name and is_named(name))


def _share(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    return any(same_company(a, b) for a in one for b in two)


def _share_person(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Trump and Donald Trump: a bidder may be a person, told by the surname."""
    return any(same_person(a, b) and " " in a + b for a in one for b in two if not (" " in a and " " in b))


def _parties(one: Event, two: Event) -> Verdict:
    """Weigh the sides: BOTH_SIDES, ONE_TARGET, ONE_BUYER."""
    if Kind.MERGER in {one.kind, two.kind}:
        return _partners(one, two)
    targets = _named((one.target,)), _named((two.target,))
    buyers = _named(one.buyers), _named(two.buyers)
    sellers = _named(one.seller), _named(two.seller)
    target_known = all(targets)
    buyer_shared = _share(*buyers) or (target_known and _share_person(*buyers))
    if target_known and not _share(*targets):
        return _other_sides(one, two)
    if all(buyers) and not buyer_shared:
        return _other_buyers(one, two) if target_known else Verdict.apart("no party in common")
    if not buyer_shared and all(sellers) and not _share(*sellers):
        return Verdict.clashing(f"{', '.join(one.seller)} and {', '.join(two.seller)} are two sellers")
    if buyer_shared:
        reason, weight = ("same target and buyer", BOTH_SIDES) if target_known else ("same buyer", ONE_BUYER)
        return Verdict(same=True, reason=reason, weight=weight)
    return _target_only(one, two) if target_known else _sale_of_unit(one, two)


def _sale_of_unit(one: Event, two: Event) -> Verdict:
    """Nobody is named but the seller: "IBM to sell its PC business" twice."""
    units = [set(parse_name(event.target or "").words) - _UNIT_WORDS for event in (one, two)]
    if _share(_named(one.seller), _named(two.seller)) and units[0] & units[1]:
        return Verdict(same=True, reason="same seller and unit", weight=ONE_TARGET)
    return Verdict.apart("no party in common")


def _target_only(one: Event, two: Event) -> Verdict:
    if {one.kind, two.kind} in _CONFUSED:
        return Verdict.apart(f"{one.kind} and {two.kind}, and no buyer in common")
    return Verdict(same=True, reason="same target", weight=2.0)


def _partners(one: Event, two: Event) -> Verdict:
    ours, theirs = _named((one.target, *one.buyers)), _named((two.target, *two.buyers))
    shared = sum(_share((name,), theirs) for name in ours)
    if shared >= 2:
        return Verdict(same=True, reason="same partners", weight=4.0)
    if shared and min(len(ours), len(theirs)) == 1:
        return Verdict(same=True, reason="same partner", weight=2.0)
    if shared:
        return Verdict.clashing("other partners")
    return Verdict.clashing("no partner in common") if ours and theirs else Verdict.apart("no party in common")


def _other_sides(one: Event, two: Event) -> Verdict:
    """Two targets: still one deal where an outlet names the seller for the unit, or swaps the sides."""
    targets = _named((one.target,)), _named((two.target,))
    buyers = _named(one.buyers), _named(two.buyers)
    sellers = _named(one.seller), _named(two.seller)
    if _share(*buyers) and (_share(targets[0], sellers[1]) or _share(targets[1], sellers[0])):
        return Verdict(same=True, reason="same buyer, and the seller of the other's target", weight=3.0)
    if _share(*buyers) and _share_head_and_sum(one, two):
        return Verdict(same=True, reason="same buyer and price, and companies of one name", weight=3.0)
    swapped = _share(targets[0], buyers[1]) and _share(targets[1], buyers[0])
    if swapped and Kind.FUNDING not in {one.kind, two.kind}:
        return Verdict(same=True, reason="same parties, told from the other side", weight=3.0)
    return Verdict.clashing(f"{one.target} is not {two.target}")


def _share_head_and_sum(one: Event, two: Event) -> bool:
    """IDFC AMC Trustee and IDFC Limited, at one price to one buyer: a group's units are told for each other."""
    ours, theirs = (parse_name(event.target or "") for event in (one, two))
    paid = one.amount is not None and two.amount is not None and agree(one.amount, two.amount)
    return paid and ours.distinctive and theirs.distinctive and ours.head == theirs.head


def _other_buyers(one: Event, two: Event) -> Verdict:
    """Two sets of buyers: one round may be told by each of its investors, a bid has one bidder."""
    if Kind.FUNDING in {one.kind, two.kind} and (_sums_agree(one, two) or _same_round(one, two)):
        return Verdict(same=True, reason="same company and round, other investors named", weight=2.0)
    if _same_price(one, two):
        return Verdict(same=True, reason="same company and price, the buyer under another name", weight=2.0)
    return Verdict.clashing(f"{', '.join(one.buyers)} and {', '.join(two.buyers)} are rivals")


def _same_price(one: Event, two: Event) -> bool:
    """Parent and subsidiary are told for each other; but two bidders may be rumoured at one price."""
    firm = Status.RUMORED not in {one.status, two.status}
    return firm and bool(one.amount and two.amount) and one.amount == two.amount


def _round(event: Event) -> str:
    return (event.round or "").casefold().strip()


def _same_round(one: Event, two: Event) -> bool:
    return bool(_round(one)) and _round(one) == _round(two)


def _rounds_differ(one: Event, two: Event) -> bool:
    return _round(one) != _round(two) and {_round(one), _round(two)} <= LADDER


def _sums_agree(one: Event, two: Event) -> bool | None:
    """Return True where a figure agrees, False where figures exclude one deal, None where nothing can be said."""
    if one.valuation and two.valuation and agree(one.valuation, two.valuation):
        return True
    pairs = ((one.amount, two.amount), (one.amount, two.valuation), (one.valuation, two.amount))
    if any(a and b and agree(a, b) for a, b in pairs):
        return True
    times = ratio(one.amount, two.amount) if one.amount and two.amount else None
    if times is None or _is_part_of_round(one, two) or _is_part_of_round(two, one):
        return None
    return None if times <= _tolerance(one, two) else False


def _is_part_of_round(part: Event, whole: Event) -> bool:
    """One investor's share is less than the round: Nvidia's $30B of OpenAI's $110B."""
    if whole.kind is not Kind.FUNDING or not (part.amount and whole.amount):
        return False
    if part.kind is not Kind.STAKE and not (part.kind is Kind.FUNDING and len(part.buyers) == 1 < len(whole.buyers)):
        return False
    smaller = part.amount.currency == whole.amount.currency and part.amount.value < whole.amount.value
    return smaller and _share(_named(part.buyers), _named(whole.buyers))


def _tolerance(one: Event, two: Event) -> float:
    if one.kind is Kind.FUND:
        return CLOSE
    if Status.RUMORED in {one.status, two.status} or one.kind is Kind.IPO:
        return LOOSE
    shared = _share(_named(one.buyers), _named(two.buyers)) and _share(_named((one.target,)), _named((two.target,)))
    return LOOSE if shared and Kind.FUNDING not in {one.kind, two.kind} else CORRECTION


def _is_new_rumour(one: Event, two: Event, gap: timedelta) -> bool:
    done = one.status is Status.COMPLETED or (one.status is Status.ANNOUNCED and one.kind in _DONE_AT_ONCE)
    return done and two.status is Status.RUMORED and gap > NEAR
