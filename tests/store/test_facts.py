import sqlite3
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from sqlite_utils import Database

from bot.model.event import Evidence, Money
from bot.model.story import Fact
from bot.store import Store, facts, items
from bot.stories.match import block_keys
from tests.stocked import article, feed, story, workspace
from tests.stories.strategies import facts as any_facts
from tests.stories.telling import bid, joins, usd

PROOF = (
    Evidence(field="target", start=0, end=4, quote="Cove was bought.", method="rule:buys", confidence=0.9),
    Evidence(field="trigger", start=9, end=15, quote="Cove was bought. 🚀", method="rule:buys", confidence=0.7),
)


def add(db: Database, fact: Fact, *, of: str | None = "s1") -> Fact:
    item = items.add(db, feed(db), article(fact.id), now=fact.first_seen)
    assert item is not None
    facts.add(db, fact, item=item, keys=block_keys(fact), story=of)
    return fact


def test_a_fact_comes_back_as_it_was_with_its_evidence(db: Database) -> None:
    story(db)
    whole = bid(
        "Reuters", 0, "Çöve 🚀", "Meta", "A", lead=("Meta",), seller=("B",), amount=usd(14_300), stake_percent=49.5,
        valuation=Money(value=2.9e10, currency="EUR"), round="Series B", evidence=PROOF,
    )  # fmt: skip
    assert facts.of_story(db, "s1", viewer=None) == ()
    add(db, whole)
    assert facts.of_story(db, "s1", viewer=None) == (whole,)


def test_a_leadership_change_comes_back_as_it_was(db: Database) -> None:
    story(db)
    whole = add(db, joins("Reuters", 0, "Jane Doe", "Cove", "interim CEO", interim=True))
    assert facts.of_story(db, "s1", viewer=None) == (whole,)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50)
@given(fact=any_facts)
def test_any_fact_comes_back_as_it_was(fact: Fact) -> None:
    store = Store(":memory:")
    with store.write() as db:
        story(db)
        add(db, fact)
        assert facts.of_story(db, "s1", viewer=None) == (fact,)
    store.close()


def test_a_story_s_facts_stand_in_order_of_publication(db: Database) -> None:
    story(db)
    late, early = add(db, bid("A", 2, "Cove", "Meta")), add(db, bid("B", 1, "Cove", "Meta"))
    assert facts.of_story(db, "s1", viewer=None) == (early, late)


def test_a_workspaces_facts_are_seen_by_it_alone(db: Database) -> None:
    acme, rival = workspace(db, "acme"), workspace(db, "rival")
    story(db)
    common = add(db, bid("A", 1, "Cove", "Meta"))
    own = add(db, replace(bid("B", 2, "Cove", "Meta"), audience=acme.id))
    assert facts.of_story(db, "s1", viewer=acme.id) == (common, own)
    assert facts.of_story(db, "s1", viewer=rival.id) == (common,)
    assert facts.of_story(db, "s1", viewer=None) == (common,)


def test_facts_that_share_a_key_are_found_with_their_stories(db: Database) -> None:
    story(db)
    told, untold = add(db, bid("A", 1, "Cove", "Meta")), add(db, bid("B", 2, "Cove", "Meta"), of=None)
    add(db, bid("C", 1, "Elsewhere", "Nobody Else"))
    found = facts.sharing(db, block_keys(bid("D", 3, "Cove", "Meta")))
    assert {key: owner for key, (_, owner) in found.items()} == {told.id: "s1", untold.id: None}


def test_history_shares_with_nothing(db: Database) -> None:
    story(db)
    add(db, bid("A", 1, "Cove", "Meta", background=True), of=None)
    assert facts.sharing(db, block_keys(bid("B", 1, "Cove", "Meta"))) == {}


def test_a_fact_can_be_put_under_another_story(db: Database) -> None:
    story(db, "s1")
    story(db, "s2")
    fact = add(db, bid("A", 1, "Cove", "Meta"), of="s1")
    facts.move(db, [fact.id], story="s2")
    assert facts.of_story(db, "s1", viewer=None) == ()
    assert facts.of_story(db, "s2", viewer=None) == (fact,)


def test_a_fact_is_written_once(db: Database) -> None:
    story(db)
    fact = add(db, bid("A", 1, "Cove", "Meta"))
    with pytest.raises(sqlite3.IntegrityError):
        facts.add(db, fact, item=1, keys=())
