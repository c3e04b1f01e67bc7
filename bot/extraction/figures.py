"""Sums of money, percentages and funding rounds, read from tokens."""

import re

from bot.extraction.mentions import MONEY, PERCENT, PRICE, ROUND, Mention
from bot.extraction.tables.currencies import DOLLAR_PREFIXES, NATIONS, SCALES, SIGNS, WORDS
from bot.extraction.tables.rounds import ALONE, ROUND_NOUNS, ROUNDS
from bot.extraction.tokens import Token
from bot.model.event import Money

_NUMBER = re.compile(r"(\d{1,15}(?:[.,]\d{1,9}){0,5})([a-z]{0,8})$")
_PER = {"per", "a", "an", "each", "apiece", "/"}
_UNITS = {"share", "shares", "unit", "ads", "equity", "barrel", "ounce", "tonne", "ton", "piece", "month", "year"}
_ROUND_OPENERS = frozenset(words[0] for words in ROUNDS)
_DASHES = {"-", "–", "—", "to"}
SMALLEST_SUM = 5_000
"""Whole units: a smaller sum in a deal's sentence is a price, not the deal's money."""
LARGEST_SUM = 2e13


def read_number(text: str) -> tuple[float, str] | None:
    """Return the value and the letters that follow: "1,252.96" -> (1252.96, ""), "14.3b" -> (14.3, "b")."""
    match = _NUMBER.match(text)
    if match is None:
        return None
    digits, suffix = match.groups()
    if "," in digits and "." not in digits and re.fullmatch(r"\d+,\d{1,2}", digits):
        digits = digits.replace(",", ".")
    digits = digits.replace(",", "")
    if digits.count(".") > 1:
        digits = digits.replace(".", "")
    return float(digits), suffix


def money_at(tokens: list[Token], at: int) -> Mention | None:
    """Return the sum that starts at this token; one "per share" comes back tagged as a price."""
    sign = _sign(tokens, at)
    if sign is not None:
        currency, number_at = sign
        amount = _amount(tokens, number_at)
        if amount is None:
            return None
        value, last = amount
        if currency == "JPY" and "yuan" in (t.lower for t in tokens[last : last + 1]):
            currency, last = "CNY", last + 1
    else:
        amount = _amount(tokens, at)
        if amount is None:
            return None
        value, last = amount
        word = _currency_word(tokens, last)
        if word is None:
            return None
        currency, last = word
    if _is_price(tokens, last) or not SMALLEST_SUM <= value <= LARGEST_SUM:
        return Mention(PRICE, at, last, value)
    return Mention(MONEY, at, last, Money(value=float(round(value, 2)), currency=currency))


def percent_at(tokens: list[Token], at: int) -> Mention | None:
    """Return the percentage that starts here: "49%", "49 pct", "26 per cent"."""
    number = read_number(tokens[at].lower) if tokens[at].text[0].isdigit() else None
    if number is None or number[1] not in ("", "pct", "pc"):
        return None
    last = at + 1
    if not number[1]:
        if last < len(tokens) and tokens[last].text == "-":
            last += 1
        following = tokens[last].lower if last < len(tokens) else ""
        if following == "per" and last + 1 < len(tokens) and tokens[last + 1].lower == "cent":
            last += 2
        elif following in ("%", "percent", "pct", "pc", "per-cent"):
            last += 1
            if following == "pct" and last < len(tokens) and tokens[last].text == ".":
                last += 1
        else:
            return None
    return Mention(PERCENT, at, last, number[0]) if 0 < number[0] <= 100 else None


def round_at(tokens: list[Token], at: int) -> Mention | None:
    """Return the funding round that starts here, in its standard form."""
    word = tokens[at].lower
    if word not in _ROUND_OPENERS and not word.startswith("series"):
        return None
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if word == "series" and re.fullmatch(r"[a-k](?:-?[1-9]|\+)?", following):
        return Mention(ROUND, at, at + 2, f"Series {following[0].upper()}{following[1:].strip('-')}")
    if match := re.fullmatch(r"series-([a-k])", word):
        return Mention(ROUND, at, at + 1, f"Series {match.group(1).upper()}")
    for size in (2, 1):
        key = tuple(t.lower for t in tokens[at : at + size])
        name = ROUNDS.get(key)
        if name is None or len(key) < size:
            continue
        after = {t.lower for t in tokens[at + size : at + size + 2]}
        if size == 2 or word in ALONE or (after & ROUND_NOUNS and tokens[at + size].lower != "and"):
            return Mention(ROUND, at, at + size, name)
    return None


def _sign(tokens: list[Token], at: int) -> tuple[str, int] | None:
    """Return the currency of a sign before a number, and the number's place."""
    word, count = tokens[at].lower, len(tokens)
    if word in DOLLAR_PREFIXES and at + 1 < count and _touches(tokens, at) and tokens[at + 1].text == "$":
        return DOLLAR_PREFIXES[word], at + 2
    currency = SIGNS.get(word)
    if currency is None:
        return None
    after = at + 1
    if after < count and tokens[after].text in (".", "$") and tokens[at].text != "$":
        after += 1
    return currency, after


def _touches(tokens: list[Token], at: int) -> bool:
    """True for the A of A$5m; "a $5m round" has a gap."""
    return tokens[at].end == tokens[at + 1].start


def _amount(tokens: list[Token], at: int) -> tuple[float, int] | None:
    """Return number times scale, and the token after it; of a range the upper end."""
    if at >= len(tokens) or not tokens[at].text[0].isdigit():
        return None
    number = read_number(tokens[at].lower)
    if number is None:
        return None
    value, suffix = number
    scale, last = _scale(tokens, at + 1, suffix)
    if suffix and scale is None:
        return None
    if last + 1 < len(tokens) and tokens[last].lower in _DASHES:
        upper_at = last + 1 + (tokens[last + 1].lower in SIGNS)
        upper = read_number(tokens[upper_at].lower) if upper_at < len(tokens) else None
        if upper is not None:
            upper_scale, upper_last = _scale(tokens, upper_at + 1, upper[1])
            if (not upper[1] or upper_scale) and upper[0] * (upper_scale or 1) > value * (scale or 1):
                return upper[0] * (upper_scale or 1), upper_last
    return value * (scale or 1), last


def _scale(tokens: list[Token], at: int, suffix: str) -> tuple[float | None, int]:
    if suffix:
        return SCALES.get(suffix), at
    if at + 1 < len(tokens) and tokens[at].text == "-" and tokens[at + 1].lower in SCALES:
        at += 1
    if at < len(tokens) and tokens[at].lower in SCALES:
        scale, at = SCALES[tokens[at].lower], at + 1
        if at < len(tokens) and scale == 1e5 and tokens[at].lower in ("crore", "crores", "cr"):
            return 1e12, at + 1
        return scale, at
    return None, at


def _currency_word(tokens: list[Token], at: int) -> tuple[str, int] | None:
    nation = ""
    if at < len(tokens) and tokens[at].text == "-":
        at += 1
    for step in range(at, min(at + 3, len(tokens))):
        word = tokens[step].lower
        if word in WORDS:
            currency = WORDS[word]
            return NATIONS.get(nation, {}).get(currency, currency), step + 1
        if word not in NATIONS and word != "hong":
            return None
        nation = word
    return None


def _is_price(tokens: list[Token], at: int) -> bool:
    words = [t.lower for t in tokens[at : at + 3]]
    if not words:
        return False
    if words[0] in ("each", "apiece", "per", "/"):
        return words[0] != "per" or len(words) < 2 or words[1] in _UNITS
    return words[0] in _PER and len(words) > 1 and words[1] in _UNITS
