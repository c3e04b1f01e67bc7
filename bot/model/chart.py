"""A chart before it is drawn: what it shows, in numbers."""

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """How the numbers are drawn."""

    STACKS = "stacks"
    """One column a label, its groups on top of one another."""
    BARS = "bars"
    """One bar a label, from the left; the first on top."""
    LINE = "line"
    """A time line: one mark a label, from left to right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One colour of a chart."""

    name: str
    values: tuple[float, ...]
    """One for each label of the chart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What a picture shows. All texts are plain."""

    shape: Shape
    title: str
    """The finding, in a line."""
    labels: tuple[str, ...]
    groups: tuple[Group, ...]
    marks: tuple[str, ...] = ()
    """What is written beside each label's mark or bar; empty: its number."""
    note: str
    """Under the picture: how many stories, of which days, in what unit."""

    @property
    def totals(self) -> tuple[float, ...]:
        """The sum of the groups for each label."""
        return tuple(sum(group.values[place] for group in self.groups) for place in range(len(self.labels)))
