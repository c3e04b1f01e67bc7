"""Does this subscription want this story, and is it news still."""

from datetime import datetime, timedelta

from bot.model.story import Fact, Story
from bot.model.subscription import Subscription, Wanted

MAX_AGE = timedelta(hours=48)


def is_fresh(subject: Story | Fact, subscription: Subscription, now: datetime, max_age: timedelta = MAX_AGE) -> Wanted:
    """Answer yes where something was first seen after subscribing and published within `max_age` before `now`."""
    facts = subject.facts if isinstance(subject, Story) else (subject,)
    seen_since = [fact for fact in facts if fact.first_seen > subscription.created]
    if not seen_since:
        return Wanted(yes=False, reason="it was seen before the subscription was made")
    if all(now - fact.published > max_age for fact in seen_since):
        hours = max_age / timedelta(hours=1)
        return Wanted(yes=False, reason=f"it was published more than {hours:g} hours ago")
    return Wanted(yes=True, reason="it is new")


def wants(
    subscription: Subscription, story: Story, *, now: datetime | None = None, max_age: timedelta = MAX_AGE
) -> Wanted:
    """Return the answer with its reason. Without `now` (preview, look-ups) age does not count."""
    if story.kind not in subscription.kinds:
        return Wanted(yes=False, reason=f"kind {story.kind} is not subscribed")
    if all(fact.event.background for fact in story.facts):
        return Wanted(yes=False, reason="it is told as history")
    if story.confidence < subscription.min_confidence:
        told = f"confidence {story.confidence:.2f} is below {subscription.min_confidence:g}"
        return Wanted(yes=False, reason=told)
    fresh = is_fresh(story, subscription, now, max_age) if now is not None else None
    if fresh is not None and not fresh.yes:
        return fresh
    return Wanted(yes=True, reason=f"kind {story.kind} is subscribed")
