"""Figures and dates in the words that people use."""

import math
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.model.event import Money
from bot.stories.sums import is_known

SYMBOLS = {
    "USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "JPY": "¥", "CNY": "CN¥", "AUD": "A$", "CAD": "C$", "NZD": "NZ$",
    "SGD": "S$", "HKD": "HK$", "TWD": "NT$", "BRL": "R$", "MXN": "MX$", "KRW": "₩", "ILS": "₪", "NGN": "₦",
    "PHP": "₱", "VND": "₫", "ZAR": "R",
}  # fmt: skip
"""Signs that stand before a sum; other currencies are told by their ISO 4217 code."""

_WESTERN = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K"))
_INDIAN = ((1e12, " lakh crore"), (1e7, " crore"), (1e5, " lakh"))


def _digits(value: float) -> str:
    """Three digits or more as needed: 14.3, 1.25, 650; no nought at the end."""
    text = f"{value:,.2f}" if value < 100 else f"{value:,.1f}"
    return text.rstrip("0").rstrip(".")


def money_words(money: Money) -> str:
    """Return a sum as people write it: $14.3B, €250M, ₹500 crore, CHF 12M. Empty for nought or no number."""
    if not is_known(money):
        return ""
    sign = SYMBOLS.get(money.currency, f"{money.currency} ")
    for unit, name in _INDIAN if money.currency == "INR" else _WESTERN:
        # 999,999,999 is "$1B", not "$1000M"
        if round(money.value / unit, 2) >= 1:
            return f"{sign}{_digits(money.value / unit)}{name}"
    return f"{sign}{_digits(money.value)}"


def percent_words(share: float) -> str:
    """Return a share as people write it: 49%, 27.5%. Empty outside 0 to 100."""
    return f"{_digits(share)}%" if math.isfinite(share) and 0 < share <= 100 else ""


def join_words(names: Sequence[str], *, most: int = 3) -> str:
    """Return names as a list in a sentence: "A", "A and B", "A, B and 3 others"."""
    shown = list(names[:most]) if len(names) <= most else [*names[: most - 1], f"{len(names) - most + 1} others"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else ""


def moment_words(moment: datetime) -> str:
    """Return a time in UTC, for screens that cannot show each reader's own: "12 Jun 2025, 14:05 UTC"."""
    here = moment.astimezone(UTC)
    return f"{here.day} {here:%b %Y, %H:%M} UTC"
