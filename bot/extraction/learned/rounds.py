"""The investors of a round: what lists say goes before what the tagger caught of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

from bot.extraction.investors import Investor, investors_in
from bot.extraction.learned.assembly import Candidate
from bot.extraction.learned.labels import LEADERSHIP
from bot.extraction.learned.same import same
from bot.extraction.tokens import Sentence
from bot.model.enums import Kind
from bot.model.event import Event, Evidence

Listed: TypeAlias = tuple[Investor, Sentence]
"""An investor and the sentence that lists it."""

METHOD = "rules:investors"
SURE = 0.9
MOST = 240
"""Names of one item: far more than any round has, and a cap on work."""


def with_investors(
    event: Event, candidate: Candidate, found: Sequence[Candidate], parts: Sequence[Sentence], whole: str
) -> Event:
    """The round with the investors that its sentences list; other events as they are."""
    if event.kind is not Kind.FUNDING:
        return event
    others = [c for c in found if c is not candidate and c.family != LEADERSHIP]
    told = [s for s in parts if _tells(s, candidate, others)]
    listed = _distinct(_read(told, whole), event.target)
    if not listed:
        return event
    names = tuple(one.name for one, _ in listed)
    more = [b for b in event.buyers if not any(same(b, name) for name in names)]
    lead = tuple(one.name for one, _ in listed if one.lead) or tuple(n for n in event.lead if n in more)
    kept = tuple(e for e in event.evidence if not _replaced(e, more, whole))
    evidence = kept + tuple(_evidence(one, home, whole) for one, home in listed)
    return replace(event, buyers=(*names, *more), lead=lead, evidence=evidence)


def _tells(sentence: Sentence, candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """True for the sentences of the candidate; where it is the only deal, for all."""
    if not others:
        return True
    return any(line.start < sentence.end and sentence.start < line.end for line in candidate.lines)


def _read(told: Sequence[Sentence], whole: str) -> Iterator[Listed]:
    """The investors that the sentences list, each with its sentence; the first `MOST`."""
    return islice(((one, sentence) for sentence in told for one in investors_in(sentence, whole)), MOST)


def _distinct(read: Iterable[Listed], target: str | None) -> list[Listed]:
    """Each name once, in its fullest form; not the company that raises."""
    out: list[Listed] = []
    for one, home in read:
        if target and same(one.name, target):
            continue
        at = next((n for n, (held, _) in enumerate(out) if same(held.name, one.name)), None)
        if at is None:
            out.append((one, home))
            continue
        lead = out[at][0].lead or one.lead
        longer, its_home = max(out[at], (one, home), key=lambda listed: len(listed[0].name))
        out[at] = longer._replace(lead=lead), its_home
    return out


def _replaced(evidence: Evidence, more: Sequence[str], whole: str) -> bool:
    """True for the tagger's evidence of buyers that the lists tell, and of leads."""
    if evidence.field == "buyers":
        return not any(same(whole[evidence.start : evidence.end], name) for name in more)
    return evidence.field == "lead"


def _evidence(one: Investor, home: Sentence, whole: str) -> Evidence:
    quote = " ".join(whole[home.start : home.end].split())
    return Evidence(field="buyers", start=one.start, end=one.end, quote=quote, method=METHOD, confidence=SURE)
