"""Stages of training: each begins with some weights, learns from some items and leaves weights in a file.

A stage that is finished is not run again: training that was stopped goes on where it stood.
"""

import json
import logging
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from bot.extraction.learned.loader import read_tokenizer
from bot.training.children import children
from bot.training.examples import Example, Item, examples, name_pool, swapped
from bot.training.loop import Schedule, train
from bot.training.network import Tagger

LAYERS = [0, 1, 2, 3, 4]  # of MiniLM's six: the sixth costs a fifth of the speed
SWAP = 0.4  # share of items whose names are swapped, anew each epoch
KEEP_SILENT = 0.65  # share of items without events that an epoch sees
KEEP_EMPTY = 0.3  # share of a long item's later windows without a label
SIDE_BY_SIDE = 2  # processes at once

Draw = Callable[[int], list[Example]]
Weights = Mapping[str, Tensor]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One run of the loop over `items` (an item may stand in it twice), from the weights in `start`."""

    name: str
    start: Path
    items: Sequence[Item]
    schedule: Schedule

    @property
    def mark(self) -> str:
        """Tells whether weights that lie there come from this very stage."""
        told = [json.dumps([item.id, item.title, item.text, *item.events], sort_keys=True) for item in self.items]
        return sha256("\n".join([self.start.name, str(asdict(self.schedule)), *told]).encode()).hexdigest()

    def weights(self) -> Path:
        """Where the stage leaves its weights."""
        return self.start.with_name(f"{self.name}-{self.mark[:12]}.pt")


def draw(items: Sequence[Item], tokenizer: Tokenizer, *, seed: int) -> Draw:
    """Each epoch's windows: names swapped anew, silence thinned out."""
    pool = name_pool(items)

    def one(epoch: int) -> list[Example]:
        dice = random.Random(seed * 1000 + epoch)  # noqa: S311
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


def together(stages: Sequence[Stage], *, vocabulary: Path, threads: int) -> list[Path]:
    """Run stages side by side, each in a process of its own; give the files of their weights."""
    ends = [stage.weights() for stage in stages]
    left = [stage for stage, end in zip(stages, ends, strict=True) if not end.exists()]
    if left:
        with children(min(len(left), SIDE_BY_SIDE)) as pool:
            list(pool.map(_run, left, [vocabulary] * len(left), [threads] * len(left)))
    return ends


def _run(stage: Stage, vocabulary: Path, threads: int) -> None:
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format=f"%(asctime)s {stage.name}: %(message)s")
    torch.set_num_threads(threads)
    tagger = tagger_of(stage.start)
    windows = draw(stage.items, read_tokenizer(vocabulary), seed=stage.schedule.seed)
    train(tagger, windows, schedule=stage.schedule)
    end = stage.weights()
    half = end.with_suffix(".half")
    torch.save(tagger.state_dict(), half)
    half.rename(end)


def tagger_of(path: Path) -> Tagger:
    """The tagger whose weights lie in a file."""
    return with_weights(torch.load(path))


def with_weights(weights: Weights) -> Tagger:
    """A tagger with these weights."""
    tagger = Tagger(vocabulary=len(weights["word.weight"]), layers=len(LAYERS))
    tagger.load_state_dict(weights)
    return tagger


def averaged(paths: Sequence[Path]) -> Tagger:
    """A tagger with the mean of the weights of runs that began at one point."""
    states = [torch.load(path) for path in paths]
    return with_weights({name: torch.stack([s[name] for s in states]).mean(dim=0) for name in states[0]})
