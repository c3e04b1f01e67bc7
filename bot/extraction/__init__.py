"""Text to events with evidence. Pure: no network, no clock, no files but the model's own.

    trigger -> gate -> tagger -> assembly -> event scorer -> events      (learned/)
               tokens -> mentions -> reading -> drafts -> assembly       (the rules: the scorer's witness)

Both share the tables, the normalisers of sums, roles and names, and the evidence.
"""

from datetime import datetime

from bot.extraction.result import Extraction, Skip

__all__ = ["Extraction", "Skip", "extract"]


def extract(title: str, text: str, *, published: datetime | None = None) -> Extraction:
    """Return the events that one news item tells: see `extractor.extract`, which brings the model with it."""
    # here, so that a process that only passes results on carries no model
    from bot.extraction.extractor import extract as read  # noqa: PLC0415

    return read(title, text, published=published)
