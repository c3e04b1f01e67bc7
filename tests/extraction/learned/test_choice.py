"""Strictly one event a deal, the surest first."""

from dataclasses import replace

from bot.extraction.learned.scorer import chosen, clash
from bot.model.enums import Change, Kind, Status
from bot.model.event import Event, Evidence, Money

DEAL = Event(
    kind=Kind.ACQUISITION,
    status=Status.ANNOUNCED,
    target="Zeta",
    buyers=("Acme",),
    amount=Money(value=5e6, currency="USD"),
)


def test_one_target_is_one_deal() -> None:
    assert clash(DEAL, replace(DEAL, kind=Kind.STAKE, buyers=()))


def test_one_buyer_paying_one_sum_is_one_deal() -> None:
    assert clash(DEAL, replace(DEAL, target="Zeta's pipes unit of Delaware"))


def test_parties_crosswise_are_one_deal() -> None:
    assert clash(DEAL, Event(kind=Kind.MERGER, status=Status.ANNOUNCED, target="Acme", buyers=("Zeta",)))


def test_two_people_are_two_events() -> None:
    one = Event(kind=Kind.LEADERSHIP, status=Status.ANNOUNCED, person="Ann Lee", change=Change.JOINS, company="Acme")
    assert not clash(one, replace(one, change=Change.LEAVES))


def test_the_surest_is_kept_and_the_unsure_are_not() -> None:
    events = [replace(DEAL, confidence=0.6), replace(DEAL, target="Zeta Ltd", confidence=0.9)]
    assert [e.confidence for e in chosen(events, threshold=0.5)] == [0.9]
    assert chosen([replace(DEAL, confidence=0.3)], threshold=0.5) == []


def test_an_event_without_a_party_is_none() -> None:
    assert chosen([Event(kind=Kind.FUNDING, status=Status.ANNOUNCED)], threshold=0.5) == []


def test_nobody_takes_up_and_leaves_one_role_of_one_company() -> None:
    comes = Event(
        kind=Kind.LEADERSHIP, status=Status.ANNOUNCED, person="Ann Lee", change=Change.JOINS, company="Acme", role="CEO"
    )
    goes = replace(comes, person="Lee", change=Change.LEAVES, role="chief executive")
    assert clash(comes, goes)
    assert not clash(comes, replace(goes, role="chair"))
    assert not clash(comes, replace(goes, company="Zeta"))


def test_one_buyer_taking_one_share_is_one_deal_with_the_figures_of_both_tellings() -> None:
    sure = replace(DEAL, kind=Kind.STAKE, stake_percent=49.0, confidence=0.9)
    worth = Money(value=29e9, currency="USD")
    twin = replace(sure, target="Ravelin Air", amount=None, valuation=worth, confidence=0.6)
    assert chosen([sure, twin], threshold=0.5) == [replace(sure, valuation=worth)]
    assert len(chosen([sure, replace(twin, stake_percent=5.0)], threshold=0.5)) == 2


def test_a_shortened_name_is_one_deal_unless_another_buyer_wants_it() -> None:
    full, short = replace(DEAL, target="Zeta Mahan Bank", amount=None), replace(DEAL, target="Zeta Bank", amount=None)
    assert clash(full, short)
    assert clash(full, replace(short, buyers=()))
    assert not clash(full, replace(short, buyers=("Globex",)))
    assert not clash(full, replace(short, target="Mahan Bank of Zeta"))


def test_one_figure_of_the_text_is_one_deal_s() -> None:
    told = Evidence(field="amount", start=20, end=24, quote="$10m", method="model:tagger", confidence=0.9)
    first = Event(
        kind=Kind.IPO, status=Status.ANNOUNCED, target="Zeta", amount=Money(value=1e7, currency="USD"), evidence=(told,)
    )
    assert clash(first, replace(first, target="Gore"))
    assert not clash(first, replace(first, target="Gore", evidence=(replace(told, start=80, end=84),)))


def test_who_invests_in_a_round_does_not_raise_one_beside_it_however_sure() -> None:
    right = Event(kind=Kind.FUNDING, status=Status.ANNOUNCED, target="Zeta", buyers=("Acme", "Globex"), confidence=0.6)
    wrong = replace(right, target="Globex", buyers=("Acme",), confidence=0.9)
    assert chosen([wrong, right], threshold=0.5) == [right]
    assert chosen([wrong, replace(right, confidence=0.4)], threshold=0.5) == [wrong]
    assert len(chosen([replace(wrong, buyers=("Initech",)), right], threshold=0.5)) == 2


def test_a_change_that_names_nobody_is_told_by_the_one_that_does() -> None:
    named = Event(
        kind=Kind.LEADERSHIP, status=Status.ANNOUNCED, person="Ann Lee", change=Change.JOINS, company="Acme SE",
        role="chief executive", confidence=0.9,
    )  # fmt: skip
    nameless = replace(named, person=None, company="Acme Group", role="CEO", confidence=0.8)
    assert chosen([nameless, named], threshold=0.5) == [named]
    surer = replace(nameless, confidence=0.95)
    assert [e.person for e in chosen([surer, named], threshold=0.5)] == ["Ann Lee"]
    assert len(chosen([replace(nameless, role="CFO"), named], threshold=0.5)) == 2
