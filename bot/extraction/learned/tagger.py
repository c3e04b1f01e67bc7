"""Run the tagger's graph over windows, one at a time: no padding, no mask, the same result whatever the batch."""

from collections.abc import Sequence

import numpy as np
import onnxruntime

from bot.extraction.learned.chunks import Chunk
from bot.extraction.learned.decode import Floats


def logits(session: onnxruntime.InferenceSession, chunks: Sequence[Chunk]) -> list[Floats]:
    """Logits [pieces, outputs] of every window."""
    out: list[Floats] = []
    for chunk in chunks:
        size = len(chunk.pieces)
        feed = {
            "pieces": np.array([chunk.pieces], dtype=np.int64),
            "shapes": np.array([chunk.shapes], dtype=np.int64),
            "places": np.array([chunk.places], dtype=np.int64),
            "positions": np.arange(size, dtype=np.int64)[None],
        }
        out.append(session.run(None, feed)[0][0])
    return out
