"""One news item to its events: the way through this room."""

from datetime import datetime
from functools import partial

from bot.extraction.language import foreign_language
from bot.extraction.learned.loader import Model, load
from bot.extraction.learned.reading import read_events
from bot.extraction.result import Extraction, Skip
from bot.extraction.telling import MAX_SENTENCES, by_rules
from bot.extraction.tokens import sentences
from bot.extraction.trigger import has_trigger
from bot.model.enums import Outcome
from bot.model.event import document


def extract(title: str, text: str, *, published: datetime | None = None, model: Model | None = None) -> Extraction:
    """Return the events that one news item tells. Never raises; time is linear in the text.

    `title` and `text` are plain text, `published` is aware UTC. Evidence points, in code points,
    into `document(title, text)`. `model` is the shipped one where none is given.
    """
    if not has_trigger(title, text):
        return _skip(Outcome.NO_TRIGGER, "no word of a deal or a leadership change")
    parts = list(sentences(title, text))[:MAX_SENTENCES]
    language = foreign_language([t for s in parts for t in s.tokens])
    if language is not None:
        return _skip(Outcome.NOT_ENGLISH, f"not English: {language}")
    model = model or load()
    if not model.gate.passes(title, text):
        return _skip(Outcome.NO_EVENT, "no sign of an event at first look")
    told = partial(by_rules, source=document(title, text), published=published)
    events = read_events(title, text, parts=parts, told=told, model=model, published=published)
    if not events:
        return _skip(Outcome.NO_EVENT, "words of a deal, but no event with parties")
    return Extraction(events=events)


def _skip(reason: Outcome, detail: str) -> Extraction:
    return Extraction(events=(), skipped=Skip(reason=reason, detail=detail))
