"""What the event scorer looks at: 75 numbers a candidate."""

import math
import re
from collections.abc import Sequence
from datetime import datetime

import numpy as np

from bot.extraction.learned.age import ages
from bot.extraction.learned.assembly import Candidate, distribution
from bot.extraction.learned.decode import Floats, Line
from bot.extraction.learned.labels import FAMILY_OF, KINDS
from bot.extraction.learned.same import same
from bot.extraction.names import looks_like_person
from bot.model.enums import Kind
from bot.model.event import Event

SLOTS = ("target", "buyers", "seller", "amount", "valuation", "stake_percent", "round", "person", "role", "company")
_WORDS = (
    re.compile(r"\b(?:not|n't|won't|deny|denie[sd]|no plans?|rul(?:es?|ed) out|without)\b", re.IGNORECASE),
    re.compile(r"\b(?:could|may|might|if|would|should|likely|expected|hopes?)\b", re.IGNORECASE),
    re.compile(r"\b(?:former|formerly|previously|ex|earlier|since|was|were|had|last year|years? ago)\b", re.IGNORECASE),
    re.compile(r"\b(?:19|20)\d\d\b"),
    re.compile(
        r"\b(?:minister|ministry|government|governor|senator|mayor|coach|player|club)\b|"
        r"\b(?:army|bishop|party|police|judge|trump|court)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:contract|partnership|partners with|collaborat|joint venture)\b|"
        r"\b(?:dividend|buyback|bonds?|results|earnings|quarter)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:shares? of|stocks? to|analysts?|rating|price target|etf|index)\b", re.IGNORECASE),
)


_ASKS = re.compile(r"(?:why|how|what|who|is|are|will|can|should|top|\d+)\b", re.IGNORECASE)
_ROUND_UP = re.compile(
    r"\b(?:round-?up|week|digest|briefing|wrap|morning|live|updates?|watch|explain(?:ed|er)|opinion|analysis|interview"
    r"|podcast)\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"\W{0,3}['’]s")
SEASON = 3.5  # months; what is older is history
OLDEST = 240.0
LEAD = 300  # code points of an item in which its news is told


def kind_scores(candidate: Candidate) -> Floats:
    """Kinds within the candidate's family, renormalised over all six."""
    return distribution(candidate.slots.get("target") or candidate.anchors(), "kinds")


def features(
    text: str,
    candidate: Candidate,
    everyone: Sequence[Candidate],
    lines: Sequence[Line],
    *,
    witness: Event | None,
    told: int,
    published: datetime | None,
) -> list[float]:
    """The scorer's input for one candidate; `witness` is the rules' like event, `told` the number of all of theirs."""
    anchors = candidate.anchors()
    deal = candidate.family != 4
    kinds = kind_scores(candidate) if deal else np.zeros(6, dtype=np.float32)
    own = distribution(anchors, "kinds")
    statuses = distribution(anchors, "statuses")
    best_line = max(
        candidate.lines, key=lambda line: sum(m.sure for m in (*line.parties, *line.people) if _held(m, candidate))
    )
    wording = text[best_line.start : best_line.end]
    first = min(line.number for line in candidate.lines)
    rivals = [c for c in everyone if c is not candidate and c.family == candidate.family]
    top = [max((m.sure for m in candidate.slots.get(slot, ())), default=0.0) for slot in SLOTS]
    families = np.stack([line.families for line in lines])
    key = "person" if candidate.slots.get("person") else "role" if not deal else "target"
    names = [m.text for m in candidate.slots.get(key, ())]
    name = names[0] if names else ""
    return [
        *(float(candidate.family == f) for f in range(5)),
        float(candidate.change) if not deal else 0.0,
        *(float(k) for k in kinds),
        float(own.max() if deal else own[candidate.change]),
        *(float(s) for s in statuses),
        float(min(m.statuses[3] for m in anchors)),
        *top,
        float(sum(bool(t) for t in top)),
        float(np.mean([m.sure for m in anchors])),
        math.log1p(len(anchors)),
        math.log1p(len({line.number for line in candidate.lines})),
        float(first == 0),
        math.log1p(first),
        float(families[:, candidate.family].max()),
        float(candidate.lines[0].families[candidate.family]),
        float(families[0].max()),
        math.log1p(len(rivals)),
        float(sum(max((m.sure for m in r.anchors()), default=0) for r in rivals) > 1.5),
        math.log1p(len(lines)),
        *(float(bool(w.search(wording))) for w in _WORDS),
        float(name[:1].isupper() or name[:1].isdigit()),
        math.log1p(len(name.split())),
        float(any(m.segment == 0 for m in candidate.slots.get(key, ()))),
        witness.confidence if witness else 0.0,
        float(witness is not None and not witness.background),
        float(witness is not None and witness.background),
        math.log1p(told),
        *elapsed(text, candidate, best_line, published),
    ]


def elapsed(text: str, candidate: Candidate, best: Line, published: datetime | None) -> list[float]:
    """How old a candidate is by the times beside it: whether known, how old, past a season, nowhere told as newer."""
    told = {line.number: _age(text, line, candidate, published) for line in candidate.lines}
    mine, known = told.get(best.number), [age for age in told.values() if age is not None]
    youngest = min(known, default=0.0)
    return [
        float(mine is not None),
        math.log1p(min(mine or 0.0, OLDEST)),
        float((mine or 0.0) > SEASON),
        float(youngest > SEASON and not any(line.title for line in candidate.lines)),
        float(youngest > SEASON and None not in told.values()),
    ]


def _age(text: str, line: Line, candidate: Candidate, published: datetime | None) -> float | None:
    """Months, by the time that stands nearest to the candidate's names and figures in a line."""
    named = ages(text[line.start : line.end], published)
    held = [
        (m.start - line.start, m.end - line.start)
        for mentions in candidate.slots.values()
        for m in mentions
        if line.start <= m.start < line.end
    ]
    if not named or not held:
        return None
    return min(named, key=lambda age: min(max(a - age.end, age.start - b, 0) for a, b in held)).months


def glance(event: Event, title: str, text: str) -> list[float]:
    """What an editor sees at a glance: does the name look like one and stand in front, and what kind of item is it.

    `text` is the document, title and all, as far as it is read.
    """
    deal = event.kind is not Kind.LEADERSHIP
    name = (event.target if deal else event.person) or ""
    where = next((e.end for e in event.evidence if e.field in ("target", "person")), None)
    owned = where is not None and _POSSESSIVE.match(text, where) is not None
    return [
        float(looks_like_person(name)),
        float(len(name.split()) == 1),
        math.log1p(text.count(name) if name else 0),
        float(bool(event.company and event.person and same(event.company, event.person))),
        float(owned),
        float(bool(name) and name in title),
        float(bool(name) and name in text[:LEAD]),
        float(any(b in title for b in event.buyers)),
        float(bool(event.company) and str(event.company) in title),
        float(bool(event.target) and any(same(b, str(event.target)) for b in event.buyers)),
        math.log1p(len(title.split())),
        math.log1p(len(text.split())),
        float(title.isupper()),
        float("?" in title),
        float(bool(_ASKS.match(title))),
        float(bool(_ROUND_UP.search(title))),
    ]


def _held(mention: object, candidate: Candidate) -> bool:
    return any(mention in held for held in candidate.slots.values())


def kind_of(candidate: Candidate) -> str:
    """The likeliest kind within the family; round or lead mean funding."""
    if candidate.family == 4:
        return "leadership"
    scores = kind_scores(candidate)
    mine = [k for k in KINDS if FAMILY_OF[k] == candidate.family]
    return max(mine, key=lambda k: scores[KINDS.index(k)])
