"""The candidates that an exported tagger finds in gold items, each judged: what the scorer learns from."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from zlib import crc32

import onnxruntime
from tokenizers import Tokenizer

from bot.extraction.learned.chunks import chunks
from bot.extraction.learned.decode import read_lines
from bot.extraction.learned.gate import Gate
from bot.extraction.learned.loader import read_session
from bot.extraction.learned.reading import MAX_CHUNKS, considered, worth
from bot.extraction.learned.scorer import Seen
from bot.extraction.learned.tagger import logits
from bot.extraction.telling import MAX_SENTENCES, by_rules
from bot.extraction.tokens import sentences
from bot.model.event import Event, document
from bot.training import fitting
from bot.training.examples import Item
from bot.training.fitting import Judged


def judged(items: Sequence[Item], graph: Path, tokenizer: Tokenizer, gate: Gate) -> list[Judged]:
    """The candidates that a tagger finds in items, each right or wrong; optional ones left out."""
    session = read_session(graph)
    out: list[Judged] = []
    for item in items:
        found = _read(item, session, tokenizer, gate)
        verdicts = fitting.judge([event for event, _ in found], item.events)
        out += [
            Judged(seen=seen, right=verdict)
            for (_, seen), verdict in zip(found, verdicts, strict=True)
            if verdict != fitting.OPTIONAL
        ]
    return out


def _read(
    item: Item, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, gate: Gate
) -> list[tuple[Event, Seen]]:
    text = document(item.title, item.text)
    windows = chunks(worth(item.title, item.text, tokenizer, gate))[:MAX_CHUNKS]
    parts = list(sentences(item.title, item.text))[:MAX_SENTENCES]
    lines = read_lines(text, windows, logits(session, windows))
    told = partial(by_rules, source=text, published=item.published)
    return considered(text, lines, parts, told, published=item.published)


def halves(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Two halves by a hash of the id: an item keeps its half whatever is added."""
    sides: tuple[list[Item], list[Item]] = ([], [])
    for item in items:
        sides[crc32(item.id.encode()) % 2].append(item)
    return sides
