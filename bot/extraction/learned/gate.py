"""A first look that costs microseconds, and tells whether an item can hold an event at all.

A linear model over hashed words and word pairs of the title and the beginning, with a threshold so low that it drops
the weather and the football, not the oblique headline. What it drops, the tagger never reads.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 15
READ = 1200  # code points of the text that are looked at
_WORD = re.compile(r"[a-z]+|[$€£₹%]|\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """`weights` has `BUCKETS` entries and then the bias; an item passes where its score reaches `threshold`."""

    weights: NDArray[np.float32]
    threshold: float

    def score(self, title: str, text: str) -> float:
        """Sum of weights over the root of their number, so that long items do not score by length."""
        places = list(buckets(title, text))
        total = float(self.weights[places].sum()) / float(np.sqrt(len(places) or 1))
        return total + float(self.weights[BUCKETS])

    def passes(self, title: str, text: str) -> bool:
        """True if the tagger should read the item."""
        return self.score(title, text) >= self.threshold


def buckets(title: str, text: str) -> Iterator[int]:
    """The distinct buckets of words, word pairs, and title words."""
    seen: set[str] = set()
    for mark, part in (("t", title[:300].lower()), ("b", text[:READ].lower())):
        before = "^"
        for word in _WORD.findall(part):
            seen.add(word)
            seen.add(f"{before} {word}")
            if mark == "t":
                seen.add(f"t:{word}")
            before = word
    return (crc32(s.encode()) % BUCKETS for s in sorted(seen))


def read_gate(path: Path) -> Gate:
    """Read `gate.npz`: `weights` and `threshold`, as `bot.training.gating` writes them."""
    with np.load(path, allow_pickle=False) as rows:
        return Gate(weights=rows["weights"].astype(np.float32), threshold=float(rows["threshold"]))
