import pytest

from bot.model.enums import Kind, Status
from bot.model.event import Money
from bot.model.story import Fact, Story
from bot.stories.fold import fold
from tests.stories.telling import ANNOUNCED, CANCELLED, COMPLETED, RUMORED, bid, joins, raises, stake, usd


def story(*facts: Fact) -> Story:
    return fold(facts, story_id="s1")


def status_of(*told: tuple[str, Status]) -> Status:
    return story(
        *(bid(source, hours, "Cove", "Meta", status=status) for hours, (source, status) in enumerate(told))
    ).status


def amount_of(*told: tuple[str, Status, float]) -> Money | None:
    facts = (bid(source, hours, "Cove", "Meta", status=status, amount=usd(sum_))
             for hours, (source, status, sum_) in enumerate(told))  # fmt: skip
    return story(*facts).amount


def test_the_status_moves_from_rumour_to_announced_to_completed() -> None:
    assert status_of(("A", RUMORED)) is RUMORED
    assert status_of(("A", RUMORED), ("B", ANNOUNCED)) is ANNOUNCED
    assert status_of(("A", RUMORED), ("B", ANNOUNCED), ("A", COMPLETED)) is COMPLETED


def test_a_rumour_told_again_late_moves_nothing_back() -> None:
    assert status_of(("A", ANNOUNCED), ("B", RUMORED)) is ANNOUNCED
    assert status_of(("A", CANCELLED), ("B", RUMORED)) is CANCELLED


def test_what_is_called_off_after_the_announcement_is_called_off() -> None:
    assert status_of(("A", ANNOUNCED), ("B", CANCELLED)) is CANCELLED
    assert status_of(("A", COMPLETED), ("B", CANCELLED)) is CANCELLED


def test_one_outlet_that_still_tells_the_announcement_does_not_revive_a_deal() -> None:
    assert status_of(("A", ANNOUNCED), ("B", CANCELLED), ("C", ANNOUNCED)) is CANCELLED


def test_two_outlets_that_announce_anew_or_one_that_tells_it_done_revive_a_deal() -> None:
    assert status_of(("A", CANCELLED), ("B", ANNOUNCED), ("C", ANNOUNCED)) is ANNOUNCED
    assert status_of(("A", CANCELLED), ("B", COMPLETED)) is COMPLETED


def test_a_firm_figure_beats_a_rumoured_one_whenever_it_was_told() -> None:
    assert amount_of(("A", RUMORED, 500), ("B", ANNOUNCED, 650)) == usd(650)
    assert amount_of(("A", ANNOUNCED, 650), ("B", RUMORED, 500), ("C", RUMORED, 500)) == usd(650)


def test_a_correction_after_the_announcement_wins_and_the_conflict_is_kept() -> None:
    facts = [bid("A", 0, "Cove", "Meta", amount=usd(5900)), bid("B", 5, "Cove", "Meta", amount=usd(6500))]
    folded = story(*facts)
    assert folded.amount == usd(6500)
    assert [(claim.value, claim.facts) for claim in folded.amounts] == [
        (usd(6500), (facts[1].id,)),
        (usd(5900), (facts[0].id,)),
    ]


def test_an_outlet_that_corrects_itself_replaces_its_own_figure() -> None:
    told = story(*(bid("Wire", hours, "Cove", "Meta", amount=usd(sum_)) for hours, sum_ in ((0, 3), (2, 6))))
    assert told.amount == usd(6)
    assert [claim.value for claim in told.amounts] == [usd(6)]


def test_an_outlet_that_rounds_its_own_figure_takes_nothing_back() -> None:
    told = story(*(bid("Wire", hours, "Cove", "Meta", amount=usd(sum_)) for hours, sum_ in ((0, 14_300), (2, 14_000))))
    assert told.amount == usd(14_300)


def test_a_correction_falls_when_more_outlets_stand_by_the_old_figure() -> None:
    told = [("A", ANNOUNCED, 5900), ("B", ANNOUNCED, 6500), ("C", ANNOUNCED, 5900)]
    assert amount_of(*told) == usd(6500)
    assert amount_of(*told, ("D", ANNOUNCED, 5900)) == usd(5900)


def test_the_same_outlet_twice_counts_once() -> None:
    told = [("A", ANNOUNCED, 5900), ("B", ANNOUNCED, 6500), ("C", ANNOUNCED, 5900), ("C", ANNOUNCED, 5900)]
    assert amount_of(*told) == usd(6500)


def test_a_rounded_figure_corrects_nothing_and_the_exact_one_wins_from_either_side() -> None:
    assert amount_of(("A", ANNOUNCED, 14_300), ("B", ANNOUNCED, 14_000), ("C", ANNOUNCED, 14_000)) == usd(14_300)
    assert amount_of(("A", ANNOUNCED, 14_000), ("B", ANNOUNCED, 14_300)) == usd(14_300)


def test_the_same_sum_in_another_currency_corrects_nothing() -> None:
    euros = Money(value=2e9, currency="EUR")
    folded = story(stake("A", 0, "Ubisoft", "B", amount=euros), stake("B", 1, "Ubisoft", "B", amount=usd(2450)))
    assert folded.amount == euros


def test_a_sum_of_nought_is_no_sum() -> None:
    assert amount_of(("A", ANNOUNCED, 0)) is None


def test_names_are_the_fullest_that_were_told() -> None:
    folded = story(
        bid("A", 0, "Scale", "Meta"),
        bid("B", 1, "Scale AI", "Meta Platforms, Inc."),
        bid("C", 2, "Scale AI", "Meta Platforms"),
    )
    assert (folded.target, folded.buyers) == ("Scale AI", ("Meta Platforms",))


def test_buyers_are_united_and_a_company_does_not_buy_itself() -> None:
    folded = story(
        raises("A", 0, "Cove", "Lead Edge", round="Seed", amount=usd(5)),
        raises("B", 1, "Cove", "Sequoia", "Lead Edge Capital", "Cove, Inc.", round="Seed", amount=usd(5)),
    )
    assert folded.buyers == ("Lead Edge Capital", "Sequoia")


def test_a_rumoured_investor_goes_once_the_announcement_names_investors() -> None:
    folded = story(
        raises("A", 0, "Cove", "Tiger", status=RUMORED, amount=usd(5)),
        raises("B", 1, "Cove", "Sequoia", amount=usd(5)),
    )
    assert folded.buyers == ("Sequoia",)


def test_the_kind_is_the_one_that_the_firmest_and_most_outlets_tell() -> None:
    folded = story(
        bid("A", 0, "Scale AI", "Meta", status=RUMORED), bid("B", 0, "Scale AI", "Meta", status=RUMORED),
        stake("C", 1, "Scale AI", "Meta"),
    )  # fmt: skip
    assert folded.kind is Kind.STAKE


def test_interim_is_kept_though_one_outlet_leaves_it_out() -> None:
    assert story(
        joins("A", 0, "J. Droege", "Scale AI", "CEO", interim=True), joins("B", 1, "Jason Droege", "Scale AI", "CEO")
    ).interim


def test_a_person_has_the_fullest_name() -> None:
    assert story(joins("A", 0, "Droege", "Scale"), joins("B", 1, "Jason Droege", "Scale AI")).person == "Jason Droege"


def test_independent_outlets_raise_the_confidence_and_one_outlet_twice_does_not() -> None:
    one = bid("A", 0, "Cove", "Meta", confidence=0.6)
    again = bid("A", 1, "Cove", "Meta", confidence=0.6)
    other = bid("B", 1, "Cove", "Meta", confidence=0.6)
    assert story(one).confidence == pytest.approx(0.6)
    assert story(one, again).confidence == pytest.approx(0.6)
    assert story(one, other).confidence == pytest.approx(0.72)


def test_sources_stand_once_each_with_the_earliest_first() -> None:
    facts = [bid("B", 2, "Cove", "Meta"), bid("A", 1, "Cove", "Meta"), bid("B", 0, "Cove", "Meta")]
    folded = story(*facts)
    assert [(source.name, source.url) for source in folded.sources] == [("B", facts[2].url), ("A", facts[1].url)]


def test_history_does_not_bend_the_news() -> None:
    folded = story(raises("A", 0, "Cove", amount=usd(50)), raises("B", 1, "Cove", amount=usd(9), background=True))
    assert folded.amounts == (folded.amounts[0],)
    assert folded.amount == usd(50)
