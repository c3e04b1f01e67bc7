"""The scorer's file, what it counts, and one of another version."""

import math
from pathlib import Path

import numpy as np
import pytest

from bot.errors import ModelError
from bot.extraction.learned.gate import Linear
from bot.extraction.learned.scorer import Net, Scorer, Seen, read_scorer, write_scorer


@pytest.fixture
def scorer() -> Scorer:
    """A scorer of one net that gives the row itself, nearly."""
    one = np.ones(1)
    return Scorer(
        phrases=Linear(weights=np.array([0, 0, 2, 0], dtype=np.float32)), share=0.5, mean=0 * one, scale=one,
        nets=(Net(w1=one[None] / 1024, b1=0 * one, w2=1024 * one, b2=0.0),),
        slope=1.0, offset=0.0, bend=1.0, knot=0.0, threshold=0.5,
    )  # fmt: skip


def sure(scorer: Scorer, *seen: Seen) -> list[float]:
    """Logits of the confidences."""
    return [math.log(p / (1 - p)) for p in scorer(seen)]


@pytest.mark.parametrize("words", [b"", b"{}", b"PK\x03\x04 cut short"])
def test_a_scorer_of_another_version_is_explained(tmp_path: Path, words: bytes) -> None:
    path = tmp_path / "scorer.npz"
    path.write_bytes(words)
    with pytest.raises(ModelError, match=r"scorer\.npz can't be read") as caught:
        read_scorer(path)
    assert "dealbell train" in str(caught.value.cure)


def test_a_folder_without_a_scorer_and_one_without_a_figure_are_explained(tmp_path: Path, scorer: Scorer) -> None:
    path = tmp_path / "scorer.npz"
    with pytest.raises(ModelError, match="can't be read"):
        read_scorer(path)
    write_scorer(scorer, path)
    with np.load(path) as rows:
        left = {name: rows[name] for name in rows if name != "share"}
    np.savez_compressed(path, **left)
    with pytest.raises(ModelError, match="another version"):
        read_scorer(path)


def test_confidence_rises_more_steeply_from_the_knot_on(scorer: Scorer) -> None:
    told = sure(scorer, *(Seen([x], []) for x in (-2.0, 0.0, 1.0, 2.0)))
    assert told == pytest.approx([-2, 0, 2, 4], abs=1e-2)


def test_words_add_their_share_and_length_does_not_count(scorer: Scorer) -> None:
    told = sure(scorer, Seen([-2.0], [2]), Seen([-2.0], [0, 1, 2, 1]))
    assert told == pytest.approx([-1, -1.5], abs=1e-2)


def test_a_scorer_comes_back_as_it_was_written(tmp_path: Path, scorer: Scorer) -> None:
    write_scorer(scorer, tmp_path / "scorer.npz")
    again = read_scorer(tmp_path / "scorer.npz")
    seen = [Seen([x], [2]) for x in (-3.0, 0.25, 5.0)]
    assert again(seen).tolist() == scorer(seen).tolist()
    assert again.threshold == scorer.threshold
