"""Who invests in a round: lists of names after "led by", "with participation from", "other investors include".

Such lists are told in few ways and run long, so they are read to the end here, whatever else reads the sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.extraction.tables.common_words import COMMON_WORDS
from bot.extraction.tables.name_words import DOMAINS, LEGAL, OF_HEADS, PARTICLES
from bot.extraction.tables.places import NOT_NAMES, PLACES
from bot.extraction.tokens import Sentence, Token

LONGEST_NAME = 8
"""Tokens."""
LONGEST_LIST = 60
"""Names."""

_PEOPLE = (
    r"(?:investors?|backers?|angels?|contributors?|participants?|supporters?|shareholders?|funds?|firms?|VCs?|partners?"
    r"|syndicate|investor group)"
)
_LEAD = re.compile(
    r"\b(?:led|headed|spearheaded|anchored|co-led|co-headed)\s+(?:jointly\s+|together\s+)?by\b"
    r"|\blead investors?\b(?:\s+(?:is|are|was|were|included?|includes))?|\bround leaders?\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:participation|investments?|backing|support|contributions?|funding|capital|commitments?)\s+(?:also\s+)?(?:from|by|of)\b"
    r"|\b(?:rounds?|funding|financing|raise)\s+(?:\w+\s+){0,2}?backed by\b"
    r"|\b(?:financing|placement|investment|debt|equity|credit|funding)\s+(?:\w+\s+){0,3}?with\b"
    r"|\bjoined by\b|\bco-?invested by\b|\bsubscribed by\b|\bsupported by\b|\bparticipated by\b"
    rf"|\b{_PEOPLE}\b[^.;:()]{{0,60}}?\b(?:included?|includes|including|such as|like|were|are|was|is)\b:?"
    rf"|\bamong (?:the |other )?(?:\w+ ){{0,3}}{_PEOPLE}\b(?: of \w+)?(?:\s+(?:is|are|was|were))?"
    r"|\bparticipants?\b:|\binvestors:",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:\b(?:rais(?:es?|ed|ing)|secur(?:es?|ed|ing)|bag(?:s|ged)|nab(?:s|bed)|gets?|got|receiv(?:es?|ed)|clos(?:es?|ed)"
    r"|land(?:s|ed)|pick(?:s|ed) up|snag(?:s|ged)|fundraise|round|funding|financing|million|mn|mln|crore|cr|billion|bn|bln"
    r"|investment|capital|commitment|deal)|\d\s?[mbk])(?:\s*\([^)]{0,40}\))?"
    r"(?:\s+(?:in|of|as)\s+[\w\- ]{1,40}?)?\s+from\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:including|such as|alongside|along with|as well as|together with|in addition to|like)\b", re.IGNORECASE
)
_ROUND = re.compile(
    r"\b(?:rounds?|funding|financing|investments?|invested|series|seed|raise[sd]?|raising|capital|fundrais\w+)\b|\d\s?(?:mn|m|million|cr|crore)\b|[$€£₹]",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:previous(?:ly)?|prior|(?:had )?earlier (?!this)|last (?:year|round)|in (?:\w+ )?(?:19|20)\d\d"
    r"|(?:its|the company's) other|whose|rivals?|competitors?|to date|so far|advis[eo]rs)\b(?!.*\b(?:has|have|new|today)\b)",
    re.IGNORECASE | re.DOTALL,
)
_SUBJECT = re.compile(
    r"\b(?:also\s+)?(?:participat(?:ed|es|ing)|co-?invest(?:ed|s)|took part|joined|invested|invests|contributed|chipped in)\b"
    r"(?:\s+as well)?(?:\s+(?:in|the)\b)?",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"\b(?:co-?|jointly )?(?:led|leads|lead)\b(?=[^.;]{0,60}\b(?:round|funding|financing|investment|series|raise)\b)",
    re.IGNORECASE,
)

_SKIPPED = frozenset(
    """the a an its his their our new existing current previous returning prior former other others several some many notable
    prominent leading global local international strategic institutional individual capitalists capitalist early stage early-stage late-stage growth seed venture
    ventures capital private equity investor investors backer backers shareholder shareholders partner partners
    firm firms fund funds vc vcs angel angels company companies group family office offices bank
    lender accelerator incubator program programme syndicate entrepreneur entrepreneurs founder founders
    co-founder co-founders ceo chief executive giant major us u.s. uk american european indian
    chinese japanese german french british korean israeli singaporean canadian australian swiss dutch swedish
    also both besides like including include includes such as alongside along with well together participation additional
    first-time long-time longtime insiders insider well-known renowned top tech technology crypto blockchain fintech
    health healthcare climate impact corporate university industry business financial technology-focused sector-focused
    non-profit nonprofit government state-owned investment arm unit subsidiary entrepreneur-led
    two three four five six seven others among them were was are is joined participated follow-on
    large asset manager management insurer conglomerate billionaire actor actress cricketer singer rapper player tennis
    football basketball baseball star stars athlete athletes musician producer author engineer executive executives managed advised affiliated
    hedge pension sovereign wealth software mobile gaming media internet e-commerce commerce real estate serial""".split()
)
_JOINTS = frozenset({",", ";", "and", "&", "/", ":", "•", "plus"})
_BESIDES = frozenset(
    "with participation alongside along joined including include included besides other others such together like".split()
)
_ASIDE = frozenset(
    """which who whose where formerly previously a an the known owned founded founder co-founder co-founders ceo former cofounder managing
    chairman president chief partner head vice investor an an early backed run based part""".split()
)
_POSTS = frozenset(
    "partner founder co-founder cofounder co-founders founders ceo cto chairman chief president executive executives engineer head alum alumnus boss".split()
)
_STOPS = frozenset(
    """to for at in on into onto through by under over of from with without than as will would can may could should is are was were be been has
    have had do does did said says say told which who whom whose that it its he she they we when where while after before since
    until because if but or not no valuing bringing taking making giving helping including raising using plans plan aims aim came
    led invested raised bought acquired also""".split()
)
_MANY = frozenset(
    "investors leaders pioneers brands stars companies firms backers angels insiders shareholders others executives".split()
)
_ALWAYS = frozenset("a an who which whose where formerly previously".split())
_TITLES = frozenset(
    "mr ms mrs dr prof sir ceo cto cfo coo founder co-founder chairman president partner director head".split()
)
_NO_NAME = frozenset(
    """series round rounds seed pre-seed angel angels others company inc. january february march april may june july august september october
    november december monday tuesday wednesday thursday friday saturday sunday the this these those
    it he she they we our i its new total funding investors investor led existing other and with in on at for to by from
    as of an a vc vcs pe ceo cto cfo coo founder co-founder founders former participation participants usd inr eur rs million
    billion crore lakh mn bn including strategic capital venture ventures""".split()
)
_TAILS = frozenset(
    """ventures capital partners vc fund funds group holdings investments equity labs accelerator angels management
    advisors advisory ii iii iv v vi 1 2 3 4 5 i bank""".split()
)


class Investor(NamedTuple):
    """A name with its place in the text."""

    name: str
    start: int
    end: int
    lead: bool


def investors_in(sentence: Sentence, text: str) -> list[Investor]:
    """The investors that a sentence lists, in reading order; the names before "led the round" are leads."""
    tokens = sentence.tokens
    found: list[Investor] = []
    told = text[sentence.start : sentence.end]
    if len(told) > 4000:
        return []
    for lead, cue in _cues(told):
        at = _index(tokens, sentence.start + cue.end())
        if at is not None:
            found += _list(tokens, at, text, lead=lead)
    for lead, cue in _ends(told):
        at = _index(tokens, sentence.start + cue.start())
        found += _before(tokens, len(tokens) if at is None else at, text, lead=lead)
    return _distinct(found)


def _cues(told: str) -> Iterator[tuple[bool, re.Match[str]]]:
    """Where lists begin, and whether they name leads."""
    leads = _LEAD.finditer(told) if _ROUND.search(told) else ()
    known = [(True, m) for m in leads] + [(False, m) for cue in (_OTHERS, _FROM) for m in cue.finditer(told)]
    known = [(lead, m) for lead, m in known if not _PAST.search(told, max(0, m.start() - 90), m.end())]
    yield from known
    first = min((m.start() for _, m in known), default=len(told))
    yield from ((False, m) for m in _MORE.finditer(told, first))


def _ends(told: str) -> Iterator[tuple[bool, re.Match[str]]]:
    for match in _LEADING.finditer(told):
        yield True, match
    for match in _SUBJECT.finditer(told):
        yield False, match


def _index(tokens: Sequence[Token], position: int) -> int | None:
    return next((n for n, t in enumerate(tokens) if t.start >= position), None)


def _list(tokens: Sequence[Token], at: int, text: str, *, lead: bool) -> list[Investor]:
    out: list[Investor] = []
    while at < len(tokens) and len(out) < LONGEST_LIST:
        begin, at = at, _skip(tokens, at)
        lead = lead and not (out and any(t.lower in _BESIDES for t in tokens[begin:at]))
        end = _name_end(tokens, at)
        if end == at:
            break
        while end + 1 < len(tokens) and tokens[end].lower in _POSTS and _nameish(tokens[end + 1]):
            at, end = end + 1, _name_end(tokens, end + 1)  # "former Sequoia partner Shmil Levy"
        if _names_someone(tokens[at:end]):
            out.append(_investor(tokens, at, end, text, lead=lead))
        at = _after(tokens, end)
        if at is None:
            break
        if tokens[at].lower not in _JOINTS and tokens[at].lower not in ("as", "along", "alongside", "together", "with"):
            break
    return out


def _names_someone(tokens: Sequence[Token]) -> bool:
    """False for "Russian", "Top Healthcare Investors", "Strengthening Support", "iS…"."""
    words = [t.lower for t in tokens]
    if all(w in NOT_NAMES or w in PLACES for w in words) or (
        words[-1] in _MANY and all(w in COMMON_WORDS or w in _SKIPPED or w in NOT_NAMES for w in words[:-1])
    ):
        return False
    return not (words[0].endswith("ing") and words[0] in COMMON_WORDS) and len("".join(words)) > 1


def _skip(tokens: Sequence[Token], at: int) -> int:
    """Past joints and the words that say what kind of investor follows."""
    while at < len(tokens):
        token = tokens[at]
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        words = token.lower in _JOINTS or (token.lower in _SKIPPED and not _proper(token, following))
        town = _based(tokens, at)
        based = token.lower.endswith(("-based", "-focused", "-backed", "-stage", "-led", "-headquartered"))
        if town > at:
            at = town
        elif words or based or token.lower in ("'s", "’s"):
            at += 1
        elif (ahead := _described(tokens, at)) > at:
            at = ahead
        elif token.text == "." or (
            token.lower in _TITLES and following is not None and (following.text[0].isupper() or following.text == ".")
        ):
            at += 1
        else:
            break
    return at


def _described(tokens: Sequence[Token], at: int) -> int:
    """Past "homegrown private equity player" and "Russian billionaire", to the name that follows; `at` where none does."""
    begin = at + (tokens[at].lower in NOT_NAMES or tokens[at].lower in PLACES)
    for end in range(begin, min(at + 7, len(tokens))):
        if end > begin and _nameish(tokens[end]):
            return end
        if (
            not tokens[end].text.islower()
            or tokens[end].lower in _STOPS
            or not tokens[end].text.replace("-", "").isalpha()
        ):
            return at
    return at


def _based(tokens: Sequence[Token], at: int) -> int:
    """Past "Waltham, Mass.-based" and "New York's"; `at` where no such words stand."""
    for end in range(at, min(at + 7, len(tokens))):
        token = tokens[end]
        if token.lower in ("'s", "’s"):
            return end + 1 if _place(tokens[at:end]) else at
        if token.lower.endswith("-based") or (token.lower == "based" and tokens[end - 1].text == "-" and end > at):
            return end + 1
        if not (token.text[0].isupper() or token.text in ",.-"):
            return at
    return at


def _place(tokens: Sequence[Token]) -> bool:
    """True for "India", "New York", "South Koreas"."""
    tokens = list(tokens)
    return " ".join(t.lower for t in tokens) in PLACES or (len(tokens) == 2 and tokens[-1].lower in PLACES)


def _proper(token: Token, following: Token | None) -> bool:
    """ "Founders Fund", "Capital Group": a common word that begins a name."""
    return token.text[0].isupper() and following is not None and _nameish(following) and following.lower not in _JOINTS


def _nameish(token: Token) -> bool:
    text = token.text
    if token.lower.endswith(("-based", "-focused", "-backed", "-led")):
        return False
    if text[0].isupper():
        return True
    head, _, tail = token.lower.rpartition(".")
    if head and tail in DOMAINS:
        return True
    return (text[0].isalpha() and any(c.isupper() or c.isdigit() for c in text[1:])) or (
        text[0].isdigit() and any(c.isalpha() for c in text)
    )


def _name_end(tokens: Sequence[Token], at: int) -> int:
    if (
        at >= len(tokens)
        or not (_nameish(tokens[at]) or _number_name(tokens, at))
        or (
            tokens[at].lower in _NO_NAME
            and not (
                at + 1 < len(tokens)
                and _nameish(tokens[at + 1])
                and tokens[at].text[0].isupper()
                and tokens[at + 1].lower not in _NO_NAME
            )
        )
    ):
        return at
    end = at + 1
    while end < len(tokens) and end - at < LONGEST_NAME:
        token, following = tokens[end], tokens[end + 1] if end + 1 < len(tokens) else None
        if _nameish(token) and token.lower not in ("and", "with", "to", "in", "for", "on", "as", "led"):
            end += 1
        elif (
            token.text.isdigit()
            and len(token.text) < 4
            and following is not None
            and (following.lower in _TAILS or following.text in ",;.")
        ):
            end += 1
        elif token.text == "," and following is not None and following.lower.rstrip(".") in LEGAL:
            end += 2
        elif token.text == "." and (tokens[end - 1].lower in LEGAL or len(tokens[end - 1].text) == 1):
            end += 1
        elif (
            following is not None
            and _nameish(following)
            and (
                token.text in ("&", "+")
                or token.lower in PARTICLES
                or token.lower in ("'s", "'")
                or (token.lower == "of" and tokens[end - 1].lower in OF_HEADS)
            )
        ):
            if token.lower in ("'s", "’s") and _place(tokens[at:end]):
                break
            end += 2
        else:
            break
    return min(end, len(tokens))


def _number_name(tokens: Sequence[Token], at: int) -> bool:
    """ "500 Global", "01 Advisors"."""
    return (
        tokens[at].text.isdigit()
        and at + 1 < len(tokens)
        and tokens[at + 1].text[0].isupper()
        and tokens[at + 1].lower not in _NO_NAME
    )


def _investor(tokens: Sequence[Token], first: int, last: int, text: str, *, lead: bool) -> Investor:
    while last - first > 1 and tokens[last - 1].text in ",.":
        last -= 1
    start, end = tokens[first].start, tokens[last - 1].end
    return Investor(" ".join(text[start:end].split()), start, end, lead)


def _after(tokens: Sequence[Token], at: int) -> int | None:
    """Where the next joint stands, past a remark in brackets, an apposition, "fund" or "and others"; None at the end."""
    while at < len(tokens) and tokens[at].text in ("(", "["):
        close = next((n for n in range(at, min(at + 40, len(tokens))) if tokens[n].text in (")", "]")), None)
        if close is None:
            return None
        at = close + 1
    while (
        at < len(tokens)
        and tokens[at].lower in _SKIPPED
        and not tokens[at].text[0].isupper()
        and tokens[at].lower not in ("as", "along", "alongside", "with", "together")
    ):
        at += 1
    if at >= len(tokens):
        return None
    if (
        tokens[at].text == ","
        and at + 1 < len(tokens)
        and tokens[at + 1].lower in _ASIDE
        and not tokens[at + 1].text[0].isupper()
    ):
        stop = next((n for n in range(at + 1, min(at + 16, len(tokens))) if tokens[n].text in (",", ";")), None)
        joint = next((n for n in range(at + 1, min(at + 16, len(tokens))) if tokens[n].lower == "and"), None)
        known = [n for n in (stop, joint) if n is not None]
        if tokens[at + 1].lower in _ALWAYS:
            return min(known) if known else None
        # "the founder of X, and Y", "which has an office in Boston, Y"; "the existing investor Y" goes on as it is
        lower = at + 1
        while lower < len(tokens) and tokens[lower].lower in _SKIPPED and not tokens[lower].text[0].isupper():
            lower += 1
        if lower < len(tokens) and _nameish(tokens[lower]) and tokens[lower - 1].lower not in ("of", "at"):
            return at
        return min(known) if known else None
    return at


def _before(tokens: Sequence[Token], at: int, text: str, *, lead: bool) -> list[Investor]:
    """The list of names that ends before `at`: "A, B and C also participated"."""
    begin = at
    while (
        begin > 0
        and (
            _nameish(tokens[begin - 1])
            or tokens[begin - 1].lower in _JOINTS | _SKIPPED | PARTICLES
            or tokens[begin - 1].text in (".", "(", ")", "'s", "’s")
            or tokens[begin - 1].text.isdigit()
        )
        and at - begin < 80
    ):
        begin -= 1
    if begin == at:
        return []
    out = _list(tokens[:at], begin, text, lead=lead)
    return out if out and _reaches(tokens, out[-1].end, at) else []


def _reaches(tokens: Sequence[Token], end: int, at: int) -> bool:
    between = [t for t in tokens[:at] if t.start >= end]
    return all(t.lower in _SKIPPED | _JOINTS or t.text in "()" for t in between) and len(between) < 6


def _distinct(found: Sequence[Investor]) -> list[Investor]:
    best: dict[int, Investor] = {}
    for one in found:
        held = best.get(one.start)
        if held is None or (one.lead and not held.lead) or one.end > held.end:
            best[one.start] = one._replace(lead=one.lead or bool(held and held.lead))
    return [best[k] for k in sorted(best)]
