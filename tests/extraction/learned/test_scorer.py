"""The scorer's file: one of another version is explained."""

import json
import math
from pathlib import Path

import pytest

from bot.errors import ModelError
from bot.extraction.learned.scorer import read_scorer


@pytest.mark.parametrize("words", ["", "{}", '{"once": [1.0, 0.0], "nets": []}'])
def test_a_scorer_of_another_version_is_explained(tmp_path: Path, words: str) -> None:
    path = tmp_path / "scorer.json"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(ModelError, match=r"scorer\.json can't be read") as caught:
        read_scorer(path)
    assert "dealbell train" in str(caught.value.cure)


def test_confidence_rises_more_steeply_from_the_knot_on(tmp_path: Path) -> None:
    net = {"w1": [[1e-3]], "b1": [0.0], "w2": [1e3], "b2": 0.0}  # the row itself, nearly
    told = {
        "mean": [0.0],
        "scale": [1.0],
        "nets": [net],
        "slope": 1.0,
        "offset": 0.0,
        "bend": 1.0,
        "knot": 0.0,
        "threshold": 0.5,
    }
    path = tmp_path / "scorer.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    sure = read_scorer(path)([[-2.0], [0.0], [1.0], [2.0]])
    assert sure == pytest.approx([1 / (1 + math.exp(-z)) for z in (-2, 0, 2, 4)], abs=1e-4)
