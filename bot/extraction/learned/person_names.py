"""People's names, whole: spans that cut a name open, and surnames that the text tells in full elsewhere."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.extraction.learned.decode import Line, Mention
from bot.extraction.learned.same import clean, key, shortened
from bot.extraction.names import looks_like_person
from bot.extraction.tables.common_words import COMMON_WORDS
from bot.extraction.tables.name_words import BREAKERS, PARTICLES
from bot.extraction.tables.places import NOT_NAMES, PLACES
from bot.extraction.tables.titles import ACRONYMS, ALONE, HEADS, MODIFIERS
from bot.extraction.tokens import MAX_TEXT

_CAP = "A-ZÀ-ÖØ-Þ"
_WORD = rf"[{_CAP}][\w'’-]{{0,30}}[a-zß-ÿ][\w'’-]{{0,30}}"
STOP = (
    r"(?!(?:As|At|In|On|To|For|With|After|And|Who|The|By|Of|From|Its|Will|Is|Was|Has|Inc|Chief|President|Chair\w*|"
    r"Director|Vice|Senior|Executive|Managing|Head|Interim|Partner)\b|C[A-Z]O\b)"
)
"""Words that no name has."""
FIRST = rf"(?:{_WORD}|[{_CAP}]{{1,2}}(?=\s)|(?:[{_CAP}]\.\s?){{1,2}})"
NEXT = rf"(?:{STOP}(?:{_WORD}|[{_CAP}]\.(?:[{_CAP}]\.)?|[{_CAP}](?=\s[{_CAP}]))|d[aei]|de la|van(?: der)?|von|al|bin)"
"""A name's first word, and each further one."""

HONORIFICS = "Dr|Prof|Mr|Ms|Mrs|Sir|Dame|Lord"
SURE = 0.5  # of a mention whose name is the full form of a shorter one
_BACK = 60  # code points before a span in which the rest of its name may stand
_SUFFIX = re.compile(
    r"(?:(?:Jr|Sr|II|III|IV|Ph\.?\s?D|M\.?D|D\.?Phil|J\.?D|M\.?B\.?A|C\.?P\.?A|C\.?F\.?A|Esq|M\.?\s?Sc|B\.?\s?Sc"
    r"|LL\.?\s?[BM]|P\.?\s?Eng|P\.?\s?Geol?|P\.?\s?Ag|KC|QC|OBE|CBE|MBE)\b\.?[\s,]{0,3}){1,4}"
)
_HONORIFIC = re.compile(rf"(?:{HONORIFICS}|Lady)\b\.?\s*")
_LETTERS = re.compile(rf"[{_CAP}.]{{2,6}}")
_NAME_BEFORE = re.compile(rf"{STOP}{FIRST}(?:\s+{NEXT}){{1,3}},?\s?\Z")
_NICKNAME = r"(?:“[^”\n]{1,15}”|\"[^\"\n]{1,15}\"|‘[^’\n]{1,15}’)"
_NICKNAMED = re.compile(rf"(?:{_WORD}\s)?{_WORD}(?:\s[{_CAP}]\.)?\s[\"“]\Z")
_NICKNAME_NEXT = re.compile(rf"\s{_NICKNAME}\s{STOP}{_WORD}")
_NICKNAME_IN = re.compile(rf"\s{_NICKNAME}\s")
_RUN = re.compile(rf"(?<![\w'’-]){FIRST}(?:\s{NEXT}){{1,3}}(?![\w-])")
_BEGINS = re.compile(r"(?:\A|[.,;:(“\"\n])\s?\Z")
_LEFT_OUT = frozenset("and former ex new say says or as who to for is was will has on at in of".split())  # noqa: SIM905
_HONOURS = frozenset(
    "senator sen minister lord lady madam shri smt datuk tan sri sheikh judge justice democrat republican captain "  # noqa: SIM905
    "general colonel professor prof dr mr ms mrs sir dame rev king queen prince princess billionaire veteran".split()
)
_NO_GIVEN = COMMON_WORDS | BREAKERS | NOT_NAMES | PLACES | ACRONYMS | ALONE | HEADS | MODIFIERS | _HONOURS
_SMALL = PARTICLES | {"ibn", "bint", "abu", "ul", "ur", "zu", "dit", "of"}
_NO_GIVEN_ENDS = ("'s", "’s", "'", "’", "-born", "-based", "-led", "-backed")


def whole_names(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines, each person's span mended and its name in the fullest form that the text has."""
    whole = [replace(line, people=tuple(_apart(_mended(text, line)))) for line in lines]
    if not any(m.label == "person" for line in whole for m in line.people):
        return whole
    people = _People(text[:MAX_TEXT], whole)
    return [replace(line, people=tuple(map(people.renamed, line.people))) for line in whole]


class _People:
    """The people of an item, by the words that their names begin and end with."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self._text = text
        self._sure: dict[str, set[str]] = defaultdict(set)
        self._seen: dict[str, set[str]] = defaultdict(set)
        self._full: dict[str, str] = {}
        every = [m for line in lines for m in (*line.people, *line.parties)]
        told = {self._plain(clean(m.text)) for m in every if m.label == "person" and m.sure > SURE}
        for name in told:
            words = name.casefold().split()
            if len(words) > 1:
                self._sure[words[0]].add(name)
                self._sure[words[-1]].add(name)
        others = {w for m in every if m.label not in ("person", "role") for w in m.text.casefold().split()}
        title = next((line.end for line in lines if line.title), 0)  # in Title Case every word looks like a name
        for name in _runs(text, title, others):
            self._seen[name.casefold().split()[-1]].add(name)

    def renamed(self, mention: Mention) -> Mention:
        """The mention of a person with its full name."""
        if mention.label != "person":
            return mention
        name = self._plain(clean(mention.text))
        if name not in self._full:
            self._full[name] = self._in_full(name)
        return replace(mention, text=self._full[name])

    def _plain(self, name: str) -> str:
        """The name without its nickname where the text has it so, too."""
        plain = " ".join(_NICKNAME_IN.sub(" ", name).split())
        return plain if plain in self._text else " ".join(name.split())

    def _in_full(self, name: str) -> str:
        words = name.casefold().split()
        if not words:
            return name
        sure, seen = self._sure[words[-1]], self._seen[words[-1]]
        if len(words) > 1:
            longer = {n for n in sure | seen if shortened(n, name) and len(key(n)) > len(key(name))}
            return _one_of(longer) or name
        return _one_of(sure or seen) or name


def _one_of(names: set[str]) -> str | None:
    """The fullest of the forms of one person's name; None where they are several people's."""
    if not names:
        return None
    best = max(names, key=lambda n: (len(n.split()), n))
    return best if all(n == best or shortened(n, best) for n in names) else None


def _runs(text: str, start: int, others: set[str]) -> Iterator[str]:
    """The runs of capitalised words in running text that look like people.

    Titles, peoples and the words of companies before a name go; of three words that follow others the last two stay.
    """
    for match in _RUN.finditer(text, start):
        words = match.group().split()
        begun = _BEGINS.search(text, max(start, match.start() - 3), match.start())
        while len(words) > 1 and _is_no_given(words[0], others):
            words, begun = words[1:], None
        if len(words) > 2 and not begun and len(words[-2].rstrip(".")) > 2 and words[-2][0].isupper():
            words = words[-2:]
        name = " ".join(words)
        if (
            len(words) > 1
            and not any(_is_no_given(w, others) for w in words[:-1] if w[0].isupper())
            and looks_like_person(name)
        ):
            yield name


def _is_no_given(word: str, others: set[str]) -> bool:
    low = word.casefold()
    return low.endswith(_NO_GIVEN_ENDS) or low.rstrip(".") in _NO_GIVEN or low in others


def _mended(text: str, line: Line) -> Iterator[Mention]:
    for mention in line.people:
        if mention.label != "person":
            yield mention
            continue
        start, end = _trimmed(text, *_opened(text, mention.start, mention.end, line))
        if start < end and not _holds_other_words(text[start:end]):
            yield replace(mention, start=start, end=end, text=text[start:end])


def _holds_other_words(name: str) -> bool:
    """True for "Tarnwick business": capitals and small words that no name has."""
    small = [w.islower() for w in name.split() if w.lower() not in _SMALL]
    return any(small) and not all(small)


def _opened(text: str, start: int, end: int, line: Line) -> tuple[int, int]:
    """The span with the part of the name that it left out; an empty one where it holds no name at all."""
    body, left = text[start:end], max(line.start, start - _BACK)
    bare = body.strip(" .,")
    if not bare or _HONORIFIC.fullmatch(bare):
        return end, end
    suffix = _SUFFIX.fullmatch(bare)
    before = _NAME_BEFORE.search(text, left, start) if suffix or _LETTERS.fullmatch(bare) else None
    if suffix:  # "Curtis Low, Jr."
        return (before.start(), end) if before else (end, end)
    if before and before.group().rstrip().endswith(","):  # "Ann Low, FAHA"
        return before.start(), before.start() + len(before.group().rstrip(" ,"))
    if ("”" in body and "“" not in body) or body.count('"') == 1:  # the rest of "Al “Bo” Low"
        opened = _NICKNAMED.search(text, left, start)
        return (opened.start() if opened else start), end
    named = None if " " in body else _NICKNAME_NEXT.match(text, end, line.end)
    return start, named.end() if named else end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without titles and joining words at its ends."""
    body = text[start:end]
    name = body.lstrip(" \n\t.,;:&-")
    while name:
        first, _, rest = name.partition(" ")
        honorific = re.fullmatch(r"M(?:r|s|rs)\.?", first)
        acronym = re.fullmatch(r"C[A-Z]O|MD", first) and " " in rest.strip()
        if not (first in _LEFT_OUT or honorific or acronym):
            break
        name = rest.lstrip(" \n\t.,;:&-")
    start = end - len(name)
    name = name.rstrip(" \n\t,;:&-")
    while name.rpartition(" ")[2] in _LEFT_OUT:
        name = name.rpartition(" ")[0].rstrip(" \n\t,;:&-")
    return start, start + len(name)


def _apart(people: Iterable[Mention]) -> list[Mention]:
    """The mentions without people who lie in a longer name; of equal spans the first."""
    out: list[Mention] = []
    for mention in sorted(people, key=lambda m: (m.start, -m.end)):
        last = out[-1] if out else None
        inside = last is not None and last.label == mention.label == "person" and mention.end <= last.end
        if not inside:
            out.append(mention)
    return out
