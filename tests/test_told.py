"""What a channel is told, when, and how often: filters, digests, caps, quiet hours, mutes, watched companies."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.companies.watch import watch_keys
from bot.model.enums import Kind, Outcome, Status
from bot.model.event import Money
from bot.model.filter import Cadence, Delivery, Filter
from bot.model.subscription import ChannelSettings, Layout, Mute, Threads
from bot.model.watch import Watched
from bot.store import digests, preferences, watching
from bot.viewing import stories_for
from tests.stocked import LONG_AGO, channel, subscribe
from tests.stories.telling import CANCELLED, START, bid, raises, usd
from tests.test_recording import Newsroom, news

__all__ = ["news"]
FROM_TEN = Filter(minimum=Money(value=10e6, currency="USD"))
DAY = timedelta(days=1)


def cards(news: Newsroom) -> list[tuple[str, str]]:
    rows = news.db.execute("SELECT subject, due_at FROM cards ORDER BY id").fetchall()
    return [(row[0].split(":")[0], row[1]) for row in rows]


def outcomes(news: Newsroom) -> list[Outcome]:
    return [Outcome(row[0]) for row in news.db.execute("SELECT outcome FROM decisions ORDER BY id").fetchall()]


def test_a_story_that_grows_into_a_filter_is_posted_then_once(news: Newsroom) -> None:
    subscribe(news.db, channel(news.db), filter=FROM_TEN)
    news.tell(raises("Reuters", 0, "Cove", amount=None))
    assert cards(news) == []
    news.tell(raises("B", 1, "Cove", amount=usd(12)))
    assert len(cards(news)) == 1
    news.tell(raises("C", 2, "Cove", amount=usd(12)))
    assert len(cards(news)) == 1
    assert outcomes(news) == [Outcome.FILTERED, Outcome.ALERTED, Outcome.MERGED]


def test_a_daily_digest_is_one_card_at_its_time(news: Newsroom) -> None:
    subscribe(news.db, channel(news.db), delivery=Delivery(cadence=Cadence.DAILY))
    news.tell(raises("Reuters", 0, "Cove", amount=usd(5)))
    news.tell(raises("Reuters", 0.5, "Near", amount=usd(7)))
    assert cards(news) == []
    assert digests.close_due(news.db, now=START + timedelta(minutes=59)) == 0
    assert digests.close_due(news.db, now=START + timedelta(hours=1)) == 1
    assert [kind for kind, _ in cards(news)] == ["digest"]
    assert digests.close_due(news.db, now=START + DAY * 3) == 0
    card = news.db.execute("SELECT id FROM cards").fetchone()[0]
    kind, ids = digests.of_card(news.db, card)
    assert (kind, len(ids)) == ("daily", 2)


def test_rule_14_a_digest_keeps_its_hour_across_a_change_to_summer_time(news: Newsroom) -> None:
    row = subscribe(news.db, channel(news.db), delivery=Delivery(cadence=Cadence.DAILY))
    preferences.save_settings(news.db, row, ChannelSettings(zone="Europe/Berlin"))
    dues = []
    for day, name in ((datetime(2026, 3, 28, 7, tzinfo=UTC), "Cove"), (datetime(2026, 3, 28, 20, tzinfo=UTC), "Near")):
        news.tell(raises("Reuters", (day - START) / timedelta(hours=1), name, amount=usd(5)))
        dues.append(news.db.execute("SELECT max(due_at) FROM digest_entries").fetchone()[0])
    assert dues == ["2026-03-28T08:00:00.000000Z", "2026-03-29T07:00:00.000000Z"]


def test_rule_13_what_is_over_the_cap_becomes_one_card_at_the_end_of_the_hour(news: Newsroom) -> None:
    row = subscribe(news.db, channel(news.db))
    preferences.save_settings(news.db, row, ChannelSettings(cap=2))
    for name in ("Cove", "Near", "Stripe", "Monzo"):
        news.tell(raises("Reuters", 0, name, amount=usd(5)))
    assert [kind for kind, _ in cards(news)] == ["story", "story"]
    assert outcomes(news)[2:] == [Outcome.DIGEST, Outcome.DIGEST]
    assert digests.close_due(news.db, now=START + timedelta(hours=2)) == 1
    assert [kind for kind, _ in cards(news)] == ["story", "story", "digest"]


def test_beyond_the_cap_a_bigger_deal_takes_the_place_of_a_smaller_one_that_waits(news: Newsroom) -> None:
    row = subscribe(news.db, channel(news.db))
    preferences.save_settings(news.db, row, ChannelSettings(cap=2))
    for million, name in ((5, "Cove"), (40, "Near"), (900, "Stripe"), (1, "Monzo")):
        news.tell(raises("Reuters", 0, name, amount=usd(million)))
    shown = news.db.execute("SELECT usd FROM cards JOIN stories ON stories.id = story_id ORDER BY usd").fetchall()
    later = news.db.execute(
        "SELECT usd FROM digest_entries JOIN stories ON stories.id = story_id ORDER BY usd"
    ).fetchall()
    assert shown == [(40e6,), (900e6,)]
    assert later == [(1e6,), (5e6,)]


def test_quiet_hours_hold_a_card_back_until_they_end(news: Newsroom) -> None:
    row = subscribe(news.db, channel(news.db))
    preferences.save_settings(news.db, row, ChannelSettings(quiet=(time(7), time(10)), zone="UTC"))
    news.tell(raises("Reuters", 0, "Cove", amount=usd(5)))
    assert cards(news) == [("story", "2025-06-12T10:00:00.000000Z")]


def test_what_a_long_night_brings_beyond_the_cap_comes_in_one_card_in_the_morning(news: Newsroom) -> None:
    row = subscribe(news.db, channel(news.db))
    preferences.save_settings(news.db, row, ChannelSettings(quiet=(time(7), time(18)), zone="UTC", cap=2))
    for hour, name in enumerate(("Cove", "Near", "Stripe", "Monzo")):
        news.tell(raises("Reuters", 2 * hour, name, amount=usd(5)))
    assert cards(news) == [("story", "2025-06-12T18:00:00.000000Z")] * 2
    assert digests.close_due(news.db, now=START + timedelta(hours=9)) == 0
    assert digests.close_due(news.db, now=START + timedelta(hours=10)) == 1


def test_what_is_over_the_cap_as_the_quiet_hours_begin_waits_for_their_end(news: Newsroom) -> None:
    row = subscribe(news.db, channel(news.db))
    preferences.save_settings(news.db, row, ChannelSettings(quiet=(time(9), time(18)), zone="UTC", cap=1))
    for name in ("Cove", "Near"):
        news.tell(raises("Reuters", 0, name, amount=usd(5)))
    assert digests.close_due(news.db, now=START + timedelta(hours=2)) == 0
    assert digests.close_due(news.db, now=START + timedelta(hours=10)) == 1


@pytest.mark.parametrize(
    ("what", "name", "told"), [("company", "Cove", 0), ("company", "Covetous", 1), ("source", "Reuters", 0),
                               ("source", "news.example", 0), ("source", "other.example", 1)],
)  # fmt: skip
def test_what_is_muted_stays_silent(news: Newsroom, what: str, name: str, told: int) -> None:
    row = subscribe(news.db, channel(news.db))
    preferences.mute(news.db, row, Mute(id="m", what=what, name=name), by="U", now=LONG_AGO)
    news.tell(raises("Reuters", 0, "Cove", amount=usd(5)))
    assert len(cards(news)) == told
    assert outcomes(news) == [Outcome.ALERTED if told else Outcome.MUTED]


def test_a_mute_runs_out(news: Newsroom) -> None:
    row = subscribe(news.db, channel(news.db))
    mute = Mute(id="m", what="company", name="Cove", until=START - timedelta(minutes=1))
    preferences.mute(news.db, row, mute, by="U", now=LONG_AGO)
    news.tell(raises("Reuters", 0, "Cove", amount=usd(5)))
    assert len(cards(news)) == 1


def test_a_watched_company_alerts_and_another_does_not(news: Newsroom) -> None:
    row = subscribe(news.db, channel(news.db), filter=Filter(watched=True))
    company = Watched(name="Cove")
    watching.add(news.db, row, company, keys=watch_keys(company), by="U", now=LONG_AGO)
    news.tell(raises("Reuters", 0, "Covetrus", amount=usd(5)))
    assert cards(news) == []
    news.tell(raises("Reuters", 0, "Cove", amount=usd(5)))
    assert len(cards(news)) == 1


def test_a_channel_with_two_subscriptions_gets_one_card(news: Newsroom) -> None:
    where = channel(news.db)
    subscribe(news.db, where)
    subscribe(news.db, where, filter=replace(FROM_TEN), id="second")
    news.tell(raises("Reuters", 0, "Cove", amount=usd(50)))
    assert len(cards(news)) == 1


def test_a_big_turn_leaves_a_note_where_the_channel_wants_it(news: Newsroom) -> None:
    for name, threads in (("quiet", Threads.OFF), ("threads", Threads.TURNS)):
        row = subscribe(news.db, channel(news.db, name))
        preferences.save_settings(news.db, row, ChannelSettings(threads=threads, layout=Layout.COMPACT))
    news.tell(bid("A", 0, "Cove", "Meta"))
    news.deliver()
    news.tell(bid("B", 3, "Cove", "Meta", status=CANCELLED))
    news.tell(bid("C", 4, "Cove", "Meta", status=CANCELLED))
    assert [kind for kind, _ in cards(news)] == ["story", "story", "turn"]


@pytest.mark.parametrize(
    ("channels", "choices", "notes"),
    [
        (Threads.OFF, {True}, 1), (Threads.TURNS, {False}, 0), (Threads.OFF, {None}, 0), (Threads.TURNS, {None}, 1),
        (Threads.OFF, {False, True}, 1), (Threads.TURNS, {None, False}, 1),
    ],
)  # fmt: skip
def test_a_subscription_may_choose_otherwise_than_its_channel(
    news: Newsroom, channels: Threads, choices: set[bool | None], notes: int
) -> None:
    where = channel(news.db)
    for number, chosen in enumerate(choices):
        wish = Filter(companies=("Cove", "Meta")[: number + 1])
        row = subscribe(news.db, where, filter=wish, delivery=Delivery(threads=chosen), id=f"s{number}")
    preferences.save_settings(news.db, row, ChannelSettings(threads=channels))
    news.tell(bid("A", 0, "Cove", "Meta"))
    news.deliver()
    news.tell(bid("B", 3, "Cove", "Meta", status=CANCELLED))
    assert [kind for kind, _ in cards(news)] == ["story"] + ["turn"] * notes


def test_only_the_subscription_that_brought_the_card_chooses_whether_its_turns_are_told(news: Newsroom) -> None:
    where = channel(news.db)
    subscribe(news.db, where, filter=Filter(status=Status.ANNOUNCED), delivery=Delivery(threads=True), id="bids")
    subscribe(news.db, where, filter=Filter(companies=("Acme",)), delivery=Delivery(threads=True), id="other")
    subscribe(news.db, where, filter=Filter(kinds=frozenset({Kind.FUNDING})), id="rounds")
    news.tell(bid("A", 0, "Cove", "Meta"))
    news.deliver()
    news.tell(bid("B", 3, "Cove", "Meta", status=CANCELLED))  # no longer announced, but its card stands
    assert [kind for kind, _ in cards(news)] == ["story", "turn"]


def test_a_note_on_a_big_turn_waits_for_the_end_of_the_quiet_hours(news: Newsroom) -> None:
    row = subscribe(news.db, channel(news.db))
    preferences.save_settings(news.db, row, ChannelSettings(threads=Threads.TURNS, quiet=(time(10), time(18))))
    news.tell(bid("A", 0, "Cove", "Meta"))
    news.deliver()
    news.tell(bid("B", 3, "Cove", "Meta", status=CANCELLED))
    assert cards(news)[1] == ("turn", "2025-06-12T18:00:00.000000Z")


@pytest.mark.parametrize(("days", "stories"), [(29, 1), (31, 2)])
def test_after_thirty_quiet_days_a_story_is_closed_and_a_new_report_opens_another(
    news: Newsroom, days: int, stories: int
) -> None:
    subscribe(news.db, channel(news.db))
    news.tell(bid("A", 0, "Cove", "Meta", amount=usd(900)))
    news.deliver()
    news.tell(bid("B", 24 * days, "Cove", "Meta", amount=usd(950)))
    assert len(news.stories()) == stories
    assert [kind for kind, _ in cards(news)] == ["story"] * stories


def test_a_story_that_is_told_on_and_on_stays_open(news: Newsroom) -> None:
    for days in (0, 20, 40, 60):
        news.tell(bid(f"Outlet {days}", 24 * days, "Cove", "Meta"))
    assert len(news.stories()) == 1


def rounds(news: Newsroom, *, join: bool = False) -> None:
    """An investor's and a company's side of one round, which only a third report joins."""
    if join:
        news.tell(raises("C", 0.4, "Cove", "Lightspeed", "Accel", amount=usd(51)))
        return
    news.tell(raises("A", 0, "Cove", amount=usd(50)))
    news.tell(raises("B", 0.2, None, "Lightspeed", "Accel", amount=usd(52)))


def told_in(news: Newsroom) -> list[int]:
    """How many stories each digest shows."""
    cards = [row[0] for row in news.db.execute("SELECT id FROM cards WHERE subject LIKE 'digest:%' ORDER BY id")]
    return [len(stories_for(news.db, digests.of_card(news.db, card)[1], viewer=None)) for card in cards]


def test_two_stories_of_a_digest_that_turn_out_to_be_one_are_told_as_one(news: Newsroom) -> None:
    subscribe(news.db, channel(news.db), delivery=Delivery(cadence=Cadence.DAILY))
    rounds(news)
    rounds(news, join=True)
    digests.close_due(news.db, now=START + timedelta(hours=1))
    assert told_in(news) == [1]


def test_a_story_that_a_digest_told_is_not_told_again_when_it_joins_an_older_one(news: Newsroom) -> None:
    subscribe(news.db, channel(news.db), delivery=Delivery(cadence=Cadence.DAILY, at=time(8, 15)))
    rounds(news)
    digests.close_due(news.db, now=START + timedelta(minutes=20))
    rounds(news, join=True)
    news.tell(raises("D", 1, "Cove", "Lightspeed", "Accel", amount=usd(51)))
    digests.close_due(news.db, now=START + timedelta(days=2))
    assert told_in(news) == [1]
    assert news.db.execute("SELECT count(*) FROM digest_entries WHERE card_id IS NULL").fetchone()[0] == 0
