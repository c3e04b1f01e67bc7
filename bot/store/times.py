"""Times and ids as the store writes them."""

import secrets
from datetime import UTC, datetime
from typing import overload

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters and digits that nobody confuses when reading an id aloud."""


@overload
def to_text(when: datetime) -> str: ...
@overload
def to_text(when: None) -> None: ...
def to_text(when: datetime | None) -> str | None:
    """Return an aware time as text that sorts by time: 2026-08-01T09:30:00.000000Z."""
    if when is None:
        return None
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@overload
def from_text(text: str) -> datetime: ...
@overload
def from_text(text: None) -> None: ...
def from_text(text: str | None) -> datetime | None:
    """Return the aware time that `to_text` wrote."""
    return None if text is None else datetime.fromisoformat(text)


def new_id(length: int = 8) -> str:
    """Return a short random id that people can type: 31 to the power of `length` possibilities."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
