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


def called_off(sentence: str) -> bool:
    """True if the sentence tells of a deal that is off."""
    return bool(_OFF.search(sentence))


def denied(sentence: str) -> bool:
    """True if the sentence says that somebody does not go."""
    return bool(_STAYS.search(sentence))
