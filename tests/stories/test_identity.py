from bot.stories.identity import reconcile
from tests.stories.telling import bid

A, B, C, D = (
    bid(
        name,
        hours,
        "Cove",
        "Meta",
    )
    for hours, name in enumerate("ABCD")
)


def ids(*facts: object) -> frozenset[str]:
    return frozenset(fact.id for fact in facts)  # type: ignore[attr-defined]


def test_a_part_without_a_story_is_new() -> None:
    result = reconcile({}, [(A, B)])
    assert (result.kept, result.aliases, result.new) == ({}, {}, ((A, B),))


def test_a_story_that_grows_keeps_its_id() -> None:
    result = reconcile({"s1": ids(A)}, [(A, B)])
    assert (result.kept, result.aliases, result.new) == ({"s1": (A, B)}, {}, ())


def test_of_two_stories_that_meet_the_older_id_stays_and_the_other_points_to_it() -> None:
    result = reconcile({"old": ids(A), "young": ids(B, C)}, [(A, B, C, D)])
    assert (result.kept, result.aliases, result.new) == ({"old": (A, B, C, D)}, {"young": "old"}, ())


def test_a_story_that_is_split_follows_most_of_its_facts() -> None:
    result = reconcile({"s1": ids(A, B, C)}, [(A,), (B, C)])
    assert (result.kept, result.aliases, result.new) == ({"s1": (B, C)}, {}, ((A,),))


def test_on_a_tie_the_story_follows_the_earlier_part() -> None:
    assert reconcile({"s1": ids(A, B)}, [(A,), (B,)]).kept == {"s1": (A,)}


def test_a_story_without_facts_here_is_left_alone() -> None:
    result = reconcile({"far": ids(D), "s1": ids(A)}, [(A,)])
    assert (result.kept, result.aliases) == ({"s1": (A,)}, {})
