"""The answer to "one story or two?"."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether two facts tell one story."""

    same: bool
    reason: str
    """Plain English, for `why`."""
    clash: bool = False
    """True where the two contradict each other and may never stand in one story."""
    weight: float = 0.0
    """How much speaks for one story; compares verdicts, has no unit."""

    @classmethod
    def apart(cls, reason: str) -> "Verdict":
        """Return "too little in common": a third fact may still join the two."""
        return cls(same=False, reason=reason)

    @classmethod
    def clashing(cls, reason: str) -> "Verdict":
        """Return "these are two": no third fact may join them."""
        return cls(same=False, reason=reason, clash=True)
