"""Sums of money: whether two figures agree, and how far they lie apart."""

import math

from bot.model.event import Money

ROUGH_USD = {
    "USD": 1.0, "EUR": 1.15, "GBP": 1.3, "CHF": 1.1, "JPY": 0.008, "CNY": 0.14, "INR": 0.0125, "AUD": 0.68,
    "CAD": 0.74, "NZD": 0.62, "SGD": 0.75, "HKD": 0.128, "KRW": 0.0008, "TWD": 0.032, "SEK": 0.1, "NOK": 0.1,
    "DKK": 0.15, "BRL": 0.22, "MXN": 0.053, "ZAR": 0.06, "ILS": 0.28, "AED": 0.272, "SAR": 0.267, "RUB": 0.015,
    "TRY": 0.05, "IDR": 0.000065, "MYR": 0.23, "THB": 0.029, "PHP": 0.018, "VND": 0.00004, "PLN": 0.25, "NGN": 0.001,
}  # fmt: skip
"""US dollars for one unit: long-run levels to one or two digits, only to see that two sums are of one size."""

ACROSS_CURRENCIES = 1.35
"""Two sums in different currencies whose rough ratio is at most this can be one sum (rates move over the years)."""


def _unit(value: float) -> float:
    """Return the place value of the last digit that was told, two digits at least: 14.3e9 -> 0.1e9, 14e9 -> 1e9."""
    top = math.floor(math.log10(value))
    for digits in range(2, 7):
        unit = 10.0 ** (top - digits + 1)
        if math.isclose(value / unit, round(value / unit), rel_tol=1e-9):
            return unit
    return 10.0 ** (top - 6)


def is_known(money: Money | None) -> bool:
    """Return True for a sum that means something: finite, and one unit of its currency at least."""
    return money is not None and math.isfinite(money.value) and money.value >= 1


def is_rounding(coarse: Money, fine: Money) -> bool:
    """Return True where `coarse` is `fine` told with fewer digits: $14B of $14.3B."""
    if coarse.currency != fine.currency or not (is_known(coarse) and is_known(fine)):
        return False
    unit = _unit(coarse.value)
    return unit > _unit(fine.value) and abs(coarse.value - fine.value) <= unit / 2 * (1 + 1e-9)


def ratio(a: Money, b: Money) -> float | None:
    """Return how many times the larger is the smaller (1 or more); None where that cannot be said."""
    if not (is_known(a) and is_known(b)):
        return None
    one, two = a.value, b.value
    if a.currency != b.currency:
        if a.currency not in ROUGH_USD or b.currency not in ROUGH_USD:
            return None
        one, two = one * ROUGH_USD[a.currency], two * ROUGH_USD[b.currency]
    low, high = sorted((one, two))
    return high / low if low > 0 else None


def agree(a: Money, b: Money) -> bool:
    """Return True where both can be one sum: equal, a rounding, within 2%, or the like in another currency."""
    times = ratio(a, b)
    if times is not None and times <= (1.02 if a.currency == b.currency else ACROSS_CURRENCIES):
        return True
    return is_rounding(a, b) or is_rounding(b, a)
