"""Titles of people, read from tokens: "interim CEO", "chief strategy officer", "head of loan sales"."""

from bot.extraction.mentions import ROLE, Mention
from bot.extraction.tables.common_words import COMMON_WORDS
from bot.extraction.tables.places import PLACES
from bot.extraction.tables.titles import ACRONYMS, ALONE, CHIEF_ENDS, EXTENDED, HEADS, INTERIM, MODIFIERS, OTHER_JOBS
from bot.extraction.tokens import Token

_LONGEST = 7
_JOINERS = {"and", "&", "/", "cum", "-"}
_STOPS = {"in", "at", "to", "from", "as", "who", "which", "that", "said", "says", "by", "on", "after", "effective",
          "with", "is", "was", "has", "will", "since", "he", "she", "until", "amid", "replacing"}  # fmt: skip


def role_at(tokens: list[Token], at: int) -> Mention | None:
    """Return the role that starts at this token."""
    adjective = tokens[at].lower in INTERIM and at + 1 < len(tokens)
    last = _title_end(tokens, at + adjective)
    if last is None:
        return None
    while (more := _joined(tokens, last)) is not None:
        last = more
    if tokens[last - 1].lower in EXTENDED or tokens[last - 1].lower.endswith("head"):
        last = _extend(tokens, last)
    return Mention(ROLE, at, last, "")


def _joined(tokens: list[Token], last: int) -> int | None:
    """Return the end of a second title that "and" ties to this one."""
    if last + 1 >= len(tokens) or tokens[last].lower not in _JOINERS | {","}:
        return None
    start = last + 1
    if tokens[start].lower == "and":
        start += 1
    end = _title_end(tokens, start) if start < len(tokens) else None
    if (
        end is not None
        and tokens[last].lower == ","
        and end < len(tokens)
        and tokens[end].lower not in {",", "and", "of"}
    ):
        return None
    return end


def _title_end(tokens: list[Token], at: int) -> int | None:
    word = tokens[at].lower
    if word in ACRONYMS:
        return at + 1
    if word == "member" and [t.lower for t in tokens[at + 1 : at + 4]] == ["of", "the", "board"]:
        return at + 4
    return _chief_end(tokens, at) if word == "chief" else _head_end(tokens, at)


def _chief_end(tokens: list[Token], at: int) -> int | None:
    """Return the end of "chief strategy officer" or "chief executive"."""
    for step in range(at + 1, min(at + _LONGEST, len(tokens))):
        if tokens[step].lower in CHIEF_ENDS:
            is_long = step + 1 < len(tokens) and tokens[step + 1].lower == "officer"
            return step + 2 if is_long else step + 1
        if tokens[step].text in ".,;:()":
            break
    return None


def _head_end(tokens: list[Token], at: int) -> int | None:
    """Return the end of "senior vice president" or "managing director"."""
    for step in range(at, min(at + _LONGEST, len(tokens))):
        here = tokens[step].lower
        if here in HEADS and (step > at or here in ALONE):
            return None if _is_other_job(tokens, step) else _board(tokens, step)
        if here not in MODIFIERS and (step == at or here not in ("&", "-", "and", ",")):
            return None
    return None


def _is_other_job(tokens: list[Token], step: int) -> bool:
    """True for "head coach", and for the "head" or "lead" of anything but "head of …"."""
    following = tokens[step + 1].lower if step + 1 < len(tokens) else ""
    if following in OTHER_JOBS:
        return True
    return tokens[step].lower in ("head", "lead") and following not in ("of", "for")


def _board(tokens: list[Token], step: int) -> int:
    """Return the end of the title whose head stands at `step`."""
    following = [t.lower for t in tokens[step + 1 : step + 5]]
    if tokens[step].lower == "board":
        if following[:1] and following[0] in (
            "chair",
            "chairman",
            "chairwoman",
            "member",
            "director",
            "members",
            "president",
        ):
            return step + 2
        return step + 3 if following[:2] == ["of", "directors"] else step + 1
    if following[:3] == ["of", "the", "board"]:
        return step + (6 if [t.lower for t in tokens[step + 4 : step + 6]] == ["of", "directors"] else 4)
    return step + 1


def _extend(tokens: list[Token], last: int) -> int:
    """Take in "of sales and marketing" or "- Europe"; a company's name after "of" stays outside."""
    if last >= len(tokens) or tokens[last].lower not in ("of", "for"):
        return last
    end = last
    for step in range(last + 1, min(last + 9, len(tokens))):
        token = tokens[step]
        if not token.text[0].isalnum() and token.text not in "&/":
            break
        if token.lower in _STOPS:
            break
        capital = token.text[0].isupper() and not (tokens[last - 1].text[0].isupper() and token.lower in COMMON_WORDS)
        plain = not capital or token.lower in PLACES
        if not plain and token.text not in "&/":
            return last if end == last or step == last + 1 else end
        if token.lower not in ("the", "and", "its", "&", "for", "of", "a"):
            end = step + 1
    return end
