from datetime import datetime, timedelta

import pytest
from sqlite_utils import Database

from bot.model.alert import Alert
from bot.model.enums import Platform
from bot.store import channels, outbox
from tests.stocked import HOUR, channel, story, subscribe
from tests.stories.telling import START

SLACK = [Platform.SLACK]
LATER = START + HOUR


@pytest.fixture
def place(db: Database) -> int:
    """A channel that is subscribed; the stories s1 and s2 exist."""
    story(db, "s1")
    story(db, "s2")
    return subscribe(db, channel(db))


def due(db: Database, *, now: datetime = LATER, platforms: list[Platform] = SLACK) -> list[Alert]:
    return [alert for _, alert in outbox.due(db, now=now, platforms=platforms)]


def deliver(db: Database, *, sources: int = 1, now: datetime = START) -> list[Alert]:
    """Let a chat that never fails show all that is due."""
    done = outbox.due(db, now=now + 9 * HOUR, platforms=Platform)
    for row, alert in done:
        message = alert.message or f"m-{alert.story}"
        outbox.sent(db, row, revision=alert.revision, message=message, sources=sources, now=now)
    return [alert for _, alert in done]


def test_wanting_a_post_twice_is_one_post(db: Database, place: int) -> None:
    assert outbox.want_post(db, place, "s1", revision=1, now=START)
    assert not outbox.want_post(db, place, "s1", revision=1, now=START)
    assert [(alert.story, alert.message, alert.revision) for alert in due(db)] == [("s1", None, 1)]


def test_a_key_is_short_enough_for_every_platform_and_unique(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    outbox.want_post(db, place, "s2", revision=1, now=START)
    keys = {alert.key for alert in due(db)}
    assert len(keys) == 2
    assert all(len(key) <= 25 for key in keys)


def test_a_card_that_was_sent_is_not_posted_again(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    deliver(db)
    assert due(db) == []
    assert not outbox.want_post(db, place, "s1", revision=1, now=START)


def test_an_edit_before_the_post_replaces_it(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    outbox.want_edit(db, place, "s1", revision=2, note="now announced", now=START)
    (alert,) = due(db)
    assert (alert.revision, alert.message, alert.note) == (2, None, None)


def test_an_edit_after_the_post_carries_its_note(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    deliver(db)
    outbox.want_edit(db, place, "s1", revision=2, note="now announced", now=LATER)
    (alert,) = due(db)
    assert (alert.revision, alert.message, alert.note, alert.noted_at) == (2, "m-s1", "now announced", LATER)


def test_notes_add_up_while_they_are_not_sent(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    deliver(db)
    for revision, note in ((2, "now announced"), (3, "amount now $5M")):
        outbox.want_edit(db, place, "s1", revision=revision, note=note, now=START)
    assert [alert.note for alert in deliver(db)] == ["now announced; amount now $5M"]
    outbox.want_edit(db, place, "s1", revision=4, note="round: Seed", now=START)
    assert [alert.note for alert in due(db)] == ["round: Seed"]


def test_what_the_first_post_shows_is_not_noted_later(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    outbox.want_edit(db, place, "s1", revision=2, note="now announced", now=START)
    ((row, alert),) = outbox.due(db, now=LATER, platforms=SLACK)
    outbox.want_edit(db, place, "s1", revision=3, note="round: Seed", now=START)
    outbox.sent(db, row, revision=alert.revision, message="m", sources=1, now=START)
    assert [alert.note for alert in due(db)] == ["round: Seed"]


def test_endless_notes_are_cut(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    deliver(db)
    for revision in range(2, 20):
        outbox.want_edit(db, place, "s1", revision=revision, note="x" * 100, now=START)
    assert [len(alert.note or "") for alert in due(db)] == [outbox.NOTE_LENGTH]


def test_a_card_sent_while_a_newer_one_came_is_still_due(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    ((row, alert),) = outbox.due(db, now=LATER, platforms=SLACK)
    outbox.begin(db, row, settled=START)
    outbox.want_edit(db, place, "s1", revision=2, note="now announced", now=START)
    outbox.sent(db, row, revision=alert.revision, message="m", sources=1, now=START)
    (alert,) = due(db)
    assert (alert.revision, alert.message, alert.note, alert.doubtful) == (2, "m", "now announced", False)


def test_a_post_that_was_begun_is_in_doubt(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    assert not due(db)[0].doubtful
    outbox.begin(db, outbox.due(db, now=LATER, platforms=SLACK)[0][0], settled=START)
    assert due(db)[0].doubtful


def test_a_post_in_doubt_is_not_looked_for_while_it_may_still_be_on_its_way(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    ((row, _),) = outbox.due(db, now=LATER, platforms=SLACK)
    outbox.begin(db, row, settled=LATER + HOUR)
    outbox.want_edit(db, place, "s1", revision=2, note="now announced", now=LATER)
    assert due(db, now=LATER) == []
    assert due(db, now=LATER + HOUR)[0].doubtful


def test_a_card_that_arrived_after_all_is_only_edited(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    ((row, _),) = outbox.due(db, now=LATER, platforms=SLACK)
    outbox.begin(db, row, settled=START)
    outbox.arrived(db, row, message="m")
    assert [(alert.message, alert.doubtful) for alert in due(db)] == [("m", False)]


def test_due_are_the_longest_waiting_first_and_none_before_its_time(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START + HOUR)
    outbox.want_post(db, place, "s2", revision=1, now=START)
    assert due(db, now=START - HOUR) == []
    assert [alert.story for alert in due(db, now=START)] == ["s2"]
    assert [alert.story for alert in due(db, now=LATER)] == ["s2", "s1"]


def test_due_are_the_cards_of_the_connected_platforms(db: Database, place: int) -> None:
    other = subscribe(db, channel(db, of="guild", platform=Platform.DISCORD))
    outbox.want_post(db, place, "s1", revision=1, now=START)
    outbox.want_post(db, other, "s2", revision=1, now=START)
    assert [alert.story for alert in due(db, platforms=[Platform.DISCORD])] == ["s2"]
    assert [alert.story for alert in due(db, platforms=[Platform.DISCORD, Platform.SLACK])] == ["s1", "s2"]
    assert due(db, platforms=[]) == []


def test_a_paused_channel_has_nothing_due(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    channels.pause(db, place, reason="archived")
    assert due(db) == []


def test_a_card_that_waits_goes_on_waiting_when_its_story_moves(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    ((row, _),) = outbox.due(db, now=START, platforms=SLACK)
    outbox.again(db, row, at=LATER, reason="rate limit", doubtful=False)
    outbox.want_edit(db, place, "s1", revision=2, note="now announced", now=START)
    assert due(db, now=LATER - timedelta(seconds=1)) == []
    assert [alert.revision for alert in due(db, now=LATER)] == [2]


def test_a_card_that_is_tried_again_counts_its_attempts(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    for attempts in (0, 1, 2):
        ((row, alert),) = outbox.due(db, now=LATER, platforms=SLACK)
        assert alert.attempts == attempts
        outbox.again(db, row, at=START, reason="no answer", doubtful=True)
    outbox.sent(db, row, revision=1, message="m", sources=1, now=START)
    outbox.want_edit(db, place, "s1", revision=2, note="", now=START)
    assert [alert.attempts for alert in due(db)] == [0]


def test_what_delays_one_card_delays_its_channel_alone(db: Database, place: int) -> None:
    other = subscribe(db, channel(db, "elsewhere"))
    for where, name in ((place, "s1"), (place, "s2"), (other, "s1")):
        outbox.want_post(db, where, name, revision=1, now=START)
    outbox.hold(db, outbox.due(db, now=START, platforms=SLACK)[0][0], until=LATER)
    assert [alert.channel.external_id for alert in due(db, now=START)] == ["elsewhere"]
    assert len(due(db, now=LATER)) == 3


def test_a_rejected_card_is_never_due_again(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    outbox.reject(db, outbox.due(db, now=LATER, platforms=SLACK)[0][0], reason="no permission")
    outbox.want_edit(db, place, "s1", revision=2, note="", now=START)
    assert due(db) == []
    assert outbox.waiting(db, now=LATER) == (0, None)


def test_an_aliass_sent_card_becomes_the_storys_where_there_is_no_other(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s2", revision=1, now=START)
    deliver(db)
    outbox.point_to(db, "s2", story="s1", note="the same", now=LATER)
    (alert,) = due(db)
    assert (alert.story, alert.moved, alert.message) == ("s1", False, "m-s2")
    assert not outbox.want_post(db, place, "s1", revision=1, now=LATER)


def test_a_card_taken_over_at_a_higher_revision_is_still_edited(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s2", revision=7, now=START)
    deliver(db)
    outbox.point_to(db, "s2", story="s1", note="the same", now=START)
    deliver(db)
    outbox.want_edit(db, place, "s1", revision=2, note="round: Seed", now=START)
    assert [alert.note for alert in due(db)] == ["round: Seed"]


def test_an_aliass_unsent_card_becomes_the_storys_where_there_is_no_other(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s2", revision=1, now=START)
    outbox.point_to(db, "s2", story="s1", note="the same", now=LATER)
    (alert,) = due(db)
    assert (alert.story, alert.moved, alert.message, alert.note) == ("s1", False, None, None)


def test_an_aliass_unsent_card_goes_where_the_story_has_one(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    outbox.want_post(db, place, "s2", revision=1, now=START)
    outbox.point_to(db, "s2", story="s1", note="the same", now=LATER)
    assert [(alert.story, alert.moved) for alert in due(db)] == [("s1", False)]


def test_an_aliass_sent_card_points_to_the_storys_card(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    outbox.want_post(db, place, "s2", revision=1, now=START)
    deliver(db)
    outbox.point_to(db, "s2", story="s1", note="the same", now=LATER)
    (alert,) = due(db)
    assert (alert.story, alert.moved, alert.message, alert.note) == ("s1", True, "m-s2", "the same")


def test_an_aliass_card_in_doubt_is_kept_to_be_looked_for(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    deliver(db)
    outbox.want_post(db, place, "s2", revision=1, now=START)
    outbox.begin(db, outbox.due(db, now=LATER, platforms=SLACK)[0][0], settled=START)
    outbox.point_to(db, "s2", story="s1", note="the same", now=START)
    assert [(alert.moved, alert.doubtful, alert.message) for alert in due(db)] == [(True, True, None)]


def test_a_card_that_points_stays_put_when_its_story_is_merged_again(db: Database, place: int) -> None:
    story(db, "s0")
    for name in ("s0", "s1", "s2"):
        outbox.want_post(db, place, name, revision=1, now=START)
    deliver(db)
    outbox.point_to(db, "s2", story="s1", note="the same", now=START)
    deliver(db)
    outbox.point_to(db, "s1", story="s0", note="the same", now=START)
    assert [(alert.message, alert.moved) for alert in due(db)] == [("m-s1", True)]


def test_each_channel_of_a_merged_story_is_settled_for_itself(db: Database, place: int) -> None:
    other = subscribe(db, channel(db, "elsewhere"))
    outbox.want_post(db, place, "s1", revision=1, now=START)
    outbox.want_post(db, place, "s2", revision=1, now=START)
    outbox.want_post(db, other, "s2", revision=1, now=START)
    deliver(db)
    outbox.point_to(db, "s2", story="s1", note="the same", now=START)
    assert {(alert.channel.external_id, alert.moved) for alert in due(db)} == {("deals", True), ("elsewhere", False)}


def test_what_waits_is_counted_with_the_age_of_the_oldest(db: Database, place: int) -> None:
    assert outbox.waiting(db, now=LATER) == (0, None)
    outbox.want_post(db, place, "s1", revision=1, now=START)
    outbox.want_post(db, place, "s2", revision=1, now=LATER + HOUR)
    assert outbox.waiting(db, now=LATER) == (2, HOUR)


def test_the_channels_of_a_story_are_known_with_what_they_show(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    (owner,) = outbox.cards_of(db, "s1").values()
    assert outbox.sources_shown(db, "s1") == ((place, owner, None),)
    deliver(db, sources=3)
    assert outbox.sources_shown(db, "s1") == ((place, owner, 3),)


def sized(db: Database, story_id: str, usd: float | None) -> None:
    story(db, story_id)
    db.execute("UPDATE stories SET usd = ? WHERE id = ?", (usd, story_id))


def test_the_biggest_deals_go_out_first_and_what_may_have_arrived_before_them(db: Database, place: int) -> None:
    for name, usd in (("a", None), ("b", 5e6), ("c", 2e9), ("d", 4e6)):
        sized(db, name, usd)
        outbox.want_post(db, place, name, revision=1, now=START)
    doubtful = next(row for row, alert in outbox.due(db, now=START, platforms=SLACK) if alert.story == "a")
    outbox.begin(db, doubtful, settled=START)
    assert [alert.story for alert in due(db)] == ["a", "c", "b", "d"]


def test_the_smallest_card_that_waits_gives_way_to_a_bigger_deal_and_to_no_smaller_one(
    db: Database, place: int
) -> None:
    for name, usd in (("a", 3e6), ("b", 1e6), ("c", 2e6)):
        sized(db, name, usd)
        outbox.want_post(db, place, name, revision=1, now=START)
    assert outbox.give_way(db, place, usd=1e6) is None
    assert outbox.give_way(db, place, usd=5e6) == ("b", START)
    assert [alert.story for alert in due(db)] == ["a", "c"]


def test_with_a_card_that_gives_way_goes_the_note_on_it(db: Database, place: int) -> None:
    sized(db, "a", 1.0)
    outbox.want_post(db, place, "a", revision=1, now=START)
    outbox.want_note(db, place, "a", turn="completed", words="now completed", now=START)
    assert outbox.give_way(db, place, usd=2.0)
    assert outbox.waiting(db, now=LATER) == (0, None)


def test_what_waits_in_a_paused_channel_is_not_late(db: Database, place: int) -> None:
    outbox.want_post(db, place, "s1", revision=1, now=START)
    assert outbox.waiting(db, now=LATER) == (1, HOUR)
    channels.pause(db, place, reason="archived")
    assert outbox.waiting(db, now=LATER) == (0, None)


def test_a_card_that_may_have_arrived_gives_way_to_nothing(db: Database, place: int) -> None:
    sized(db, "a", 1.0)
    outbox.want_post(db, place, "a", revision=1, now=START)
    ((row, _),) = outbox.due(db, now=START, platforms=SLACK)
    outbox.begin(db, row, settled=START)
    assert outbox.give_way(db, place, usd=5e9) is None


def test_a_card_that_was_taken_back_is_not_begun(db: Database, place: int) -> None:
    sized(db, "a", 1.0)
    outbox.want_post(db, place, "a", revision=1, now=START)
    ((row, _),) = outbox.due(db, now=START, platforms=SLACK)
    assert outbox.give_way(db, place, usd=2.0)
    assert not outbox.begin(db, row, settled=START)
