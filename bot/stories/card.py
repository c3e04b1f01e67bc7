"""Story -> card: what people read, before any platform's markup. Rows in a fixed order; the unknown has no row."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.model.card import Card, Row, Span
from bot.model.enums import Kind, Status
from bot.model.story import Claim, Story, StoryChange
from bot.model.text import cut, one_line
from bot.stories.change import say
from bot.stories.fold import FIRMNESS, outlet
from bot.stories.headline import amount_words, headline, is_approximate, role_title
from bot.stories.words import moment_words, money_words, percent_words

LABELS = {
    Kind.FUNDING: "Funding",
    Kind.STAKE: "Stake",
    Kind.ACQUISITION: "Acquisition",
    Kind.MERGER: "Merger",
    Kind.IPO: "IPO",
    Kind.FUND: "Fund",
    Kind.LEADERSHIP: "Leadership",
}
STATUSES = {
    Status.RUMORED: "Rumour",
    Status.ANNOUNCED: "Announced",
    Status.COMPLETED: "Completed",
    Status.CANCELLED: "Called off",
}
MOST_SOURCES = 5
MOST_CLAIMS = 3
MOST_NAMES = 8
NAME_LIMIT = 200
"""Code points of one value: five rows of names stay far below every platform's limits."""
NOTE_LIMIT = 300


def card(
    story: Story,
    *,
    change: StoryChange | None = None,
    note: str | None = None,
    noted_at: datetime | None = None,
) -> Card:
    """Return the card of `story`. `note` says what the last edit changed; without it, `change` does."""
    said = note or (say(change) if change is not None and not change.is_new else "")
    return Card(
        story=story.id,
        kind=story.kind,
        status=story.status,
        headline=headline(story),
        label=f"{STATUSES[story.status]} · {LABELS[story.kind]}",
        rows=_rows(story),
        sources=tuple(Span(text=_text(source.name), url=source.url) for source in story.sources[:MOST_SOURCES]),
        source_count=len(story.sources),
        confidence=story.confidence,
        note=cut(one_line(said), NOTE_LIMIT) if said else None,
        noted_at=noted_at if said else None,
    )


def compact(whole: Card) -> Card:
    """Return the card in its short form: headline, label and sources."""
    return replace(whole, rows=())


def _rows(story: Story) -> tuple[Row, ...]:
    """Company, amount and round or role and person, the other side, date."""
    middle = _change_rows(story) if story.kind is Kind.LEADERSHIP else _deal_rows(story)
    first = Span(text=moment_words(story.first_published), when=story.first_published)
    return (*middle, Row(label="First told", spans=(first,)))


def _change_rows(story: Story) -> tuple[Row, ...]:
    return tuple(
        row
        for row in (_row("Company", story.company), _row("Role", role_title(story)), _row("Person", story.person))
        if row
    )


def _deal_rows(story: Story) -> tuple[Row, ...]:
    share = percent_words(story.stake_percent) if story.stake_percent else None
    others = tuple(name for name in story.buyers if name not in story.lead)
    company, side = _SIDES[story.kind]
    rows = (
        _row(company, story.target),
        _claims_row("Amount", story, story.amounts),
        _claims_row("Valuation", story, story.valuations),
        _row("Stake", share),
        _row("Round", story.round),
        _row("Led by", *story.lead),
        _row("Other investors" if story.lead else side, *others),
        _row("Seller", *story.seller),
    )
    return tuple(row for row in rows if row)


_SIDES = {
    Kind.FUNDING: ("Company", "Investors"),
    Kind.STAKE: ("Company", "Investors"),
    Kind.ACQUISITION: ("Company", "Buyer"),
    Kind.MERGER: ("Company", "Partner"),
    Kind.IPO: ("Company", "Investors"),
    Kind.FUND: ("Firm", "Investors"),
}


def _text(value: str) -> str:
    return cut(one_line(value), NAME_LIMIT)


def _row(label: str, *values: str | None) -> Row | None:
    """Return a row of names, or None where nothing is known."""
    known = [_text(value) for value in values if value and value.strip()]
    if not known:
        return None
    shown = known[:MOST_NAMES]
    more = f" and {len(known) - len(shown)} more" if len(known) > len(shown) else ""
    return Row(label=label, spans=(Span(text=", ".join(shown) + more),))


def _claims_row(label: str, story: Story, claims: tuple[Claim, ...]) -> Row | None:
    """Return the figure; where outlets disagree, every figure with who says it, the winner first."""
    shown = _standing(story, claims)
    if not shown:
        return None
    if len(shown) == 1:
        words = amount_words(story) if label == "Amount" else money_words(shown[0].value)
        return Row(label=label, spans=(Span(text=words, bold=True),))
    spans: list[Span] = []
    for place, claim in enumerate(shown):
        about = "about " if not place and label == "Amount" and is_approximate(story) else ""
        spans.append(Span(text=("; " if place else "") + about + money_words(claim.value), bold=not place))
        spans += [Span(text=" ("), *_tellers(story, claim), Span(text=")")]
    return Row(label=label, spans=tuple(spans))


def _standing(story: Story, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Firm figures, or where there is none the rumoured ones; figures that read alike are shown once."""
    firm = {fact.id for fact in story.facts if FIRMNESS[fact.event.status]}
    told = [claim for claim in claims if firm & set(claim.facts)] or list(claims)
    distinct = {money_words(claim.value): claim for claim in reversed(told)}
    ordered = sorted(distinct.values(), key=told.index)
    return tuple(claim for claim in ordered if money_words(claim.value))[:MOST_CLAIMS]


def _tellers(story: Story, claim: Claim) -> Iterable[Span]:
    """Name the outlets behind a figure, two at most, each linked."""
    facts = [fact for fact in story.facts if fact.id in claim.facts]
    first = {outlet(fact): fact for fact in reversed(facts)}
    named = sorted(first.values(), key=facts.index)
    for place, fact in enumerate(named[:2]):
        if place:
            yield Span(text=", ")
        yield Span(text=_text(fact.source), url=fact.url)
    if len(named) > 2:
        yield Span(text=f" and {len(named) - 2} more")
