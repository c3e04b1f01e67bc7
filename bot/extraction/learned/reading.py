"""One English news item to its events, by the model."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from tokenizers import Tokenizer

from bot.extraction.learned.agreement import agreeing, filled
from bot.extraction.learned.assembly import Candidate, candidates
from bot.extraction.learned.chunks import chunks, worth_reading
from bot.extraction.learned.decode import Floats, Line, read_lines
from bot.extraction.learned.features import features, glance
from bot.extraction.learned.gate import Gate
from bot.extraction.learned.labels import FAMILY_AT, LEADERSHIP, LEAVES
from bot.extraction.learned.loader import Model
from bot.extraction.learned.people import with_people
from bot.extraction.learned.phrases import buckets
from bot.extraction.learned.rounds import with_investors
from bot.extraction.learned.scorer import Seen, chosen
from bot.extraction.learned.segments import Segment, segments
from bot.extraction.learned.slots import settled, to_event
from bot.extraction.learned.succession import with_roles
from bot.extraction.learned.tagger import logits
from bot.extraction.learned.wording import advises, denied
from bot.extraction.tokens import MAX_TEXT, MAX_TITLE, Sentence
from bot.model.event import Event, document

Told = Callable[[Sequence[Sentence]], Sequence[Event]]

MAX_CHUNKS = 40  # windows: a cap on work, far beyond an article's length
QUIET = -3.5  # logit: title and lead that tell no family more likely than this are not read on


def worth(title: str, text: str, tokenizer: Tokenizer, gate: Gate | None = None) -> list[Segment]:
    """The segments that the tagger reads, of the first `MAX_TITLE` and `MAX_TEXT` code points.

    Without a gate every later sentence with a trigger word is read.
    """
    whole = document(title, text)
    body = len(title) + 2
    spans = (0, min(len(title), MAX_TITLE)), (body, min(len(whole), body + MAX_TEXT))
    parts = segments(whole, title=spans[0], body=spans[1], tokenizer=tokenizer)
    return worth_reading(whole, parts, tells=lambda told: gate is None or gate.tells(told, title))


def read_events(
    title: str, text: str, *, parts: Sequence[Sentence], told: Told, model: Model, published: datetime | None
) -> tuple[Event, ...]:
    """The events that an item tells as news, in the order of the text. Never raises; linear in the length.

    `told` gives the rules' events of some of the item's sentences; it is called where there is a candidate.
    """
    read = chunks(worth(title, text, model.tokenizer, model.gate))[:MAX_CHUNKS]
    whole = document(title, text)
    begun = logits(model.session, read[:1])
    if not begun or is_quiet(begun[0]):
        return ()
    lines = read_lines(whole, read, begun + logits(model.session, read[1:]))
    found = considered(whole, lines, parts, told, published=published)
    if not found:
        return ()
    sure = model.scorer([seen for _, seen in found])
    events = [replace(event, confidence=float(p)) for (event, _), p in zip(found, sure, strict=True)]
    accepted = with_roles(chosen(events, threshold=model.scorer.threshold))
    return tuple(sorted(accepted, key=lambda e: min((x.start for x in e.evidence), default=0)))


def is_quiet(window: Floats) -> bool:
    """True if title and lead tell no event of any family: then nor does the rest."""
    return bool(window[0, FAMILY_AT:].max() < QUIET)


def considered(
    whole: str, lines: Sequence[Line], parts: Sequence[Sentence], told: Told, *, published: datetime | None
) -> list[tuple[Event, Seen]]:
    """Every candidate event of an item, with what the scorer sees of it.

    The rules bear witness to the sentences that the tagger has read: those between tell nothing.
    """
    lines = with_people(whole, lines)
    found = [c for c in candidates(lines) if not _denied(whole, c)]
    out: list[tuple[Event, Seen]] = []
    rules = told([p for p in parts if _is_read(p, lines)]) if found else ()
    title = next((whole[p.start : p.end] for p in parts if p.place == 0), "")
    for candidate in found:
        event = with_investors(to_event(whole, candidate, lines), candidate, found, parts, whole)
        witness = agreeing(event, rules)
        row = features(whole, candidate, found, lines, witness=witness, told=len(rules), published=published)
        event = settled(filled(event, witness), candidate, whole)
        row += glance(event, title, whole[:MAX_TEXT])
        out.append((event, Seen(row=row, words=buckets(event, whole, lines))))
    return out


def _is_read(part: Sentence, lines: Sequence[Line]) -> bool:
    return any(line.start < part.end and part.start < line.end for line in lines)


def _denied(whole: str, candidate: Candidate) -> bool:
    """True for a change that the headline, or every sentence about it, denies; and for seats on advisory boards."""
    if candidate.family != LEADERSHIP:
        return False
    is_none = denied if candidate.change == LEAVES else advises
    verdicts = [(line.title, is_none(whole[line.start : line.end])) for line in candidate.lines]
    return (True, True) in verdicts or all(no for _, no in verdicts)
