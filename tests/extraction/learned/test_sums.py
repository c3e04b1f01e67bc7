import shutil
from pathlib import Path

import pytest

from bot.errors import ModelError
from bot.extraction.learned.sums import CARD, FILES, SHIPPED, check


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "model"))


def test_the_shipped_model_is_the_one_that_its_card_names() -> None:
    check()


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_one_bit_changed_is_named_with_the_cure(folder: Path, name: str) -> None:
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(ModelError, match=name) as caught:
        check(folder)
    assert "Install Dealbell again" in caught.value.cure


@pytest.mark.parametrize("name", [*FILES, CARD])
def test_a_file_that_is_missing_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name):
        check(folder)


def test_a_card_without_sums_vouches_for_nothing(folder: Path) -> None:
    (folder / CARD).write_text("# Model card\n", encoding="utf-8")
    with pytest.raises(ModelError, match=r"tagger\.onnx"):
        check(folder)
