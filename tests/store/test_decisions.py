from datetime import timedelta

from sqlite_utils import Database

from bot.model.enums import Outcome
from bot.store import decisions, items
from bot.store.decisions import Decision
from tests.stocked import article, channel, feed, subscribe, workspace
from tests.stories.telling import START

URL = "https://news.example/a"


def log(db: Database, item: int | None, outcome: Outcome, *, detail: str = "", place: int | None = None) -> None:
    assert item is not None
    decisions.log(db, [Decision(item=item, outcome=outcome, detail=detail, channel=place)], now=START)


def outcomes(db: Database, viewer: str | None = None) -> list[Outcome]:
    return [line.outcome for line in decisions.of_url(db, URL, viewer=viewer)]


def test_what_was_decided_about_an_article_is_told_in_order(db: Database) -> None:
    item = items.add(db, feed(db), article("a"), now=START)
    log(db, item, Outcome.FIRST_POLL, detail="why")
    log(db, item, Outcome.MERGED)
    assert outcomes(db) == [Outcome.FIRST_POLL, Outcome.MERGED]
    first = decisions.of_url(db, URL)[0]
    assert (first.detail, first.at, first.item) == ("why", START, item)
    assert decisions.of_url(db, "https://news.example/other") == ()


def test_a_channels_decision_is_told_to_its_workspace_alone(db: Database) -> None:
    place = subscribe(db, channel(db, of="acme"))
    log(db, items.add(db, feed(db), article("a"), now=START), Outcome.ALERTED, place=place)
    assert outcomes(db, workspace(db, "acme").id) == [Outcome.ALERTED]
    assert outcomes(db, workspace(db, "rival").id) == []
    assert outcomes(db) == []


def test_a_workspaces_own_feed_is_told_to_it_alone(db: Database) -> None:
    acme = workspace(db, "acme")
    log(db, items.add(db, feed(db, of=acme), article("a"), now=START), Outcome.NO_EVENT)
    assert outcomes(db, acme.id) == [Outcome.NO_EVENT]
    assert outcomes(db, workspace(db, "rival").id) == []
    assert outcomes(db) == []


def test_old_decisions_are_forgotten(db: Database) -> None:
    log(db, items.add(db, feed(db), article("a"), now=START), Outcome.NO_EVENT)
    assert decisions.forget(db, before=START) == 0
    assert decisions.forget(db, before=START + timedelta(seconds=1)) == 1
    assert outcomes(db) == []
