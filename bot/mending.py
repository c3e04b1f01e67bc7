"""Stories that the operator joins or parts: a ruling on their facts, then all is dealt out anew."""

from collections.abc import Iterable
from datetime import datetime

from bot.recording import rearrange
from bot.store import Database, facts, rulings, stories


def merge_stories(db: Database, one: str, other: str, now: datetime) -> str:
    """Make one story of two and return its id, the older one. Doing it again changes nothing."""
    ours, theirs = facts.of_stories_for_all(db, one), facts.of_stories_for_all(db, other)
    pairs = [frozenset({a.id, b.id}) for a in ours for b in theirs]
    rulings.rule(db, pairs, together=True, now=now)
    rearrange(db, (one, other), now=now)
    return stories.resolve(db, one) or one


def split_story(db: Database, story: str, taken: Iterable[str], now: datetime) -> tuple[str, ...]:
    """Take facts out of a story; return the ids of the stories that they tell now. The larger part keeps the id."""
    out = frozenset(taken)
    told = facts.of_stories_for_all(db, story)
    mine, rest = [fact for fact in told if fact.id in out], [fact for fact in told if fact.id not in out]
    rulings.rule(db, [frozenset({a.id, b.id}) for a in mine for b in rest], together=False, now=now)
    rulings.rule(db, [frozenset({a.id, b.id}) for a in mine for b in mine if a.id < b.id], together=True, now=now)
    rearrange(db, (story,), now=now)
    return tuple(dict.fromkeys(found for fact in mine if (found := facts.of_story_with(db, fact.id)[1])))
