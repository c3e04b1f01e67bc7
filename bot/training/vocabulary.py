"""Cut MiniLM's vocabulary to the pieces that news uses; single characters stay, so no word becomes unknown."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from bot.extraction.learned.loader import read_tokenizer

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
SIZE = 15_500
_LAST_LETTER = 0x2200  # symbols and scripts beyond are not worth a row


def cut(texts: Iterable[str], *, vocabulary: Path, size: int = SIZE) -> tuple[list[str], list[int]]:
    """The kept pieces, and their rows in the full vocabulary, by frequency in `texts`."""
    tokenizer = read_tokenizer(vocabulary)
    words = vocabulary.read_text(encoding="utf-8").splitlines()
    place = {word: number for number, word in enumerate(words)}
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(tokenizer.encode(text, add_special_tokens=False).ids)
    single = {n for w, n in place.items() if len(w.removeprefix("##")) == 1 and ord(w[-1]) < _LAST_LETTER}
    frequent = [n for n, _ in counts.most_common() if n not in single and words[n] not in SPECIAL]
    kept = [place[s] for s in SPECIAL] + sorted([*single, *frequent[: size - len(SPECIAL) - len(single)]])
    return [words[n] for n in kept], kept
