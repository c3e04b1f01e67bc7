"""When a channel is told: digest times, quiet hours and hourly caps in the channel's own time zone."""

from datetime import UTC, datetime, time, timedelta, tzinfo

from bot.model.filter import Cadence, Delivery

DAY = timedelta(days=1)


def next_digest(delivery: Delivery, *, zone: tzinfo, now: datetime) -> datetime:
    """Return the next time of a digest after `now`, in UTC.

    The clock on the wall counts: 09:00 stays 09:00 across a change to and from summer time. A time that the change
    skips comes an hour later that day; one that it repeats comes the first time.
    """
    local = now.astimezone(zone)
    day = local.date()
    for _ in range(9):
        due = datetime.combine(day, delivery.at, tzinfo=zone).astimezone(UTC)
        right_day = delivery.cadence is not Cadence.WEEKLY or day.weekday() == delivery.weekday
        if right_day and due > now:
            return due
        day += DAY
    raise AssertionError("nine days hold every weekday")


def quiet_end(quiet: tuple[time, time] | None, *, zone: tzinfo, now: datetime) -> datetime | None:
    """Return when the quiet hours that hold at `now` end, in UTC; None: they do not hold."""
    if quiet is None or quiet[0] == quiet[1]:
        return None
    begin, end = quiet
    local = now.astimezone(zone)
    clock = local.time().replace(tzinfo=None)
    if begin < end:
        if not begin <= clock < end:
            return None
        day = local.date()
    else:  # over midnight
        if end <= clock < begin:
            return None
        day = local.date() + DAY if clock >= begin else local.date()
    until = datetime.combine(day, end, tzinfo=zone)
    # a time that the change repeats: in the second hour the first one is past
    return max(until.astimezone(UTC), until.replace(fold=1).astimezone(UTC)) if until <= now else until.astimezone(UTC)


def hour_end(now: datetime) -> datetime:
    """Return the end of the hour that `now` lies in."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
