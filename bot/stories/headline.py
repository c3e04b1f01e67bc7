"""The first line of a card: it alone says who, what, how much, and how sure that is."""

import re
from collections.abc import Callable

from bot.model.enums import Change, Kind, Status
from bot.model.story import Fact, Story
from bot.model.text import cut, one_line
from bot.stories.words import join_words, money_words, percent_words

LIMIT = 150
"""Code points; Slack's header block takes no more."""

_ABOUT = re.compile(
    r"\b(?:about|around|approximately|roughly|nearly|almost|some|an? estimated)\s+(?:[A-Z]{1,3})?\s?[$€£₹¥]?\s?\d"
)

_EIGHT_OR_ELEVEN = re.compile(r"\W(?:8|1[18](?!\d))")


def headline(story: Story) -> str:
    """Return the headline, at most 150 code points, on one line, without markup."""
    said = _SAY[story.kind](story)
    if story.status is Status.RUMORED:
        said = f"Rumour: {said}"
    elif story.status is Status.CANCELLED:
        said = f"Called off: {said}"
    return cut(one_line(said), LIMIT)


def _pick(story: Story, *, rumored: str, announced: str, completed: str) -> str:
    """Return the words for the status; what was called off is told as it was planned."""
    words = {Status.RUMORED: rumored, Status.COMPLETED: completed}
    return words.get(story.status, announced)


def is_approximate(story: Story) -> bool:
    """Return True where every quotation behind the amount says "about"."""
    tellers = set(story.amounts[0].facts) if story.amounts else set()
    quotes = [quote for fact in story.facts if fact.id in tellers for quote in _quotes(fact, "amount")]
    return bool(quotes) and all(_ABOUT.search(quote) for quote in quotes)


def _quotes(fact: Fact, field: str) -> list[str]:
    return [evidence.quote for evidence in fact.event.evidence if evidence.field == field]


def amount_words(story: Story) -> str:
    """Return the amount with "about" where nobody is more exact; empty where unknown."""
    words = money_words(story.amount) if story.amount else ""
    return f"about {words}" if words and is_approximate(story) else words


def _for_amount(story: Story) -> str:
    amount = amount_words(story)
    return f" for {amount}" if amount else ""


def _at_valuation(story: Story) -> str:
    words = money_words(story.valuation) if story.valuation else ""
    if not words:
        return ""
    article = "an" if _EIGHT_OR_ELEVEN.match(words) else "a"
    return f", at {article} {words} valuation"


def _from_seller(story: Story) -> str:
    return f" from {join_words(story.seller, most=2)}" if story.seller else ""


def _acquisition(story: Story) -> str:
    target = story.target or "a company"
    share = percent_words(story.stake_percent) if story.stake_percent else ""
    what = f"{share} of {target}" if share and share != "100%" else target
    rest = what + _from_seller(story) + _for_amount(story) + _at_valuation(story)
    if story.buyers:
        verb = _pick(story, rumored="in talks to buy", announced="to buy", completed="buys")
        return f"{join_words(story.buyers, most=2)} {verb} {rest}"
    if story.seller:
        verb = _pick(story, rumored="in talks to sell", announced="to sell", completed="sells")
        return f"{join_words(story.seller, most=2)} {verb} {what}{_for_amount(story)}"
    verb = _pick(story, rumored="may be sold", announced="to be sold", completed="sold")
    return f"{what} {verb}{_for_amount(story)}{_at_valuation(story)}"


def _stake(story: Story) -> str:
    target = story.target or "a company"
    share = percent_words(story.stake_percent) if story.stake_percent else ""
    what = f"{share} of {target}" if share else f"a stake in {target}"
    end = _for_amount(story) + _at_valuation(story)
    if story.buyers:
        verb = _pick(story, rumored="in talks to take", announced="takes", completed="takes")
        if not share and story.amount and amount_words(story) and not story.seller:
            verb = _pick(story, rumored="in talks to invest", announced="invests", completed="invests")
            what, end = f"{amount_words(story)} in {target}", _at_valuation(story)
        return f"{join_words(story.buyers, most=2)} {verb} {what}{_from_seller(story)}{end}"
    if story.seller:
        verb = _pick(story, rumored="in talks to sell", announced="sells", completed="sells")
        return f"{join_words(story.seller, most=2)} {verb} {what}{end}"
    verb = _pick(story, rumored="may change hands", announced="changes hands", completed="changes hands")
    return f"{what[:1].upper() + what[1:]} {verb}{end}"


def _funding(story: Story) -> str:
    target = story.target or "A company"
    verb = _pick(story, rumored="in talks to raise", announced="raises", completed="raises")
    if story.status is Status.CANCELLED:
        verb = "to raise"
    what = " ".join(part for part in (amount_words(story), _round_words(story)) if part) or "money"
    leaders = story.lead or story.buyers
    by = f" {'led by' if story.lead else 'from'} {join_words(leaders, most=2)}" if leaders else ""
    return f"{target} {verb} {what}{by}{_at_valuation(story)}"


def _round_words(story: Story) -> str:
    name = story.round or ""
    if name.casefold() == "debt":
        return "in debt" if amount_words(story) else "debt"
    if not name or amount_words(story):
        return name
    return f"a {name} round"


def _merger(story: Story) -> str:
    partners = [name for name in (story.target, *story.buyers) if name]
    amount = amount_words(story)
    end = f" in a deal worth {amount}" if amount else ""
    if len(partners) < 2:
        verb = _pick(story, rumored="in talks to merge", announced="to merge", completed="completes merger")
        return f"{partners[0] if partners else 'Two companies'} {verb}{end}"
    verb = _pick(story, rumored="in talks to merge", announced="to merge", completed="have merged")
    return f"{join_words(partners)} {verb}{end}"


def _ipo(story: Story) -> str:
    verb = _pick(story, rumored="considers going public", announced="plans to go public", completed="goes public")
    if story.status is Status.CANCELLED:
        verb = "to go public"
    amount = amount_words(story)
    raising = f", raising {amount}" if amount else ""
    return f"{story.target or 'A company'} {verb}{raising}{_at_valuation(story)}"


def _fund(story: Story) -> str:
    verb = _pick(story, rumored="in talks to raise", announced="raises", completed="raises")
    if story.status is Status.CANCELLED:
        verb = "to raise"
    amount = amount_words(story)
    return f"{story.target or 'A firm'} {verb} {amount + ' for a fund' if amount else 'a fund'}"


def _leadership(story: Story) -> str:
    role = role_title(story)
    company = story.company
    if story.change is Change.LEAVES:
        return _leaves(story, role, company)
    who = story.person
    if who is None:
        verb = _pick(story, rumored="to name", announced="names", completed="names")
        return f"{company or 'A company'} {verb} a new {role or 'leader'}"
    if not role:
        verb = _pick(story, rumored="to join", announced="joins", completed="joins")
        return f"{who} {verb} {company or 'a company'}"
    verb = _pick(story, rumored="to become", announced="named", completed="named")
    if story.status is Status.CANCELLED:
        verb = "to become"
    return f"{who} {verb} {role}{f' of {company}' if company else ''}"


def _leaves(story: Story, role: str, company: str | None) -> str:
    verb = _pick(story, rumored="to leave", announced="leaves", completed="leaves")
    if story.status is Status.CANCELLED:
        verb = "to leave"
    if story.person is None:
        return f"{company or 'A company'}'s {role or 'leader'} {verb}"
    return f"{story.person} {verb} {company or 'office'}{f' as {role}' if role else ''}"


def role_title(story: Story) -> str:
    """Return the role as a card shows it: "interim CEO"; empty where unknown."""
    role = (story.role or "").strip()
    if story.interim and role and not re.search(r"\b(?:interim|acting|temporary)\b", role, re.IGNORECASE):
        return f"interim {role}"
    return role


_SAY: dict[Kind, Callable[[Story], str]] = {
    Kind.FUNDING: _funding,
    Kind.STAKE: _stake,
    Kind.ACQUISITION: _acquisition,
    Kind.MERGER: _merger,
    Kind.IPO: _ipo,
    Kind.FUND: _fund,
    Kind.LEADERSHIP: _leadership,
}
