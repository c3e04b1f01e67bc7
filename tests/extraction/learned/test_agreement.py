"""The rules bear witness and fill what the tagger left open."""

from dataclasses import replace

from bot.extraction.learned.agreement import agreeing, filled
from bot.model.enums import Change, Kind, Status
from bot.model.event import Event, Money

DEAL = Event(kind=Kind.ACQUISITION, status=Status.ANNOUNCED, target="Zeta", buyers=("Acme",))
HIRE = Event(kind=Kind.LEADERSHIP, status=Status.ANNOUNCED, person="Ann Lee", change=Change.JOINS)


def test_a_deal_of_one_target_and_family_agrees() -> None:
    assert agreeing(DEAL, [HIRE, replace(DEAL, kind=Kind.MERGER, target="Zeta Inc")]) is not None


def test_another_direction_of_change_does_not() -> None:
    assert agreeing(HIRE, [replace(HIRE, change=Change.LEAVES)]) is None


def test_empty_fields_are_filled_and_others_kept() -> None:
    told = replace(DEAL, target="Zeta Ltd", amount=Money(value=5e6, currency="USD"), stake_percent=51.0)
    event = filled(DEAL, told)
    assert event.target == "Zeta"
    assert event.amount == told.amount
    assert event.stake_percent == 51.0


def test_the_rules_read_lists_of_parties_to_the_end() -> None:
    assert filled(DEAL, replace(DEAL, buyers=("Acme", "Bolt"))).buyers == ("Acme", "Bolt")


def test_a_merger_takes_no_stake() -> None:
    assert filled(replace(DEAL, kind=Kind.MERGER), replace(DEAL, stake_percent=51.0)).stake_percent is None


def test_without_a_witness_nothing_changes() -> None:
    assert filled(DEAL, None) is DEAL
