"""Does this subscription want this story, and is it news still."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from bot.companies.names import same_company
from bot.model.enums import Kind, Status
from bot.model.event import Money
from bot.model.filter import Filter
from bot.model.story import Fact, Story
from bot.model.subscription import Subscription, Wanted
from bot.stories.leaders import role_words
from bot.stories.stages import same_stage, stage_rank

MAX_AGE = timedelta(hours=48)
ToUsd = Callable[[Money, date], float | None]
"""A sum in USD at the rate of a day; None where no rate is known."""
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?([^/:?#]+)", re.IGNORECASE)
_FIRMNESS = (Status.RUMORED, Status.ANNOUNCED, Status.COMPLETED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a filter needs to know beside the story itself."""

    watched: bool = False
    """A company that the channel watches is a party."""
    to_usd: ToUsd = lambda money, _: money.value if money.currency == "USD" else None


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
    subscription: Subscription,
    story: Story,
    *,
    context: Context | None = None,
    now: datetime | None = None,
    max_age: timedelta = MAX_AGE,
) -> Wanted:
    """Return the answer with its reason. Without `now` (preview, look-ups) age does not count."""
    if all(fact.event.background for fact in story.facts):
        return Wanted(yes=False, reason="it is told as history")
    passed = passes(subscription.filter, story, context=context or Context())
    if not passed.yes:
        return passed
    least = least_confidence(subscription)
    if story.confidence < least:
        return Wanted(yes=False, reason=f"confidence {story.confidence:.2f} is below {least:g}")
    fresh = is_fresh(story, subscription, now, max_age) if now is not None else None
    if fresh is not None and not fresh.yes:
        return fresh
    return Wanted(yes=True, reason=f"kind {story.kind} is subscribed")


def least_confidence(subscription: Subscription) -> float:
    """Return the confidence below which the subscription stays silent."""
    asked = subscription.filter.confidence
    return subscription.min_confidence if asked is None else asked


def passes(wish: Filter, story: Story, *, context: Context) -> Wanted:
    """Return whether the story meets every condition of the filter; the reason names the first that it does not."""
    for check in _CHECKS:
        if reason := check(wish, story, context):
            return Wanted(yes=False, reason=reason)
    return Wanted(yes=True, reason="it meets every condition")


def parties(story: Story) -> tuple[str, ...]:
    """Return every company that takes part: target, buyers, lead investors, sellers, employer."""
    names = (story.target, *story.buyers, *story.lead, *story.seller, story.company)
    return tuple(dict.fromkeys(name for name in names if name))


def _kind(wish: Filter, story: Story, context: Context) -> str | None:
    del context
    return None if story.kind in wish.kinds else f"kind {story.kind} is not subscribed"


def _companies(wish: Filter, story: Story, context: Context) -> str | None:
    del context
    if not wish.companies or _among(wish.companies, parties(story)):
        return None
    return f"none of the companies is {_either(wish.companies)}"


def _watched(wish: Filter, story: Story, context: Context) -> str | None:
    del story
    return "no watched company takes part" if wish.watched and not context.watched else None


def _minimum(wish: Filter, story: Story, context: Context) -> str | None:
    if wish.minimum is None:
        return None
    if story.amount is None:
        return "no amount is told yet, and the filter asks for a least one"
    day = story.last_published.date()
    least, told = context.to_usd(wish.minimum, day), context.to_usd(story.amount, day)
    if story.amount.currency == wish.minimum.currency:
        least, told = wish.minimum.value, story.amount.value
    if least is None or told is None:
        return f"no rate is known for {story.amount.currency}, so the amount can't be compared"
    return None if told >= least else "the amount is below the filter's least one"


def _stage(wish: Filter, story: Story, context: Context) -> str | None:
    del context
    if not wish.stages and wish.stage_from is None:
        return None
    if story.round is None:
        return "no round is told, and the filter asks for one"
    rank = stage_rank(story.round)
    first = stage_rank(wish.stage_from) if wish.stage_from else None
    later = first is not None and rank is not None and rank >= first
    if later or any(same_stage(story.round, stage) for stage in wish.stages):
        return None
    return f"round {story.round} is not asked for"


def _investors(wish: Filter, story: Story, context: Context) -> str | None:
    del context
    if not wish.investors or _among(wish.investors, (*story.buyers, *story.lead)):
        return None
    return f"no investor is {_either(wish.investors)}"


def _roles(wish: Filter, story: Story, context: Context) -> str | None:
    """Only leadership has roles: a filter on roles says nothing about deals."""
    del context
    if not wish.roles or story.kind is not Kind.LEADERSHIP:
        return None
    told = role_words(story.role)
    if told and any(role_words(role) and role_words(role) <= told for role in wish.roles):
        return None
    return f"the role is not {_either(wish.roles)}"


def _status(wish: Filter, story: Story, context: Context) -> str | None:
    """A deal called off is the firmest news of all: it passes "announced+"."""
    del context
    if wish.status is None or story.status is wish.status:
        return None
    firmer = story.status is Status.CANCELLED or (
        wish.status in _FIRMNESS and _FIRMNESS.index(story.status) > _FIRMNESS.index(wish.status)
    )
    if firmer and not wish.status_exact and wish.status is not Status.CANCELLED:
        return None
    return f"status {story.status} is not asked for"


def _sources(wish: Filter, story: Story, context: Context) -> str | None:
    del context
    if not wish.sources or any(is_source(fact, name) for fact in story.facts for name in wish.sources):
        return None
    return f"no source is {_either(wish.sources)}"


def _keywords(wish: Filter, story: Story, context: Context) -> str | None:
    del context
    if not wish.keywords or any(has_word(fact.title, word) for fact in story.facts for word in wish.keywords):
        return None
    return f"no headline holds {_either(wish.keywords)}"


def _without(wish: Filter, story: Story, context: Context) -> str | None:
    del context
    if found := _among(wish.without_companies, parties(story)):
        return f"the filter leaves out {found}"
    for word in wish.without_keywords:
        if any(has_word(fact.title, word) for fact in story.facts):
            return f"the filter leaves out the keyword {word}"
    if wish.without_sources and all(
        any(is_source(fact, name) for name in wish.without_sources) for fact in story.facts
    ):
        return f"the filter leaves out the source {_either(wish.without_sources)}"
    return None


_CHECKS = (
    _kind, _companies, _watched, _minimum, _stage, _investors, _roles, _status, _sources, _keywords, _without,
)  # fmt: skip


def _among(wished: Iterable[str], names: Iterable[str]) -> str | None:
    told = tuple(names)
    return next((wish for wish in wished if any(same_company(wish, name) for name in told)), None)


def _either(names: tuple[str, ...]) -> str:
    return " or ".join(names)


def is_source(fact: Fact, name: str) -> bool:
    """Return whether a fact comes from an outlet: by its name, or by the domain of its link and what lies below it."""
    folded = name.casefold().removeprefix("www.")
    if fact.source.casefold() == folded:
        return True
    found = _HOST.match(fact.url or "")
    host = found[1].casefold().removeprefix("www.") if found else ""
    return host == folded or host.endswith("." + folded)


@lru_cache(maxsize=4096)
def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)


def has_word(text: str, word: str) -> bool:
    """Return whether a word or phrase stands in a text, as whole words, in any case."""
    return _word(word).search(text) is not None
