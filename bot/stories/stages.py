"""The order of funding rounds, so that "Series B and later" means something."""

import re

EARLY = ("pre-seed", "seed", "pre-series a")
LATE = ("growth", "pre-ipo")
_SERIES = re.compile(r"(?:pre-)?series ([a-z])\d?(?:[ -]?\d)?(?: extension)?")
_EXTENSION = re.compile(r"[ -](?:extension|ext\.?)$")


def stage_rank(name: str) -> float | None:
    """Return a round's place in the usual order (Seed 1, Series A 3, Series B 4 …); None for debt and the unknown."""
    folded = _EXTENSION.sub("", " ".join(name.casefold().replace("_", "-").split()))
    if folded in EARLY:
        return float(EARLY.index(folded))
    if found := _SERIES.fullmatch(folded.replace("series-", "series ")):
        return 3.0 + ord(found[1]) - ord("a") - (0.5 if folded.startswith("pre-") else 0.0)
    return 40.0 + LATE.index(folded) if folded in LATE else None


def same_stage(one: str, other: str) -> bool:
    """Return True for two spellings of one round."""
    ranks = stage_rank(one), stage_rank(other)
    return one.casefold() == other.casefold() if None in ranks else ranks[0] == ranks[1]
