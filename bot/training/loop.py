"""Train the tagger: AdamW, warm-up and linear decay, bf16 where the processor has it, windows bucketed by length."""

import logging
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from bot.extraction.learned.chunks import SEP
from bot.extraction.learned.labels import WIDTHS
from bot.training.examples import COLUMNS, IGNORE, Example
from bot.training.network import POSITIONS, Tagger

log = logging.getLogger(__name__)
NEW = ("head", "shape")  # parts that MiniLM did not bring learn three times as fast
UNKNOWN = 1
BLIND = 0.05  # share of pieces that are shown as unknown, so that no single word decides


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How long and how boldly to train."""

    epochs: int = 4
    batch: int = 24
    rate: float = 3e-4
    warmup: float = 0.08
    seed: int = 7
    end: float = 0.0  # share of the rate that is left at the end


def batches(rows: Sequence[Example], *, size: int, dice: random.Random) -> Iterator[list[Example]]:
    """Batches of windows of like length, in random order."""
    order = sorted(rows, key=lambda e: len(e.chunk.pieces) + dice.random() * 12)
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    dice.shuffle(groups)
    yield from groups


def collate(rows: Sequence[Example], dice: random.Random) -> tuple[Tensor, ...]:
    """Padded arrays of a batch; the shapes of one window in eight are hidden, so that case is a help, not a crutch."""
    width = min(POSITIONS, max(len(e.chunk.pieces) for e in rows))
    blind = lambda pieces: [UNKNOWN if p > SEP and dice.random() < BLIND else p for p in pieces]  # noqa: E731
    pad = lambda values, fill: (list(values) + [fill] * width)[:width]  # noqa: E731
    blank = (IGNORE,) * COLUMNS
    return (
        torch.tensor([pad(blind(e.chunk.pieces), 0) for e in rows]),
        torch.tensor([pad(e.chunk.shapes if dice.random() > 0.12 else (0,) * width, 0) for e in rows]),
        torch.tensor([pad(e.chunk.places, 0) for e in rows]),
        torch.tensor([pad(e.rows, blank) for e in rows]),
        torch.tensor([pad(e.weights, 0.0) for e in rows]),
        torch.tensor([e.families for e in rows]),
    )


def loss_of(logits: Tensor, labels: Tensor, weights: Tensor, families: Tensor) -> Tensor:
    """Sum of the layers' cross-entropies at first pieces, and of the window's families at [CLS]."""
    total = torch.zeros(())
    parts = logits.float().split(list(WIDTHS), dim=-1)
    flat = weights.flatten()
    for column, part in enumerate(parts[:COLUMNS]):
        gold = labels[:, :, column].flatten()
        known = gold != IGNORE
        if not known.any():
            continue
        each = functional.cross_entropy(part.flatten(0, 1)[known], gold[known], reduction="none") * flat[known]
        total = total + each.sum() / (known.sum() if column < 3 else known.sum() * 4) * (3.0 if column < 3 else 1.0)
    mask = families != IGNORE
    gates = functional.binary_cross_entropy_with_logits(
        parts[-1][:, 0], families.clamp(min=0).float(), reduction="none"
    )
    return total + 0.3 * (gates * mask).sum() / mask.sum()


def train(tagger: Tagger, draw: Callable[[int], list[Example]], *, schedule: Schedule) -> None:
    """Train in place. `draw(epoch)` gives that epoch's windows (augmented anew)."""
    torch.manual_seed(schedule.seed)
    dice = random.Random(schedule.seed)  # noqa: S311
    slow = [p for n, p in tagger.named_parameters() if not n.startswith(NEW)]
    fast = [p for n, p in tagger.named_parameters() if n.startswith(NEW)]
    groups = [{"params": slow, "lr": schedule.rate}, {"params": fast, "lr": schedule.rate * 3}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    rows = draw(0)
    steps = math.ceil(len(rows) / schedule.batch) * schedule.epochs
    warm = max(1, int(steps * schedule.warmup))
    began, seen = time.monotonic(), 0

    def left(step: int) -> float:
        spent = min(1.0, max(0, step - warm) / max(1, steps - warm))
        return min((step + 1) / warm, 1 - (1 - schedule.end) * spent)

    clock = torch.optim.lr_scheduler.LambdaLR(optimiser, left)
    tagger.train()
    for epoch in range(schedule.epochs):
        running = 0.0
        for number, group in enumerate(batches(rows if epoch == 0 else draw(epoch), size=schedule.batch, dice=dice)):
            pieces, shapes, places, *gold = collate(group, dice)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = tagger(pieces, shapes, places)
            loss = loss_of(logits, *gold)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            optimiser.step()
            clock.step()
            running += loss.item()
            seen += len(group)
            if number % 20 == 19:
                log.info(
                    "epoch %d step %d loss %.4f, %.1f windows/s",
                    epoch,
                    number + 1,
                    running / 20,
                    seen / (time.monotonic() - began),
                )
                running = 0.0
