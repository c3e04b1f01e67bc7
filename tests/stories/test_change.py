from bot.model.enums import Status
from bot.model.story import Fact, FieldChange, StoryChange
from bot.stories.change import compare, say
from bot.stories.fold import fold
from tests.stories.telling import ANNOUNCED, CANCELLED, COMPLETED, RUMORED, bid, joins, raises, stake, usd


def changes(*facts: Fact) -> StoryChange:
    """What the last fact did."""
    return compare(fold(facts[:-1], story_id="s1"), fold(facts, story_id="s1"))


def test_a_story_that_nobody_told_before_is_new() -> None:
    change = compare(None, fold([bid("A", 0, "Cove", "Meta")], story_id="s1"))
    assert change.is_new
    assert change.is_material
    assert say(change) == ""


def test_rumour_announcement_and_correction_make_two_material_changes() -> None:
    told = [
        stake("The Wire", 0, "Scale AI", "Meta", status=RUMORED, amount=usd(14_000)),
        stake("Reuters", 20, "Scale AI", "Meta", amount=usd(14_000)),
        stake("AP", 21, "Scale AI", "Meta Platforms", amount=usd(14_000)),
        stake("FT", 30, "Scale AI", "Meta", amount=usd(14_300)),
    ]
    done = [changes(*told[:size]) for size in (2, 3, 4)]
    assert [change.is_material for change in done] == [True, False, True]
    assert [change.turn for change in done] == [Status.ANNOUNCED, None, None]
    assert [say(change) for change in done] == ["now announced, was rumour", "", "amount now $14.3B, was $14B"]


def test_a_further_source_is_no_change() -> None:
    assert not changes(bid("A", 0, "Cove", "Meta"), bid("B", 1, "Cove", "Meta")).is_material


def test_a_fuller_name_is_no_change() -> None:
    assert not changes(bid("A", 0, "Cove", "Meta"), bid("B", 1, "Cove", "Meta Platforms")).is_material


def test_a_role_in_other_words_is_no_change() -> None:
    facts = joins("A", 0, "Jane Doe", "Cove", "CEO"), joins("B", 1, "Jane Doe", "Cove", "chief executive officer")
    assert not changes(*facts).is_material


def test_a_round_told_as_done_after_it_was_announced_is_no_change() -> None:
    facts = raises("A", 0, "Cove", amount=usd(5)), raises("B", 1, "Cove", amount=usd(5), status=COMPLETED)
    assert not changes(*facts).is_material


def test_a_takeover_that_is_done_or_called_off_is_a_turn() -> None:
    first = bid("A", 0, "Cove", "Meta", status=ANNOUNCED)
    assert changes(first, bid("B", 99, "Cove", "Meta", status=COMPLETED)).turn is Status.COMPLETED
    off = changes(first, bid("B", 99, "Cove", "Meta", status=CANCELLED))
    assert off.turn is Status.CANCELLED
    assert say(off) == "now called off, was announced"


def test_what_becomes_known_is_a_change() -> None:
    change = changes(
        raises("A", 0, "Cove", amount=usd(5)),
        raises("B", 1, "Cove", "Lead Edge", amount=usd(5), valuation=usd(80), round="Seed", lead=("Lead Edge",)),
    )
    assert change.changes == (
        FieldChange(field="valuation", before=None, after="$80M"),
        FieldChange(field="round", before=None, after="Seed"),
        FieldChange(field="lead", before=None, after="Lead Edge"),
        FieldChange(field="parties", before=None, after="Lead Edge"),
    )
    assert say(change) == "valuation: $80M; round: Seed; lead: Lead Edge; parties: Lead Edge"


def test_a_person_who_gets_a_name_is_a_change() -> None:
    change = changes(joins("A", 0, None, "Cove", "CEO"), joins("B", 1, "Jane Doe", "Cove", "CEO"))
    assert say(change) == "person: Jane Doe"
