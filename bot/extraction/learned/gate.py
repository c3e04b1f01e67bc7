"""A first look that costs microseconds: whether an item can hold an event, and whether a later sentence tells of it.

Two linear models over hashed words and word pairs, each with a threshold so low that it drops the weather and the
football, not the oblique headline. What they drop, the tagger never reads.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 15
READ = 1200  # code points of the text that are looked at
WORD = re.compile(r"[a-z]+|[$€£₹%]|\d")
_INTENDS = re.compile(r"\bwill (?:join|leave|serve as|become|succeed|replace|step down)\b")
_NAME = re.compile(r"\b[A-Z][\w&]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """`weights` has one entry a bucket and then the bias; `threshold` is the score from which it says yes."""

    weights: NDArray[np.float32]
    threshold: float = 0.0

    def score(self, buckets: Iterable[int]) -> float:
        """Sum of weights over the root of their number, so that long texts do not score by length."""
        places = list(buckets)
        total = float(self.weights[places].sum()) / float(np.sqrt(len(places) or 1))
        return total + float(self.weights[-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A linear model for items and one for sentences."""

    items: Linear
    sentences: Linear

    def passes(self, title: str, text: str) -> bool:
        """True if the tagger should read the item."""
        return self.items.score(item_buckets(title, text)) >= self.items.threshold

    def tells(self, sentence: str, title: str) -> bool:
        """True if the tagger should read this later sentence of an item."""
        if _INTENDS.search(sentence):
            return True
        return self.sentences.score(sentence_buckets(sentence, title)) >= self.sentences.threshold


def sentence_buckets(sentence: str, title: str) -> Iterator[int]:
    """The distinct buckets of words and word pairs, of how many names there are, and how many the title shares."""
    seen: set[str] = set()
    before = "^"
    for word in WORD.findall(sentence.lower()):
        seen.add(word)
        seen.add(f"{before} {word}")
        before = word
    names = set(_NAME.findall(sentence))
    seen.add(f"names:{min(len(names) // 3, 4)}")
    seen.add(f"shared:{min(len(names.intersection(_NAME.findall(title))), 3)}")
    return (crc32(s.encode()) % BUCKETS for s in sorted(seen))


def item_buckets(title: str, text: str) -> Iterator[int]:
    """The distinct buckets of words, word pairs, and title words."""
    seen: set[str] = set()
    for mark, part in (("t", title[:300].lower()), ("b", text[:READ].lower())):
        before = "^"
        for word in WORD.findall(part):
            seen.add(word)
            seen.add(f"{before} {word}")
            if mark == "t":
                seen.add(f"t:{word}")
            before = word
    return (crc32(s.encode()) % BUCKETS for s in sorted(seen))


def read_gate(path: Path) -> Gate:
    """Read `gate.npz`, as `bot.training.gating` writes it."""
    with np.load(path, allow_pickle=False) as rows:
        return Gate(items=_linear(rows, "items"), sentences=_linear(rows, "sentences"))


def _linear(rows: Mapping[str, NDArray[Any]], name: str) -> Linear:
    return Linear(weights=rows[name].astype(np.float32), threshold=float(rows[f"{name}_threshold"]))
