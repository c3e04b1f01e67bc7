"""What a new fact did to a story: material changes, in words for people."""

from collections.abc import Callable

from bot.companies.names import same_company, same_person
from bot.model.enums import Kind, Status
from bot.model.story import FieldChange, Story, StoryChange
from bot.stories.leaders import role_words
from bot.stories.sums import agree
from bot.stories.words import join_words, money_words, percent_words

STATUS_WORDS = {
    Status.RUMORED: "rumour",
    Status.ANNOUNCED: "announced",
    Status.COMPLETED: "completed",
    Status.CANCELLED: "called off",
}
_DONE_AT_ONCE = frozenset({Kind.FUNDING, Kind.STAKE, Kind.FUND, Kind.LEADERSHIP})
"""Kinds of which "announced" and "completed" are two words for one thing in the press."""
_TURNS = frozenset({Status.ANNOUNCED, Status.COMPLETED, Status.CANCELLED})


def compare(before: Story | None, after: Story) -> StoryChange:
    """Return what is materially new in `after`. A further source, a fuller name, a rounding are not."""
    if before is None:
        return StoryChange(story=after, before=None)
    changes = tuple(change for find in _FIELDS if (change := find(before, after)))
    turned = any(change.field == "status" for change in changes) and after.status in _TURNS
    return StoryChange(story=after, before=before, changes=changes, turn=after.status if turned else None)


def say(change: StoryChange) -> str:
    """Return the changes as a line for people: "now announced; amount now $14.3B, was $14B". Empty without any."""
    return "; ".join(_say_one(one) for one in change.changes)


def _say_one(change: FieldChange) -> str:
    if change.field == "status":
        return f"now {change.after}, was {change.before}"
    if change.after is None:
        return f"{change.field} withdrawn, was {change.before}"
    if change.before is None:
        return f"{change.field}: {change.after}"
    return f"{change.field} now {change.after}, was {change.before}"


Find = Callable[[Story, Story], FieldChange | None]


def _field(
    field: str, words: Callable[[Story], str | None], same: Callable[[Story, Story], bool] | None = None
) -> Find:
    """Build a finder: the field changed where its words differ and `same` does not explain it away."""

    def find(before: Story, after: Story) -> FieldChange | None:
        was, now = words(before) or None, words(after) or None
        if was == now or (was and now and same and same(before, after)):
            return None
        return FieldChange(field=field, before=was, after=now)

    return find


def _same_status(before: Story, after: Story) -> bool:
    firm = {Status.ANNOUNCED, Status.COMPLETED}
    return after.kind in _DONE_AT_ONCE and {before.status, after.status} <= firm


def _same_names(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    known = all(any(same_company(name, other) for other in before) for name in after)
    return known and all(any(same_company(name, other) for other in after) for name in before)


def _same_name(before: str | None, after: str | None) -> bool:
    return bool(before and after) and same_company(before or "", after or "")


def _across(before: Story, after: Story, *, valuation: bool = False) -> bool:
    """The same sum in another currency is no change."""
    was, now = (before.valuation, after.valuation) if valuation else (before.amount, after.amount)
    return (
        bool(was and now) and was is not None and now is not None and was.currency != now.currency and agree(was, now)
    )


_FIELDS: tuple[Find, ...] = (
    _field("status", lambda story: STATUS_WORDS[story.status], _same_status),
    _field("type", lambda story: story.kind.value),
    _field("company", lambda story: story.target, lambda old, new: _same_name(old.target, new.target)),
    _field("company", lambda story: story.company, lambda old, new: _same_name(old.company, new.company)),
    _field("amount", lambda story: money_words(story.amount) if story.amount else None, _across),
    _field(
        "valuation",
        lambda story: money_words(story.valuation) if story.valuation else None,
        lambda old, new: _across(old, new, valuation=True),
    ),
    _field("stake", lambda story: percent_words(story.stake_percent) if story.stake_percent else None),
    _field("round", lambda story: story.round),
    _field(
        "person",
        lambda story: story.person,
        lambda old, new: same_person(old.person or "", new.person or ""),
    ),
    _field("role", lambda story: story.role, lambda old, new: role_words(old.role) == role_words(new.role)),
    _field("interim", lambda story: "yes" if story.interim else "no"),
    _field("lead", lambda story: join_words(story.lead), lambda old, new: _same_names(old.lead, new.lead)),
    _field("parties", lambda story: join_words(story.buyers), lambda old, new: _same_names(old.buyers, new.buyers)),
    _field("seller", lambda story: join_words(story.seller), lambda old, new: _same_names(old.seller, new.seller)),
)
"""In the order that a card shows them."""
