import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.schedule import next_interval, next_poll
from bot.feeds.timing import max_age_seconds, retry_after_seconds, skip_hours, ttl_seconds

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = 3600.0


def every(minutes: float, count: int = 20, *, silent_for: float = 0) -> list[datetime]:
    newest = NOW - timedelta(minutes=silent_for)
    return [newest - timedelta(minutes=minutes * n) for n in range(count)]


def learned(published: list[datetime], current: float = 900) -> float:
    interval = current
    for _ in range(60):
        interval = next_interval(published, now=NOW, current=interval, minimum=120, maximum=6 * HOUR)
    return interval


def test_a_busy_feed_is_polled_at_the_minimum() -> None:
    assert learned(every(6)) == 120


def test_a_feed_is_polled_a_few_times_in_its_usual_gap() -> None:
    assert learned(every(60)) == 15 * 60


def test_a_sleepy_feed_is_polled_at_the_maximum() -> None:
    assert learned(every(60 * 24 * 7)) == 6 * HOUR


def test_a_long_silence_slows_a_busy_feed_down() -> None:
    assert learned(every(6, silent_for=60 * 8)) == HOUR


def test_a_batch_counts_as_one_publication() -> None:
    daily = [moment for day in range(5) for moment in [NOW - timedelta(days=day)] * 4]
    assert learned(daily) == 6 * HOUR


def test_without_dates_the_interval_grows_slowly() -> None:
    assert next_interval([], now=NOW, current=1000, minimum=120, maximum=6 * HOUR) == pytest.approx(1100)


def test_the_interval_shrinks_by_half_at_once_and_grows_by_a_tenth() -> None:
    assert next_interval(every(1), now=NOW, current=8000, minimum=1, maximum=9e9) == 4000
    assert next_interval(every(10_000), now=NOW, current=8000, minimum=1, maximum=9e9) == pytest.approx(8800)


def test_dates_to_come_are_left_out() -> None:
    assert learned([NOW + timedelta(hours=hour) for hour in range(1, 9)], current=500) > 500


@given(
    st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)), max_size=40),  # noqa: DTZ001
    st.floats(1, 1e6),
)
def test_the_interval_stays_in_its_bounds(published: list[datetime], current: float) -> None:
    assert 120 <= next_interval(published, now=NOW, current=current, minimum=120, maximum=21600) <= 21600


def wait(**facts: object) -> float:
    moment = next_poll(**{"now": NOW, "interval": 900.0, "rng": random.Random(7), **facts})  # type: ignore[arg-type]
    return (moment - NOW).total_seconds()


def test_a_poll_follows_after_the_interval_and_a_little_chance() -> None:
    assert 900 <= wait() <= 990


def test_max_age_and_ttl_are_kept_up_to_the_maximum() -> None:
    assert 3600 <= wait(max_age=3600) <= 3960
    assert 7200 <= wait(ttl=7200) <= 7920
    assert wait(ttl=30 * 86400) <= 6 * HOUR * 1.1
    assert 900 <= wait(max_age=5, ttl=60) <= 990


def test_failures_double_the_wait_up_to_the_maximum() -> None:
    for failures in range(1, 60):
        longest = min(900 * 2.0**failures, 6 * HOUR)
        assert longest / 2 <= wait(failures=failures) <= longest


def test_chance_parts_feeds_that_failed_together() -> None:
    waits = {round(wait(failures=3, rng=random.Random(seed))) for seed in range(50)}
    assert len(waits) > 40


def test_retry_after_is_kept_even_beyond_the_maximum() -> None:
    assert 86400 <= wait(retry_after=86400, failures=1) <= 86400 * 1.1
    assert wait(retry_after=1e9, failures=1) <= 7 * 86400 * 1.1


def test_a_short_retry_after_does_not_undercut_the_minimum() -> None:
    assert wait(retry_after=0, failures=1) >= 120


def test_a_refused_address_waits_the_maximum() -> None:
    assert wait(refused=True) == 6 * HOUR


def test_skipped_hours_are_left_out() -> None:
    moment = next_poll(now=NOW, interval=600, rng=random.Random(1), skip_hours=frozenset({12, 13, 14}))
    assert moment.hour == 15
    across_midnight = next_poll(
        now=NOW.replace(hour=23), interval=120, rng=random.Random(1), skip_hours=frozenset({23, 0})
    )
    assert (across_midnight.day, across_midnight.hour) == (23, 1)


def test_a_feed_that_skips_every_hour_is_polled_all_the_same() -> None:
    assert wait(skip_hours=frozenset(range(24))) <= 990


def test_the_minimum_can_be_a_second() -> None:
    assert 1 <= wait(interval=0.1, minimum=1) <= 1.1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("Sun, 22 Nov 2026 12:01:00 GMT", 60),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
        ("9" * 11, 366 * 86400),
        ("9" * 50, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(header, NOW) == seconds


@pytest.mark.parametrize(
    ("header", "age", "seconds"),
    [
        ("max-age=600", None, 600),
        ("public, Max-Age = 60", None, 60),
        ('max-age="60"', None, 60),
        ("s-maxage=60", None, None),
        ("no-cache, max-age=60", None, None),
        ("max-age=600", "100", 500),
        ("max-age=600", "1000", 0),
        ("max-age=x", None, None),
        (None, None, None),
    ],
)
def test_max_age_is_read_from_cache_control(header: str | None, age: str | None, seconds: int | None) -> None:
    assert max_age_seconds(header, age) == seconds


def test_ttl_is_minutes() -> None:
    assert ttl_seconds("90") == 5400
    assert ttl_seconds("0") is None
    assert ttl_seconds("x") is None
    assert ttl_seconds("9" * 9) == 366 * 86400


def test_skip_hours_are_hours_of_the_day() -> None:
    assert skip_hours("<skipHours>\n<hour>1</hour><hour> 24 </hour><hour>99</hour></skipHours><hour>5</hour>") == {0, 1}
    assert skip_hours("<rss>") == frozenset()
