"""What the rules alone make of an item."""

from collections.abc import Sequence
from datetime import datetime

from bot.extraction.assembly import assemble
from bot.extraction.drafts import drafts_in
from bot.extraction.mentions import NAME
from bot.extraction.names import known_names
from bot.extraction.parties import cast_of
from bot.extraction.reading import Reading, mentions_in, read
from bot.extraction.tables.titles import OUTSIDE
from bot.extraction.tokens import Sentence, sentences
from bot.model.event import Event, document

LEAST_CONFIDENCE = 0.4
"""Below it the rules themselves would not tell an event."""
MAX_SENTENCES = 60


def by_rules(parts: Sequence[Sentence], source: str, published: datetime | None) -> list[Event]:
    """All events that the rules find, the unsure included: witnesses for the scorer of the learned reading."""
    readings = _readings(parts, source)
    plain = {index: pair[0] for index, pair in readings.items()}
    cast = cast_of(list(plain.values()))
    outside = any(r.words & OUTSIDE for i, r in plain.items() if i <= 1)
    drafts = [d for pair in readings.values() for d in drafts_in(pair, published, outside=outside)]
    return list(assemble(drafts, plain, cast, source))


def events_by_rules(title: str, text: str, *, published: datetime | None = None) -> list[Event]:
    """The rules' sure events of one item, without the model."""
    parts = list(sentences(title, text))[:MAX_SENTENCES]
    return [e for e in by_rules(parts, document(title, text), published) if e.confidence >= LEAST_CONFIDENCE]


def _readings(parts: Sequence[Sentence], source: str) -> dict[int, tuple[Reading, Reading]]:
    """Read the text first: the names that it shows help to read the headline."""
    body = [(s, mentions_in(s.tokens, {})) for s in parts if s.place]
    known = known_names([(s.tokens, m) for s, found in body for m in found if m.tag == NAME])
    head = [(s, mentions_in(s.tokens, known)) for s in parts if s.place == 0]
    return {s.place: read(s, found, source) for s, found in head + body}
