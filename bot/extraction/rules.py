"""The shape of a rule, and the small language that rules are written in.

A rule's pattern runs over `Reading.code`: N name, C "the company" or "it", H "he" or "she", M sum, P percentage,
R round, T title of a person; all else are the words themselves, each followed by one space.
"""

import re
from dataclasses import dataclass

from bot.model.enums import Change, Kind, Status

_NO = (
    r"(?!(?:not|never|no|without|who|which|that|whose|by|after|when|and|or|but|while|if|than|with|"
    r"from|for|in)\b)"
)
MACROS = {
    "LIST": r"[NC] (?:(?:, and |, |and |& )N ){0,9}",
    "ONE": r"[NC] ",
    "AUX": (
        r"(?:, )?(?:(?:in talks |in advanced talks |in negotiations |close |agreement |deal )?"
        + _NO + r"[a-z][a-z'\-]* ){0,6}?(?:C (?:[a-z]+ ){0,2}?)?"
    ),
    "ADJ": (
        r"(?:(?!(?:in|for|from|to|by|with|at|that|which|who|and|of|on|as|not)\b)"
        r"[a-z0-9'][a-z0-9'\-.]* ){0,7}?"
    ),
    "GAP": r"(?:[a-z0-9'][a-z0-9'\-.]* ){0,5}?",
    "DET": (
        r"(?:(?:a|an|the|its|their|his|her|our|new|'s|next|role|position|of|post|first|as|to|be|become|serve|"
        r"into|joint|latest|current|newest|global|permanent|company|group|firm|bank|country|independent|"
        r"interim|acting|temporary|C|P) ){0,5}"
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way in which news words an event."""

    name: str
    kind: Kind
    triggers: frozenset[str]
    """One of these words must stand in the sentence."""
    pattern: re.Pattern[str]
    """Named groups are fields of Event; "trigger" is the word that gives it away."""
    status: Status | None = None
    """Where the wording of the rule itself says how firm it is."""
    change: Change | None = None


def rule(
    name: str, kind: Kind, pattern: str, triggers: frozenset[str], *,
    status: Status | None = None, change: Change | None = None,
) -> Rule:  # fmt: skip
    """Compile a rule: `{AUX}` is a macro, `<buyers:LIST>` a field that holds a macro or tags."""

    def field(match: re.Match[str]) -> str:
        inner = MACROS.get(match.group(2), match.group(2))
        return f"(?P<{match.group(1)}>{inner})"

    source = re.sub(r"\{([A-Z]+)\}", lambda m: MACROS[m.group(1)], pattern)
    source = re.sub(r"<(\w+):([^<>]+)>", field, source)
    return Rule(
        name=name, kind=kind, triggers=triggers, pattern=re.compile(r"(?<!\S)" + source), status=status, change=change
    )
