"""How sure are the rules? The share of right events that each gave on the training items."""

from itertools import pairwise

from bot.extraction.drafts import Draft
from bot.extraction.tables.precision import CALIBRATION, DEFAULT, PRECISION

AGREEMENT = 0.3
"""How much of the remaining doubt a second sentence takes away."""


def confidence_of(drafts: list[Draft]) -> float:
    """Return 0 to 1: the best of the drafts, raised where several sentences agree, then calibrated."""
    best = max(_precision(draft) for draft in drafts)
    if len({draft.sentence for draft in drafts}) > 1:
        best += AGREEMENT * (1 - best)
    return round(_calibrated(best), 3)


def place(draft: Draft) -> str:
    """Return where a draft stands: the title, the first two sentences, or further down."""
    if draft.sentence == 0:
        return "title"
    return "lead" if draft.sentence <= 2 else "body"


def _precision(draft: Draft) -> float:
    default = DEFAULT.get((draft.rule.kind.value, place(draft)), 0.5)
    return PRECISION.get((draft.rule.name, place(draft)), default)


def _calibrated(score: float) -> float:
    """Interpolate between the counted points (score, share right)."""
    for (low, at_low), (high, at_high) in pairwise(CALIBRATION):
        if score <= high:
            return at_low + (at_high - at_low) * max(0.0, score - low) / (high - low)
    return CALIBRATION[-1][1]
