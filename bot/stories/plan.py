"""Gather, decide, apply: what is to become of one story in one channel. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from bot.companies.names import same_company
from bot.model.enums import Outcome
from bot.model.filter import Cadence
from bot.model.story import Fact, Story, StoryChange
from bot.model.subscription import ChannelSettings, Mute, Subscription, Threads
from bot.stories.hours import hour_end, next_digest, quiet_end
from bot.stories.wanted import Context, is_fresh, is_source, least_confidence, parties, wants


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What one channel is like at this moment."""

    subscriptions: tuple[Subscription, ...]
    settings: ChannelSettings
    zone: tzinfo
    mutes: tuple[Mute, ...] = ()
    posted: int = 0
    """Cards asked for in this hour; in quiet hours, those that wait for their end."""
    context: Context = Context()  # noqa: RUF009  frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The decision, with its reason."""

    outcome: Outcome
    detail: str
    at: datetime | None = None
    """When to post, or when the digest is due."""
    digest: str | None = None
    """daily, weekly or overflow: it waits for that digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is new: a story as the channel's workspace sees it, and the fact that moved it."""

    story: Story
    fact: Fact
    material: bool
    """It is new, or what its card shows has changed."""
    silent: bool = False
    """A new feed's first poll."""
    now: datetime
    max_age: timedelta


def decide(place: Place, news: News) -> Plan:
    """Return whether the channel is told: now, after its quiet hours, in a digest, or not at all and why not."""
    verdicts = [(subscription, _verdict(subscription, place, news)) for subscription in place.subscriptions]
    told = [subscription for subscription, plan in verdicts if plan.outcome is Outcome.ALERTED]
    if not told:
        return _most_telling([plan for _, plan in verdicts])
    if muted := find_mute(place.mutes, news.story):
        return Plan(outcome=Outcome.MUTED, detail=f"{muted.what} {muted.name} is muted here")
    reason = next(plan.detail for _, plan in verdicts if plan.outcome is Outcome.ALERTED)
    if all(subscription.delivery.cadence is not Cadence.NOW for subscription in told):
        return _digest(told, place, news)
    until = quiet_end(place.settings.quiet, zone=place.zone, now=news.now)
    if place.posted >= place.settings.cap:
        detail = f"more than {place.settings.cap} cards in this hour: it comes in one card with the others"
        full = hour_end(news.now)
        at = until or quiet_end(place.settings.quiet, zone=place.zone, now=full) or full
        return Plan(outcome=Outcome.DIGEST, detail=detail, at=at, digest="overflow")
    detail = reason if until is None else f"{reason}; quiet hours end {until:%Y-%m-%d %H:%M} UTC"
    return Plan(outcome=Outcome.ALERTED, detail=detail, at=until or news.now)


def tells_turns(subscriptions: Sequence[Subscription], settings: ChannelSettings, change: StoryChange, context: Context,
                ) -> bool:  # fmt: skip
    """Return whether a big turn is told in a reply to the card: where a subscription that brought the card wants it.

    A turn can take a story out of a filter: what it was before counts too. Where nothing asks for it any more, the
    channel's own choice holds.
    """
    seen = [story for story in (change.before, change.story) if story is not None]
    chosen = [
        each.delivery.threads
        for each in subscriptions
        if each.delivery.cadence is Cadence.NOW and any(wants(each, story, context=context).yes for story in seen)
    ] or [None]
    default = settings.threads is Threads.TURNS
    return any(default if each is None else each for each in chosen)


def _digest(told: Sequence[Subscription], place: Place, news: News) -> Plan:
    times = [(next_digest(each.delivery, zone=place.zone, now=news.now), each.delivery.cadence) for each in told]
    at, cadence = min(times)
    return Plan(outcome=Outcome.DIGEST, detail=f"waits for the {cadence} digest", at=at, digest=cadence.value)


def _verdict(subscription: Subscription, place: Place, news: News) -> Plan:
    """Answer for one subscription; ALERTED means that it wants the story."""
    if news.silent:
        return Plan(outcome=Outcome.FIRST_POLL, detail="a new feed's first poll is stored without alerts")
    fresh = is_fresh(news.fact, subscription, news.now, news.max_age)
    if not fresh.yes:
        return Plan(outcome=Outcome.TOO_OLD, detail=fresh.reason)
    if not news.material and news.now - news.story.first_published > news.max_age:
        old = "the story is older than the limit, and this report adds nothing to it"
        return Plan(outcome=Outcome.TOO_OLD, detail=old)
    wanted = wants(subscription, news.story, context=place.context)
    if wanted.yes:
        return Plan(outcome=Outcome.ALERTED, detail=wanted.reason)
    below = wanted.reason.startswith("confidence") and news.story.confidence < least_confidence(subscription)
    return Plan(outcome=Outcome.BELOW_CONFIDENCE if below else Outcome.FILTERED, detail=wanted.reason)


_TELLING = (Outcome.BELOW_CONFIDENCE, Outcome.FILTERED, Outcome.TOO_OLD, Outcome.FIRST_POLL)


def _most_telling(plans: list[Plan]) -> Plan:
    """Of several noes, the one nearest to a yes."""
    return min(plans, key=lambda plan: _TELLING.index(plan.outcome))


def find_mute(mutes: Sequence[Mute], story: Story) -> Mute | None:
    """Return the mute that silences a story: of a company that takes part, or of its only sources."""
    names = parties(story)
    for mute in mutes:
        if mute.what == "company" and any(same_company(mute.name, name) for name in names):
            return mute
        if mute.what == "source" and all(is_source(fact, mute.name) for fact in story.facts):
            return mute
    return None
