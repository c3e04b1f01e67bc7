"""Fit the gate: two logistic regressions over hashed words, with thresholds that lose few items and sentences."""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional

from bot.extraction.learned.chunks import LEAD_SEGMENTS
from bot.extraction.learned.gate import BUCKETS, Gate, Linear, item_buckets, sentence_buckets
from bot.model.event import document
from bot.training.examples import Example, Item, examples

LOST_ITEMS = 0.006
"""Share of the items with a required event that may be dropped."""
LOST_SENTENCES = 0.05
"""Share of the later sentences that tell of an event that may be dropped: the title and the lead are always read."""
_FOLDS = 4

Row = tuple[list[int], float, float]
"""Buckets, what is true, and what counts for the threshold."""


def item_rows(items: Sequence[Item]) -> list[Row]:
    """Items: whether they tell an event; the required ones count."""
    return [(list(item_buckets(i.title, i.text)), float(_tells(i)), float(has_news(i))) for i in items]


def sentence_rows(items: Sequence[Item], tokenizer: Tokenizer) -> list[Row]:
    """Sentences after the lead: whether a mention of an event stands in them."""
    out: list[Row] = []
    for item in items:
        whole = document(item.title, item.text)
        for example in examples(item, tokenizer):
            for segment, places in example.chunk.segments:
                if segment.number > LEAD_SEGMENTS:
                    told = float(_mentions(example, places))
                    buckets = list(sentence_buckets(whole[segment.start : segment.end], item.title))
                    out.append((buckets, told, told))
    return out


def _mentions(example: Example, places: Sequence[int]) -> bool:
    return any(tag > 0 for place in places for tag in example.rows[place][:3])


def has_news(item: Item) -> bool:
    """True if the item tells a required event."""
    return any(not e.get("background") and not e.get("optional") for e in item.events)


def _tells(item: Item) -> bool:
    return any(not e.get("background") for e in item.events)


def fit_weights(rows: Sequence[Row], *, seed: int, size: int = BUCKETS, epochs: int = 12) -> NDArray[np.float32]:
    """`size` weights and a bias."""
    torch.manual_seed(seed)
    dice = random.Random(seed)  # noqa: S311
    table = torch.nn.EmbeddingBag(size, 1, mode="sum")
    torch.nn.init.zeros_(table.weight)
    bias = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.AdamW(
        [{"params": table.parameters(), "lr": 0.02, "weight_decay": 0.05}, {"params": [bias], "lr": 0.02}]
    )
    order = list(rows)
    for _ in range(epochs):
        dice.shuffle(order)
        for at in range(0, len(order), 128):
            some = order[at : at + 128]
            sizes = torch.tensor([len(b) or 1 for b, _, _ in some])
            offsets = torch.tensor([0, *(len(b) for b, _, _ in some[:-1])]).cumsum(0)
            total = table(torch.tensor([b for row, _, _ in some for b in row]), offsets)[:, 0] / sizes.sqrt() + bias
            loss = functional.binary_cross_entropy_with_logits(total, torch.tensor([y for _, y, _ in some]))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return np.append(table.weight.detach().numpy()[:, 0], float(bias.detach())).astype(np.float32)


def fit_linear(rows: Sequence[Row], *, lost: float, seed: int = 7) -> Linear:
    """A model whose threshold is read off out-of-fold scores; neighbours in `rows` share a fold."""
    scores: list[float] = []
    fold = [n * _FOLDS // len(rows) for n in range(len(rows))]
    for part in range(_FOLDS):
        weights = fit_weights([r for r, f in zip(rows, fold, strict=True) if f != part], seed=seed)
        model = Linear(weights=weights, threshold=0.0)
        scores += [model.score(iter(r[0])) for r, f in zip(rows, fold, strict=True) if f == part and r[2]]
    return Linear(weights=fit_weights(rows, seed=seed), threshold=float(np.quantile(scores, lost)))


def fit(items: Sequence[Item], tokenizer: Tokenizer) -> Gate:
    """The gate for items and for sentences."""
    return Gate(
        items=fit_linear(item_rows(items), lost=LOST_ITEMS),
        sentences=fit_linear(sentence_rows(items, tokenizer), lost=LOST_SENTENCES),
    )


def write(gate: Gate, path: Path) -> None:
    """Write `gate.npz`."""
    np.savez_compressed(
        path,
        items=gate.items.weights.astype(np.float16),
        items_threshold=np.float32(gate.items.threshold),
        sentences=gate.sentences.weights.astype(np.float16),
        sentences_threshold=np.float32(gate.sentences.threshold),
    )
