"""Are the model's files those that its card names? A file that was cut short or exchanged would read wrongly."""

import hashlib
import re
from pathlib import Path

from bot.errors import ModelError

SHIPPED = Path(__file__).with_name("model")
CARD = "MODEL_CARD.md"
FILES = ("tagger.onnx", "vocabulary.txt", "scorer.npz", "gate.npz")
_ROW = re.compile(r"^\| (\S+) \| \d+ \| `([0-9a-f]{64})` \|$", re.MULTILINE)
_CURE = "Install Dealbell again; after training, `dealbell train` writes the card anew."


def check(folder: Path = SHIPPED) -> None:
    """Raise ModelError where a file is missing, or is not the one whose SHA-256 the card tells."""
    try:
        told = dict(_ROW.findall((folder / CARD).read_text(encoding="utf-8")))
        found = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    except OSError as error:
        raise ModelError(f"The model's file {error.filename} can't be read: {error.strerror}.", cure=_CURE) from error
    for name in FILES:
        if found[name] != told.get(name):
            raise ModelError(f"The model's file {folder / name} is not the one that its card names.", cure=_CURE)
