"""Typed options -> the one grammar: what somebody chose becomes the words that would be typed. Pure."""

from bot.commands.grammar import KINDS
from bot.commands.words import QUOTES, quoted

_KIND_WORDS = {
    "all": "Everything", "deals": "All deals", "funding": "Funding rounds", "stakes": "Stakes",
    "acquisitions": "Acquisitions", "mergers": "Mergers", "ipos": "IPOs", "funds": "Fund closes",
    "leadership": "Leadership changes",
}  # fmt: skip
KIND_CHOICES = {name: _KIND_WORDS[name] for name in KINDS}
DELIVERIES = {
    "now": "At once", "daily@09:00": "Daily at 09:00", "daily@17:00": "Daily at 17:00",
    "weekly@mon@09:00": "Weekly, Monday at 09:00", "weekly@fri@15:00": "Weekly, Friday at 15:00",
}  # fmt: skip
SINCE = {"today": "Today", "week": "7 days", "month": "30 days", "quarter": "3 months", "year": "A year"}
STAGES = {
    "pre-seed": "Pre-seed", "seed": "Seed", "series-a": "Series A", "series-b": "Series B", "series-c": "Series C",
    "series-d": "Series D", "seed+": "Seed and later", "series-a+": "Series A and later",
    "series-b+": "Series B and later", "series-c+": "Series C and later", "growth": "Growth", "debt": "Debt",
    "pre-ipo": "Pre-IPO",
}  # fmt: skip
STATUSES = {
    "rumour": "Rumours only", "announced+": "Announced or firmer", "completed": "Completed", "called-off": "Called off",
}  # fmt: skip
LAYOUTS = {"full": "Full", "compact": "Compact"}
THREADS = {"off": "Off", "turns": "A reply when a deal is completed or called off"}
ON_OFF = {"on": "On", "off": "Off"}
WAYS = {
    "week": "By week", "month": "By month", "stage": "Money by stage", "investor": "Busiest investors",
}  # fmt: skip
PERIODS = {"12h": "12 hours", "1d": "A day", "7d": "A week", "30d": "30 days", "90d": "90 days"}
_QUOTATION_MARKS = dict.fromkeys(map(ord, QUOTES | dict.fromkeys(QUOTES.values(), "")), "'")


def sentence(*parts: str | None) -> str:
    """Join a verb and its words."""
    return " ".join(part.strip() for part in parts if part and part.strip())


def named(name: str, value: str | float | None) -> str:
    """Return `name:value` as it must be typed; nothing for no value."""
    if value is None or not str(value).strip():
        return ""
    return f"{name}:{quoted(str(value).strip())}"


def one_name(value: str | None) -> str:
    """Return a name as one word, so that nothing in it is read as a filter."""
    return quoted(value.strip()) if value and value.strip() else ""


def note(value: str | None) -> str:
    """Return what somebody wrote freely as one word: no quotation mark in it opens or ends anything."""
    return one_name((value or "").translate(_QUOTATION_MARKS))
