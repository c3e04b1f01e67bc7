"""One news item to its events: the way through this room."""

from dataclasses import dataclass
from datetime import datetime

from bot.extraction.assembly import assemble
from bot.extraction.drafts import drafts_in
from bot.extraction.language import foreign_language
from bot.extraction.mentions import NAME
from bot.extraction.names import known_names
from bot.extraction.parties import cast_of
from bot.extraction.reading import Reading, mentions_in, read
from bot.extraction.tables.titles import OUTSIDE
from bot.extraction.tokens import Sentence, sentences
from bot.extraction.trigger import has_trigger
from bot.model.enums import Outcome
from bot.model.event import Event, document

LEAST_CONFIDENCE = 0.4
"""Below it an event is not told at all."""
MAX_SENTENCES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Why an item gave no event: NO_TRIGGER, NOT_ENGLISH or NO_EVENT."""

    reason: Outcome
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What an item gave: events, or the reason for none."""

    events: tuple[Event, ...]
    skipped: Skip | None = None


def extract(title: str, text: str, *, published: datetime | None = None) -> Extraction:
    """Return the events that one news item tells. Never raises; time is linear in the text.

    `title` and `text` are plain text, `published` is aware UTC. Evidence points, in code points,
    into `document(title, text)`.
    """
    if not has_trigger(title, text):
        return _skip(Outcome.NO_TRIGGER, "no word of a deal or a leadership change")
    parts = list(sentences(title, text))[:MAX_SENTENCES]
    language = foreign_language([t for s in parts for t in s.tokens])
    if language is not None:
        return _skip(Outcome.NOT_ENGLISH, f"not English: {language}")
    source = document(title, text)
    readings = _readings(parts, source)
    plain = {index: pair[0] for index, pair in readings.items()}
    cast = cast_of(list(plain.values()))
    outside = any(r.words & OUTSIDE for i, r in plain.items() if i <= 1)
    drafts = [d for pair in readings.values() for d in drafts_in(pair, published, outside=outside)]
    events = tuple(e for e in assemble(drafts, plain, cast, source) if e.confidence >= LEAST_CONFIDENCE)
    if not events:
        return _skip(Outcome.NO_EVENT, "words of a deal, but no event with parties")
    return Extraction(events=events)


def _skip(reason: Outcome, detail: str) -> Extraction:
    return Extraction(events=(), skipped=Skip(reason=reason, detail=detail))


def _readings(parts: list[Sentence], source: str) -> dict[int, tuple[Reading, Reading]]:
    """Read the text first: the names that it shows help to read the headline."""
    body = [(s, mentions_in(s.tokens, {})) for s in parts if s.place]
    known = known_names([(s.tokens, m) for s, found in body for m in found if m.tag == NAME])
    head = [(s, mentions_in(s.tokens, known)) for s in parts if s.place == 0]
    return {s.place: read(s, found, source) for s, found in head + body}
