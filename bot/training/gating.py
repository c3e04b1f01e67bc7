"""Fit the gate: logistic regression over hashed words; its threshold loses at most `LOSS` of the items with events."""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from bot.extraction.learned.gate import BUCKETS, Gate, buckets
from bot.training.examples import Item

LOSS = 0.006
_FOLDS = 4


def has_news(item: Item) -> bool:
    """True if the item tells a required event."""
    return any(not e.get("background") and not e.get("optional") for e in item.events)


def fit_weights(items: Sequence[Item], *, seed: int, epochs: int = 12) -> NDArray[np.float32]:
    """Weights and bias."""
    torch.manual_seed(seed)
    dice = random.Random(seed)  # noqa: S311
    table = torch.nn.EmbeddingBag(BUCKETS, 1, mode="sum")
    torch.nn.init.zeros_(table.weight)
    bias = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.AdamW(
        [{"params": table.parameters(), "lr": 0.02, "weight_decay": 0.05}, {"params": [bias], "lr": 0.02}]
    )
    rows = [(list(buckets(i.title, i.text)), float(any(not e.get("background") for e in i.events))) for i in items]
    for _ in range(epochs):
        dice.shuffle(rows)
        for at in range(0, len(rows), 128):
            some = rows[at : at + 128]
            sizes = torch.tensor([len(r) or 1 for r, _ in some])
            offsets = torch.tensor([0, *(len(r) for r, _ in some[:-1])]).cumsum(0)
            total = table(torch.tensor([b for r, _ in some for b in r]), offsets)[:, 0] / sizes.sqrt() + bias
            loss = functional.binary_cross_entropy_with_logits(total, torch.tensor([y for _, y in some]))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return np.append(table.weight.detach().numpy()[:, 0], float(bias.detach())).astype(np.float32)


def fit(items: Sequence[Item], *, seed: int = 7) -> Gate:
    """The gate, its threshold read off out-of-fold scores."""
    scores: list[float] = []
    for fold in range(_FOLDS):
        part = Gate(
            weights=fit_weights([x for n, x in enumerate(items) if n % _FOLDS != fold], seed=seed), threshold=0.0
        )
        scores += [part.score(x.title, x.text) for n, x in enumerate(items) if n % _FOLDS == fold and has_news(x)]
    return Gate(weights=fit_weights(items, seed=seed), threshold=float(np.quantile(scores, LOSS)))


def write(gate: Gate, path: Path) -> None:
    """Write `gate.npz`."""
    np.savez_compressed(path, weights=gate.weights.astype(np.float16), threshold=np.float32(gate.threshold))
