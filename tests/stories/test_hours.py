from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.filter import Cadence, Delivery
from bot.stories.hours import hour_end, next_digest, quiet_end

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
NINE = Delivery(cadence=Cadence.DAILY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-28T07:00", "2026-03-28T08:00"),  # winter: 09:00 in Berlin is 08:00
        ("2026-03-28T08:00", "2026-03-29T07:00"),  # the clocks go forward in that night: 09:00 is 07:00
        ("2026-10-24T07:30", "2026-10-25T08:00"),  # and back
        ("2026-10-25T08:00", "2026-10-26T08:00"),
    ],
)
def test_rule_14_nine_stays_nine_across_a_change_to_and_from_summer_time(now: str, due: str) -> None:
    assert next_digest(NINE, zone=BERLIN, now=at(now)) == at(due)


def test_a_time_that_the_change_skips_comes_the_same_day_and_one_that_it_repeats_comes_once() -> None:
    skipped = Delivery(cadence=Cadence.DAILY, at=time(2, 30))
    first = next_digest(skipped, zone=BERLIN, now=at("2026-03-28T12:00"))
    assert first.astimezone(BERLIN).date().isoformat() == "2026-03-29"
    assert next_digest(skipped, zone=BERLIN, now=first) == at("2026-03-30T00:30")
    once = next_digest(skipped, zone=BERLIN, now=at("2026-10-24T12:00"))
    assert next_digest(skipped, zone=BERLIN, now=once).astimezone(BERLIN).date().isoformat() == "2026-10-26"


def test_a_weekly_digest_comes_on_its_day() -> None:
    friday = Delivery(cadence=Cadence.WEEKLY, weekday=4, at=time(17))
    due = next_digest(friday, zone=NEW_YORK, now=at("2026-11-23T12:00"))
    assert due == at("2026-11-27T22:00")
    assert next_digest(friday, zone=NEW_YORK, now=due) == due + timedelta(days=7)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-11-23T20:59", None),  # 21:59 in Berlin
        ("2026-11-23T21:00", "2026-11-24T06:00"),
        ("2026-11-24T03:00", "2026-11-24T06:00"),
        ("2026-11-24T06:00", None),
        ("2026-03-28T22:00", "2026-03-29T05:00"),  # the night that is an hour shorter
        ("2026-10-24T21:00", "2026-10-25T06:00"),  # and the longer one
    ],
)
def test_quiet_hours_over_midnight_follow_the_channels_clock(now: str, end: str | None) -> None:
    assert quiet_end((time(22), time(7)), zone=BERLIN, now=at(now)) == (at(end) if end else None)


def test_quiet_hours_that_end_in_the_repeated_hour_end_the_second_time_for_who_is_in_it() -> None:
    quiet = (time(22), time(2, 30))
    assert quiet_end(quiet, zone=BERLIN, now=at("2026-10-25T00:15")) == at("2026-10-25T00:30")
    assert quiet_end(quiet, zone=BERLIN, now=at("2026-10-25T01:15")) == at("2026-10-25T01:30")


def test_quiet_hours_by_day() -> None:
    noon = (time(12), time(13))
    assert quiet_end(noon, zone=UTC, now=at("2026-11-23T12:30")) == at("2026-11-23T13:00")
    assert quiet_end(noon, zone=UTC, now=at("2026-11-23T13:00")) is None
    assert quiet_end(None, zone=UTC, now=at("2026-11-23T12:30")) is None


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001  hypothesis wants them so
    st.times().map(lambda when: when.replace(second=0, microsecond=0)),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]),
    st.sampled_from(Cadence),
)
def test_a_digest_is_always_ahead_and_never_skips_its_turn(
    now: datetime, when: time, zone: str, cadence: Cadence
) -> None:
    if cadence is Cadence.NOW:
        return
    delivery = Delivery(cadence=cadence, at=when, weekday=2)
    due = next_digest(delivery, zone=ZoneInfo(zone), now=now.replace(tzinfo=UTC))
    days = 8 if cadence is Cadence.WEEKLY else 2
    assert timedelta() < due - now.replace(tzinfo=UTC) <= timedelta(days=days)
    assert hour_end(due) > due
