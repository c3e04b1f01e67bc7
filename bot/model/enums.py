"""The closed vocabularies. Their values are what the store and the JSON contract write."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of event it is."""

    FUNDING = "funding"
    STAKE = "stake"
    ACQUISITION = "acquisition"
    MERGER = "merger"
    IPO = "ipo"
    FUND = "fund"
    LEADERSHIP = "leadership"


class Status(StrEnum):
    """How firm it is, from rumour to done or called off."""

    RUMORED = "rumored"
    ANNOUNCED = "announced"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Change(StrEnum):
    """Direction of a leadership change."""

    JOINS = "joins"
    LEAVES = "leaves"


class Platform(StrEnum):
    """Where a channel lives."""

    SLACK = "slack"
    DISCORD = "discord"
    CONSOLE = "console"


class Outcome(StrEnum):
    """What became of an item or of one of its events: the vocabulary of the decision log."""

    ALERTED = "alerted"
    DIGEST = "digest"
    MUTED = "muted"
    MERGED = "merged"
    NO_TRIGGER = "no_trigger"
    NO_EVENT = "no_event"
    NOT_ENGLISH = "not_english"
    BELOW_CONFIDENCE = "below_confidence"
    BACKGROUND = "background"
    FILTERED = "filtered"
    NO_SUBSCRIPTION = "no_subscription"
    TOO_OLD = "too_old"
    FIRST_POLL = "first_poll"
    EXTRACTION_FAILED = "extraction_failed"
