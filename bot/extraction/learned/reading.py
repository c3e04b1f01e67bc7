"""One English news item to its events, by the model."""

from functools import partial

from bot.extraction.learned.assembly import Candidate, candidates
from tokenizers import Tokenizer

from bot.extraction.learned.chunks import chunks, worth_reading
from bot.extraction.learned.decode import Line, read_lines
from bot.extraction.learned.features import features
from bot.extraction.learned.loader import Model
from bot.extraction.learned.scorer import chosen
from bot.extraction.learned.segments import Segment, segments
from bot.extraction.learned.slots import to_event
from bot.extraction.learned.tagger import logits
from bot.extraction.tokens import MAX_TEXT, MAX_TITLE
from bot.model.event import Event, document

MAX_CHUNKS = 40  # windows: a cap on work, far beyond an article's length


def worth(title: str, text: str, tokenizer: Tokenizer) -> list[Segment]:
    """The segments that the tagger reads, of the first `MAX_TITLE` and `MAX_TEXT` code points."""
    whole = document(title, text)
    body = len(title) + 2
    spans = (0, min(len(title), MAX_TITLE)), (body, min(len(whole), body + MAX_TEXT))
    return worth_reading(whole, segments(whole, title=spans[0], body=spans[1], tokenizer=tokenizer))


def read_events(title: str, text: str, *, model: Model) -> tuple[Event, ...]:
    """The events that an item tells as news, in the order of the text. Never raises; linear in the length."""
    if not model.gate.passes(title, text):
        return ()
    read = chunks(worth(title, text, model.tokenizer))[:MAX_CHUNKS]
    whole = document(title, text)
    lines = read_lines(whole, read, logits(model.session, read))
    found = candidates(lines)
    if not found:
        return ()
    rows = [features(whole, candidate, found, lines) for candidate in found]
    events = [partial(_event, whole, candidate, lines) for candidate in found]
    accepted = chosen(events, [float(p) for p in model.scorer(rows)], threshold=model.scorer.threshold)
    return tuple(sorted(accepted, key=lambda e: min((x.start for x in e.evidence), default=0)))


def _event(whole: str, candidate: Candidate, lines: list[Line], confidence: float) -> Event:
    return to_event(whole, candidate, lines, confidence=confidence)
