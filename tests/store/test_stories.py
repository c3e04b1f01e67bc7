import pytest
from sqlite_utils import Database

from bot.store import stories
from tests.stocked import HOUR, found, story, workspace
from tests.stories.telling import START, bid, usd


def test_an_id_leads_to_its_story_and_an_unknown_one_to_none(db: Database) -> None:
    story(db)
    assert stories.resolve(db, "s1") == "s1"
    assert stories.resolve(db, "s2") is None
    assert stories.exists(db, "s1")
    assert not stories.exists(db, "s2")


def test_a_chain_of_aliases_leads_to_the_last(db: Database) -> None:
    for name in ("a", "b", "c"):
        story(db, name)
    stories.make_alias(db, "c", of="b")
    stories.make_alias(db, "b", of="a")
    assert [stories.resolve(db, name) for name in "abc"] == ["a", "a", "a"]


def test_a_circle_of_aliases_leads_nowhere(db: Database) -> None:
    for name in ("a", "b"):
        story(db, name)
    db.execute("UPDATE stories SET alias_of = CASE id WHEN 'a' THEN 'b' ELSE 'a' END")
    assert stories.resolve(db, "a") is None


def test_saving_again_keeps_the_age(db: Database) -> None:
    story(db, "s1", bid("A", 0, "Cove", "Meta"))
    story(db, "s1", bid("A", 5, "Cove", "Meta", amount=usd(5)), revision=2)
    ((created, revision),) = stories.ages(db, {"s1", "unknown"}).values()
    assert created.startswith("2025-06-12T08:00")
    assert revision == 2


def test_a_story_is_found_by_words_of_its_headline_and_its_titles(db: Database) -> None:
    story(db, "s1", bid("A", 0, "Cove", "Meta Platforms"))
    story(db, "s2", bid("A", 0, "Société Générale", "Meta Platforms"))
    assert found(db, "cove", viewer=None) == ("s1",)
    assert found(db, "meta COVE", viewer=None) == ("s1",)
    assert found(db, "societe", viewer=None) == ("s2",)
    assert set(found(db, "meta", viewer=None)) == {"s1", "s2"}
    assert found(db, "elsewhere", viewer=None) == ()


def test_words_of_an_older_revision_are_not_found(db: Database) -> None:
    story(db, "s1", bid("A", 0, "Cove", "Meta"))
    story(db, "s1", bid("A", 0, "Scale", "Meta"))
    assert found(db, "cove", viewer=None) == ()
    assert found(db, "scale", viewer=None) == ("s1",)


@pytest.mark.parametrize(
    "words",
    ['"', 'cove"', '"cove', "co*", "NOT", "NOT scale", "cove OR scale", "(", ")", "cove AND", "NEAR(a b)", "words:cove",
     "-cove", "^cove", "🚀", "cove 🚀🚀 \"", "'; DROP TABLE stories; --", "a\0b", "\0", "{cove}", "+", "%", "", "   "],
)  # fmt: skip
def test_words_are_data_not_syntax(db: Database, words: str) -> None:
    story(db, "s1", bid("A", 0, "Cove", "Meta"))
    assert set(found(db, words, viewer=None)) <= {"s1"}


def test_operators_are_words_to_be_found(db: Database) -> None:
    story(db, "s1", bid("A", 0, "Cove", "Meta"))
    story(db, "s2", bid("A", 0, "Not or Near", "Meta"))
    assert found(db, "cove OR near", viewer=None) == ()
    assert found(db, "NOT OR near", viewer=None) == ("s2",)


def test_an_emoji_beside_a_word_hides_nothing(db: Database) -> None:
    story(db, "s1", bid("A", 0, "Cove", "Meta"))
    assert found(db, "🚀 cove", viewer=None) == ("s1",)


def test_a_workspaces_own_story_is_found_by_it_alone(db: Database) -> None:
    acme, rival = workspace(db, "acme"), workspace(db, "rival")
    story(db, "s1", bid("A", 0, "Cove", "Meta"), audience=acme.id)
    assert found(db, "cove", viewer=acme.id) == ("s1",)
    assert found(db, "cove", viewer=rival.id) == ()
    assert found(db, "cove", viewer=None) == ()


def test_an_alias_is_not_found(db: Database) -> None:
    story(db, "s1", bid("A", 0, "Cove", "Meta"))
    story(db, "s2", bid("A", 0, "Cove", "Meta"))
    stories.make_alias(db, "s2", of="s1")
    assert found(db, "cove", viewer=None) == ("s1",)


def test_the_first_moment_for_a_recount_stands(db: Database) -> None:
    story(db)
    stories.recount_later(db, "s1", at=START + HOUR)
    stories.recount_later(db, "s1", at=START + 2 * HOUR)
    assert stories.to_recount(db, now=START) == ()
    assert stories.to_recount(db, now=START + HOUR) == ("s1",)
    stories.recount_later(db, "s1", at=None)
    assert stories.to_recount(db, now=START + 9 * HOUR) == ()


def test_an_alias_is_not_recounted(db: Database) -> None:
    story(db, "s1")
    story(db, "s2")
    stories.recount_later(db, "s2", at=START)
    stories.make_alias(db, "s2", of="s1")
    assert stories.to_recount(db, now=START + HOUR) == ()


def test_a_revision_moves_by_one(db: Database) -> None:
    story(db)
    assert [stories.bump(db, "s1"), stories.bump(db, "s1")] == [2, 3]
