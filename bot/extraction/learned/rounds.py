"""The investors of a round: what lists say goes before what the tagger caught of them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.extraction.investors import Investor, investors_in
from bot.extraction.learned.assembly import Candidate
from bot.extraction.learned.labels import LEADERSHIP
from bot.extraction.learned.same import same
from bot.extraction.tokens import Sentence
from bot.model.enums import Kind
from bot.model.event import Event, Evidence

METHOD = "rules:investors"
SURE = 0.9


def with_investors(
    event: Event, candidate: Candidate, found: Sequence[Candidate], parts: Sequence[Sentence], whole: str
) -> Event:
    """The round with the investors that its sentences list; other events as they are."""
    if event.kind is not Kind.FUNDING:
        return event
    others = [c for c in found if c is not candidate and c.family != LEADERSHIP]
    listed = _named([i for s in parts if _tells(s, candidate, others) for i in investors_in(s, whole)], event)
    if not listed:
        return event
    names = tuple(i.name for i in listed)
    more = [b for b in event.buyers if not any(same(b, name) for name in names)]
    lead = tuple(i.name for i in listed if i.lead) or tuple(n for n in event.lead if n in more)
    told = tuple(
        Evidence(
            field="buyers", start=i.start, end=i.end, quote=_quote(parts, i, whole), method=METHOD, confidence=SURE
        )
        for i in listed
    )
    kept = tuple(
        e
        for e in event.evidence
        if e.field not in ("buyers", "lead")
        or (e.field == "buyers" and any(same(whole[e.start : e.end], m) for m in more))
    )
    return replace(event, buyers=(*names, *more), lead=lead, evidence=kept + told)


def _tells(sentence: Sentence, candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """True for the sentences of the candidate; where it is the only deal, for all."""
    if not others:
        return True
    return any(line.start < sentence.end and sentence.start < line.end for line in candidate.lines)


def _named(found: Sequence[Investor], event: Event) -> list[Investor]:
    """Each name once, in its fullest form; not the company that raises."""
    out: list[Investor] = []
    for one in found:
        if event.target and same(one.name, event.target):
            continue
        at = next((n for n, held in enumerate(out) if same(held.name, one.name)), None)
        if at is None:
            out.append(one)
            continue
        longer = max((out[at], one), key=lambda i: len(i.name))
        out[at] = longer._replace(lead=out[at].lead or one.lead)
    return out


def _quote(parts: Sequence[Sentence], one: Investor, whole: str) -> str:
    home = next(s for s in parts if s.start <= one.start < s.end)
    return " ".join(whole[home.start : home.end].split())
