"""Words that turn an event round: deals called off, departures denied. Labels hold too few to learn from."""

import re

_OFF = re.compile(
    r"\b(?:call(?:s|ed|ing)? off|scrap(?:s|ped)?|abandon(?:s|ed)?|terminate[sd]?|withdr[ae]ws?|collapse[sd]?|"
    r"walk(?:s|ed)? away|fall(?:s|en)? through|fell through)\b",
    re.IGNORECASE,
)
_STAYS = re.compile(
    r"(?:\bnot|n['’]t|\bno (?:intention|plans?|reason)|\bden(?:y|ies|ied)|\brefuse[sd]?|\brules? out)\s+(?:\w+\s+){0,3}"
    r"(?:step\w*|resign\w*|quit\w*|leav\w*|retir\w*)\b",
    re.IGNORECASE,
)
_ADVISES = re.compile(
    r"\b(?:join|appoint|name|naming|welcom|add|invit|elect)\w*\b(?:(?!\bchief\b|\bc[efot]o\b|\bpresident\b)[^;]){0,120}?"
    r"\badvisory (?:board|council|committee|panel)\b",
    re.IGNORECASE,
)

_GIVE = (
    r"(?:sell(?:s|ing)?|sold|divest\w*|offload\w*|exit(?:s|ed|ing)?|trim\w*|par(?:es?|ed|ing)|cuts?|reduc\w+|shed\w*|"
    r"sale of|disposal of)"
)
_GOODS = (
    r"(?:stakes?|shares?|holdings?|interests?|positions?|units?|business(?:es)?|biz|arms?|divisions?|assets|operations|"
    r"subsidiar\w+|portfolio|brands?)"
)
_SELLS = re.compile(
    r"[’'s]{0,2}(?:\s*\([^)]{0,40}\))?,?(?:\s+(?!(?:to\s)?(?:buy|acqui|purchas))[^\s.;]+){0,5}?"
    rf"\s+{_GIVE}(?:\s+[^\s;]+){{0,6}}?\s+{_GOODS}\b",
    re.IGNORECASE,
)
_BUYS_FROM = re.compile(
    r"\b(?:acqui|buy|bought|purchas|tak(?:e|ing) over)\w*\b[^.;]{3,140}?"
    r"(?<!offer )(?<!bid )(?<!interest )(?<!investment )(?<!approach )\bfrom"
    r"(?:\s+(?:[a-z][\w-]*|[A-Z]\w*[’']s)){0,5}\s+$"
)
_NEAR = 160  # characters around a name


def gives(text: str, start: int, end: int) -> bool:
    """True if the party at `text[start:end]` is told to sell a stake or a business, or something is bought from it."""
    after, before = text[end : end + _NEAR], text[max(0, start - _NEAR) : start]
    return bool(_SELLS.match(after) or _BUYS_FROM.search(before))


def called_off(sentence: str) -> bool:
    """True if the sentence tells of a deal that is off."""
    return bool(_OFF.search(sentence))


def denied(sentence: str) -> bool:
    """True if the sentence says that somebody does not go."""
    return bool(_STAYS.search(sentence))


def advises(sentence: str) -> bool:
    """True if the sentence gives somebody a seat on an advisory board: that leads nothing."""
    return bool(_ADVISES.search(sentence))
