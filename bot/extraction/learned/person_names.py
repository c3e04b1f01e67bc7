"""People's names, whole: spans that cut a name open, and surnames that the text tells in full elsewhere."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from bot.extraction.learned.decode import Line, Mention
from bot.extraction.learned.same import clean, key, shortened
from bot.extraction.names import looks_like_person
from bot.extraction.tables.common_words import COMMON_WORDS
from bot.extraction.tables.name_words import BREAKERS
from bot.extraction.tables.places import NOT_NAMES, PLACES
from bot.extraction.tables.titles import ACRONYMS, ALONE, HEADS, MODIFIERS
from bot.extraction.tokens import MAX_TEXT

_CAP = "A-ZÀ-ÖØ-Þ"
_WORD = rf"[{_CAP}][\w'’-]*[a-zß-ÿ][\w'’-]*"
STOP = (
    r"(?!(?:As|At|In|On|To|For|With|After|And|Who|The|By|Of|From|Its|Will|Is|Was|Has|Inc|Chief|President|Chair\w*|"
    r"Director|Vice|Senior|Executive|Managing|Head|Interim|Partner)\b|C[A-Z]O\b)"
)
"""Words that no name has."""
FIRST = rf"(?:{_WORD}|[{_CAP}]{{1,2}}(?=\s)|(?:[{_CAP}]\.\s?){{1,2}})"
NEXT = rf"(?:{STOP}(?:{_WORD}|[{_CAP}]\.(?:[{_CAP}]\.)?|[{_CAP}](?=\s[{_CAP}]))|d[aei]|de la|van(?: der)?|von|al|bin)"
"""A name's first word, and each further one."""

SURE = 0.5  # of a mention whose name is the full form of a shorter one
_BACK = 60  # code points before a span in which the rest of its name may stand
_ADDED = (  # what goes with a name and is none
    r"(?:Jr|Sr|II|III|IV|Ph\.?\s?D|M\.?D|D\.?Phil|J\.?D|M\.?B\.?A|C\.?P\.?A|C\.?F\.?A|Esq|Dr|Mr|Ms|Mrs|Prof|Sir)"
)
_ONLY_ADDED = re.compile(rf"[\s,.]*(?:{_ADDED}\b\.?[\s,]*)+")
_LETTERS = re.compile(rf"[{_CAP}.\s,]+")
_NAME_BEFORE = re.compile(rf"{STOP}{FIRST}(?:\s+{NEXT}){{1,3}},?\s*\Z")
_NICKNAMED = re.compile(rf"(?:{_WORD}\s+)?{_WORD}(?:\s+[{_CAP}]\.)?\s+[\"“‘(]\Z")
_NICKNAME_NEXT = re.compile(rf"\s+[\"“‘(][{_CAP}][\w. -]{{0,14}}[\"”’)]\s+{_WORD}")
_NICKNAME = re.compile(r"\s+[\"“‘(][\w. -]{1,15}[\"”’)]\s+")
_MIDDLE = rf"(?:[{_CAP}]\.?\s?|{NEXT}\s){{1,2}}"
_GIVEN = re.compile(
    rf"(?<![\w'’-])(?P<given>(?:[{_CAP}]\.\s?){{0,2}}{_WORD}|(?:[{_CAP}]\.\s?){{1,2}})(?:\s[{_CAP}]\.)?\s?(?<=[\s.])\Z"
)
_FIRST_OF_THREE = re.compile(rf"(?:\A|[.,;:(“\"\n]\s*|[a-z]\s+)(?P<first>{_WORD})\s+\Z")
_NO_GIVEN = COMMON_WORDS | BREAKERS | NOT_NAMES | PLACES | ACRONYMS | ALONE | HEADS | MODIFIERS
_NO_GIVEN_ENDS = ("'s", "’s", "'", "’", "-born", "-based", "-led", "-backed")
_TITLES = "|".join(sorted(re.escape(a.upper()) for a in ACRONYMS))
_HEAD = re.compile(rf"(?:[\s.,;:&-]+|(?i:and|former|ex|new|says?)\s+|(?:{_TITLES})\s+|M(?:r|s|rs)\b\.?\s*)+")
_TAIL = re.compile(r"(?:[\s,;:&-]+|\s(?:and|or|as|who|to|for|is|was|will|has|on|at|in|of))+\Z")


def whole_names(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines, each person's span mended and its name in the fullest form that the text has."""
    whole = [replace(line, people=tuple(_apart(_mended(text, line)))) for line in lines]
    told = [m for line in whole for m in line.people if m.label == "person"]
    read = text[:MAX_TEXT]
    names = {_plain(read, clean(m.text)) for m in told if m.sure > SURE}
    full = {m.text: in_full(read, clean(m.text), names) for m in told}
    return [replace(line, people=tuple(_renamed(line.people, full))) for line in whole]


def in_full(text: str, name: str, names: Collection[str] = ()) -> str:
    """A person's name in the fullest form of the text, without nickname where the text has it so.

    `names` are the people whom the text surely tells. A surname that two of them bear stays as it is.
    """
    name = " ".join(_plain(text, name).split())
    if " " in name:
        told = [n for n in names if shortened(n, name) and len(key(n)) > len(key(name))]
        return max([*told, *_with_middle(text, name)], key=lambda n: (len(key(n)), n), default=name)
    low = name.casefold()
    bearers = {n for n in names if len(n.split()) > 1 and low in (n.split()[0].casefold(), n.split()[-1].casefold())}
    bearers = bearers or set(_with_given(text, name))
    if len({n.split()[0].casefold() for n in bearers}) != 1:
        return name
    return in_full(text, max(bearers, key=lambda n: (len(n.split()), n)), names)


def _plain(text: str, name: str) -> str:
    plain = _NICKNAME.sub(" ", name)
    return plain if plain in text else name


def _with_middle(text: str, name: str) -> Iterator[str]:
    """The name with the initials or the middle name that the text puts between first and last."""
    first, *rest = name.split()
    if len(rest) == 1 and len(first) > 1:
        for match in re.finditer(rf"{re.escape(first)}\s{_MIDDLE}{re.escape(rest[0])}(?!\w)", text):
            if not text[max(0, match.start() - 1) : match.start()].isalnum() and looks_like_person(match.group()):
                yield " ".join(match.group().split())


def _with_given(text: str, surname: str) -> Iterator[str]:
    """The surname with the given name, and initials, that stand before it."""
    if len(surname) < 3 or not surname[0].isupper():
        return
    for match in re.finditer(rf"{re.escape(surname)}(?!\w)", text):
        before = _GIVEN.search(text, max(0, match.start() - _BACK), match.start())
        if before is None:
            continue
        given = before["given"].strip()
        first = _FIRST_OF_THREE.search(text, max(0, before.start() - _BACK), before.start())
        start = first.start("first") if first and not _is_no_given(first["first"]) else before.start()
        whole = " ".join(text[start : match.end()].split())
        if not _is_no_given(given.split()[-1]) and looks_like_person(whole):
            yield whole


def _is_no_given(word: str) -> bool:
    return word.endswith(_NO_GIVEN_ENDS) or word.casefold().rstrip(".") in _NO_GIVEN


def _renamed(people: Iterable[Mention], full: dict[str, str]) -> Iterator[Mention]:
    for mention in people:
        yield replace(mention, text=full[mention.text]) if mention.label == "person" else mention


def _mended(text: str, line: Line) -> Iterator[Mention]:
    for mention in line.people:
        if mention.label != "person":
            yield mention
            continue
        start, end = _trimmed(text, *_opened(text, mention.start, mention.end, line))
        if start < end:
            yield replace(mention, start=start, end=end, text=text[start:end])


def _opened(text: str, start: int, end: int, line: Line) -> tuple[int, int]:
    """The span with the part of the name that it left out; an empty one where it holds no name at all."""
    body, left = text[start:end], max(line.start, start - _BACK)
    before = _NAME_BEFORE.search(text, left, start)
    if _ONLY_ADDED.fullmatch(body):  # "Curtis Low, Jr."
        return (before.start(), end) if before else (end, end)
    if before and before.group().rstrip().endswith(",") and _LETTERS.fullmatch(body):  # "Ann Low, FAHA"
        return before.start(), before.start() + len(before.group().rstrip(" ,"))
    if re.search(r"[”’)]|^[^\"]*\"[^\"]*$", body) and not re.search(r"[“‘(]", body):  # the rest of "Al “Bo” Low"
        opened = _NICKNAMED.search(text, left, start)
        return (opened.start() if opened else start), end
    named = None if " " in body else _NICKNAME_NEXT.match(text, end, line.end)
    return start, named.end() if named else end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without titles and joining words at its ends."""
    head = _HEAD.match(text, start, end)
    start = head.end() if head else start
    tail = _TAIL.search(text, start, end)
    return start, tail.start() if tail else end


def _apart(people: Iterable[Mention]) -> list[Mention]:
    """The mentions without people who lie in a longer name; of equal spans the first."""
    out: list[Mention] = []
    for mention in sorted(people, key=lambda m: (m.start, -m.end)):
        last = out[-1] if out else None
        inside = last is not None and last.label == mention.label == "person" and mention.end <= last.end
        if not inside:
            out.append(mention)
    return out
