"""The model card: what the shipped files are, what they were made from, how they measured."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

FILES = ("tagger.onnx", "vocabulary.txt", "scorer.json", "gate.npz")


def card(folder: Path, *, facts: Mapping[str, str], scores: Mapping[str, float]) -> str:
    """Markdown: the facts, the scores on dev, and size and SHA-256 of every file."""
    lines = ["# Model card", ""]
    lines += [f"- {name}: {value}" for name, value in facts.items()]
    lines += ["", "| on dev | |", "| --- | --- |"]
    lines += [f"| {name} | {value:.3f} |" for name, value in scores.items()]
    lines += ["", "| file | bytes | SHA-256 |", "| --- | --- | --- |"]
    for name in FILES:
        data = (folder / name).read_bytes()
        lines.append(f"| {name} | {len(data)} | `{hashlib.sha256(data).hexdigest()}` |")
    return "\n".join(lines) + "\n"
