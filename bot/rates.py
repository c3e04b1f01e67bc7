"""Sums in US dollars at the rate of a day, for comparing; what people read stays as it was told.

The rates are the European Central Bank's reference rates, as the package CurrencyConverter carries them (from 1999; the
bank allows free use with its name). Days before take the first rate, days after the last. Currencies pegged to the
dollar, and those that the euro replaced, go by the fixed rates below.
"""

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.model.event import Money

if TYPE_CHECKING:
    from currency_converter import CurrencyConverter

# units for one dollar: the central banks' official pegs
PEGS = {"AED": 3.6725, "SAR": 3.75, "QAR": 3.64, "OMR": 0.3845, "BHD": 0.376, "JOD": 0.709}
# units for one euro: Council Regulation (EC) No 2866/98
LEGACY = {"DEM": 1.95583, "FRF": 6.55957, "NLG": 2.20371, "BEF": 40.3399, "ITL": 1936.27, "ESP": 166.386,
          "ATS": 13.7603, "FIM": 5.94573, "IEP": 0.787564, "PTE": 200.482}  # fmt: skip


@lru_cache(maxsize=1)
def _converter() -> "CurrencyConverter":
    from currency_converter import CurrencyConverter  # noqa: PLC0415  half a second, and most sums are in dollars

    return CurrencyConverter(fallback_on_missing_rate=True, fallback_on_wrong_date=True)


def to_usd(money: Money, on: date) -> float | None:
    """Return a sum in US dollars at the rate of a day; None where no rate of its currency is known."""
    if money.currency == "USD":
        return money.value
    if peg := PEGS.get(money.currency):
        return money.value / peg
    value, currency = money.value, money.currency
    if fixed := LEGACY.get(currency):
        value, currency = value / fixed, "EUR"
    return None if (rate := _rate(currency, on)) is None else value * rate


@lru_cache(maxsize=8192)
def _rate(currency: str, on: date) -> float | None:
    try:
        return float(_converter().convert(1.0, currency, "USD", date=on))
    except ValueError:  # a currency that the bank does not list
        return None
