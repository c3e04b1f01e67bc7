"""The scorer's file: one of another version is explained."""

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
