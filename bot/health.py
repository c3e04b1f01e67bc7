"""Is the running bot well? The same answer for the command line and for the HTTP server."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

HEALTHY_SECONDS = 300.0
"""A poll round and a delivery round end every few seconds while the bot is well."""
JOBS = {"poll": "poll", "deliver": "delivery"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The verdict, and for each job the seconds since it last ran to its end (None: never)."""

    well: bool
    ages: Mapping[str, float | None]


def judge(beats: Mapping[str, datetime], *, now: datetime) -> Health:
    """Return whether polls and deliveries are going on, from the times of the last ones."""
    ages = {job: (now - beats[job]).total_seconds() if job in beats else None for job in JOBS}
    return Health(well=all(age is not None and age <= HEALTHY_SECONDS for age in ages.values()), ages=ages)
