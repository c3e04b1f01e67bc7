"""Text to events with evidence. Pure: no network, no files, no clock.

    tokens -> mentions (figures, roles, names) -> reading -> drafts (rules) -> assembly -> events

A learned tagger may take the place of the rules that find mentions and drafts; what turns them into values,
evidence and events stays.
"""

from bot.extraction.extractor import Extraction, Skip, extract

__all__ = ["Extraction", "Skip", "extract"]
