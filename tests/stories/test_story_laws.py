"""Laws that hold for any facts."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.model.story import Fact
from bot.model.text import graphemes
from bot.stories.card import MOST_SOURCES, card
from bot.stories.change import compare
from bot.stories.fold import fold
from bot.stories.identity import reconcile
from bot.stories.match import block_keys, same_story
from bot.stories.partition import gather, partition
from tests.stories.strategies import facts, sets_of, wild_facts

randoms = st.randoms(use_true_random=False)


def shuffled(told: list[Fact], random: Random) -> list[Fact]:
    return random.sample(told, len(told))


@given(sets_of(facts, least=2))
def test_whether_two_facts_are_one_story_does_not_depend_on_their_order(told: list[Fact]) -> None:
    a, b, *_ = told
    assert same_story(a, b).same == same_story(b, a).same
    assert same_story(a, b).clash == same_story(b, a).clash


@given(facts, facts)
def test_two_facts_of_one_story_share_a_block_key(a: Fact, b: Fact) -> None:
    if same_story(a, b).same:
        assert block_keys(a) & block_keys(b)


@given(sets_of(facts), randoms)
def test_the_partition_does_not_depend_on_the_order_of_arrival(told: list[Fact], random: Random) -> None:
    assert partition(shuffled(told, random)) == partition(told)


@given(sets_of(facts))
def test_the_partition_loses_and_doubles_nothing(told: list[Fact]) -> None:
    assert sorted(fact.id for part in partition(told) for fact in part) == sorted(fact.id for fact in told)


@given(sets_of(facts))
def test_the_facts_of_one_story_are_one_story_when_partitioned_again(told: list[Fact]) -> None:
    for part in partition(told):
        assert partition(part) == (part,)


@given(sets_of(facts))
def test_no_story_holds_two_facts_that_contradict_each_other(told: list[Fact]) -> None:
    for part in partition(told):
        assert not any(same_story(a, b).clash for a in part for b in part if a is not b)


@given(sets_of(facts))
def test_what_is_gathered_around_a_fact_is_partitioned_as_the_whole_is(told: list[Fact]) -> None:
    around = gather(told[0], lambda keys: [fact for fact in told if keys & block_keys(fact)])
    whole = set(partition(told))
    assert set(partition(around)) <= whole


@given(sets_of(facts), randoms)
def test_the_fold_does_not_depend_on_the_order_of_arrival(told: list[Fact], random: Random) -> None:
    assert fold(shuffled(told, random), story_id="s") == fold(told, story_id="s")


@given(sets_of(facts))
def test_folding_a_fact_twice_changes_nothing(told: list[Fact]) -> None:
    assert fold([*told, told[0]], story_id="s") == fold(told, story_id="s")


@given(sets_of(facts))
def test_a_story_compared_with_itself_has_not_changed(told: list[Fact]) -> None:
    story = fold(told, story_id="s")
    change = compare(story, story)
    assert change.changes == ()
    assert not change.is_material


@given(sets_of(facts, least=2), st.integers(1, 7))
def test_ids_are_dealt_out_once_and_aliases_lead_to_a_living_story(told: list[Fact], at: int) -> None:
    old = {f"s{place}": frozenset(fact.id for fact in part) for place, part in enumerate(partition(told[:at]))}
    parts = partition(told)
    result = reconcile(old, parts)
    assert set(result.kept) | set(result.aliases) == set(old)
    assert set(result.aliases.values()) <= set(result.kept)
    assert {*result.kept.values(), *result.new} == set(parts)


@given(sets_of(wild_facts))
def test_a_card_keeps_its_limits_whatever_the_outlets_write(told: list[Fact]) -> None:
    shown = card(fold(told, story_id="s"))
    assert 0 < len(shown.headline) <= 150
    assert "\n" not in shown.headline
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in shown.headline)
    assert len(shown.sources) <= MOST_SOURCES
    assert len(shown.sources) <= shown.source_count
    texts = [span.text for row in shown.rows for span in row.spans]
    assert all(len(text) <= 2000 for text in texts)
    assert not any("None" in row.label or not row.spans for row in shown.rows)


@given(sets_of(wild_facts))
def test_wild_facts_are_partitioned_and_compared_without_error(told: list[Fact]) -> None:
    stories = [fold(part, story_id="s") for part in partition(told)]
    assert all(compare(stories[0], story) for story in stories)


@given(st.text())
def test_graphemes_put_together_are_the_text(text: str) -> None:
    assert "".join(graphemes(text)) == text
