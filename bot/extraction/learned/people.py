"""People whom the tagger passes over: the one who is succeeded or succeeds, and the rest of a list of names."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bot.extraction.learned.decode import Floats, Line, Mention
from bot.extraction.learned.labels import CHANGES
from bot.extraction.learned.person_names import FIRST, HONORIFICS, NEXT, STOP, whole_names
from bot.extraction.names import looks_like_person

SURE = 0.5  # of a mention that words around it tell
SLIGHT = 0.2  # what is left for the other direction of change
_TITLE = rf"(?:(?:{HONORIFICS})\.?\s+)?"
_NAME = rf"{_TITLE}(?P<name>{STOP}{FIRST}(?:\s+{NEXT}){{1,3}})"
_BETWEEN = (  # "outgoing CEO", "Acme's former", "AI executive"
    r"(?:(?:(?-i:[a-z][\w'’-]*|C[A-Z]O|[A-Z]{2,4}|[A-Z][\w&]+(?=\s+C[A-Z]O\b))|\w+['’]s),?\s+){0,6}?"
)
_BEFORE = {
    "leaves": re.compile(
        r"\b(?:succeed(?:s|ed|ing)?|replac(?:es?|ed|ing)|tak(?:es?|ing|en) over from|took over from|"
        r"(?:mantle|reins|helm|baton|role|post|position) (?:previously |formerly )?(?:held by|from)|"
        r"transition(?:s|ed|ing)? from|in place of|vacancy (?:left|created) by|successor to)"
        rf"\s+(?!by\b){_BETWEEN}(?-i:{_NAME})",
        re.IGNORECASE,
    ),
    "joins": re.compile(
        r"\b(?:(?:succeeded|replaced|followed) (?:(?:in|as|at|on) [^,;.]{1,40} )?by|"
        r"(?:reins|job|baton|role|post|helm|keys) to|"
        r"replacing (?:him|her|them) (?:will be|is|as \w+ is))"
        rf"\s+{_BETWEEN}(?-i:{_NAME})",
        re.IGNORECASE,
    ),
}
_TO = re.compile(
    r"\b(?:to join|joining|joins?|joined|(?:leav\w+|exit\w*|quit\w*|depart\w*|left) for|mov(?:es?|ed|ing) to|"
    r"(?:head\w*|jump\w*|defect\w*|off) to|same (?:post|role|job|position) at)\s+(?:[\w'’-]+\s+){0,2}\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(  # of a name: who comes
    r"(?:,[^,.]{1,60},)?\s+(?:(?:is|was|will be)\s+taking over|(?:is\s+)?(?:set\s+)?to (?:take over|succeed|replace)|"
    r"will (?:take over|succeed|replace)|taking over|takes over|succeeds|replaces|steps in as|stepping in as)\b"
)
_TO_BACK = 45  # code points before a company in which its cue stands
_LIST = re.compile(rf"(?:\s*\([^()]{{1,40}}\))?(?:,\s+(?:and\s+)?|\s+and\s+|\s+&\s+){_NAME}")
LONGEST = 12  # names of a list


def with_people(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines, with the further people that the text tells beside those whom the tagger found.

    Where words say who comes and who goes, they decide the direction of change.
    """
    lines = whole_names(text, lines)
    known = [m for line in lines for m in line.people if m.label == "person" and m.sure > SURE]
    if not known:
        return list(lines)
    model = max(known, key=lambda m: m.sure)
    return [replace(line, people=tuple(_listed(text, line, _cued(text, line, model)))) for line in lines]


def _cued(text: str, line: Line, model: Mention) -> list[Mention]:
    people = [_turned(text, m) for m in line.people]
    for change, cue in _BEFORE.items():
        for match in cue.finditer(text, line.start, line.end):
            if not looks_like_person(match["name"]):
                continue
            start, end = match.span("name")
            over = [m for m in people if m.label == "person" and _over(m, start, end)]
            like = max(over, key=lambda m: m.sure) if over else replace(model, sure=SURE, segment=line.number)
            told = _mention(text, (start, end), like, CHANGES.index(change))
            people = [m for m in people if m.label != "person" or not _over(m, start, end)] + [told]
    return sorted(people, key=lambda m: m.start)


def _turned(text: str, mention: Mention) -> Mention:
    """A company that somebody leaves another for, and somebody who "is taking over"."""
    if mention.label == "person" and _AFTER.match(text, mention.end):
        return replace(mention, kinds=_kinds(CHANGES.index("joins")))
    if mention.label != "company" or not _TO.search(text, max(0, mention.start - _TO_BACK), mention.start):
        return mention
    return replace(mention, kinds=_kinds(CHANGES.index("joins")))


def _listed(text: str, line: Line, people: Sequence[Mention]) -> list[Mention]:
    """Each person, and the names that follow in the same list."""
    out = list(people)
    for mention in people:
        at = mention.end
        for _ in range(LONGEST if mention.label == "person" else 0):
            match = _LIST.match(text, at, line.end)
            if match is None or not looks_like_person(match["name"]):
                break
            start, at = match.span("name")
            if not any(_over(m, start, at) for m in out):
                like = replace(mention, sure=SURE)
                out.append(_mention(text, (start, at), like, int(mention.kinds.argmax())))
    return sorted(out, key=lambda m: m.start)


def _over(mention: Mention, start: int, end: int) -> bool:
    return mention.start < end and start < mention.end


def _mention(text: str, span: tuple[int, int], like: Mention, change: int) -> Mention:
    start, end = span
    return replace(like, start=start, end=end, label="person", text=text[start:end], kinds=_kinds(change))


def _kinds(change: int) -> Floats:
    kinds = np.full(len(CHANGES), SLIGHT, dtype=np.float32)
    kinds[change] = 1 - SLIGHT
    return kinds
