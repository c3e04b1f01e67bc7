"""Fill an event's fields from a candidate's mentions, each with its evidence."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from bot.extraction.learned.aliases import explained, mended, spelt_out
from bot.extraction.learned.assembly import Candidate, distribution
from bot.extraction.learned.decode import Line, Mention
from bot.extraction.learned.features import kind_of, kind_scores
from bot.extraction.learned.labels import CHANGES, KINDS
from bot.extraction.learned.money import round_name
from bot.extraction.learned.same import clean, fullest, initials, key, same
from bot.extraction.learned.wording import called_off, gives
from bot.extraction.tables.places import NOT_NAMES, PLACES
from bot.extraction.tokens import MAX_TEXT
from bot.model.enums import Change, Kind, Status
from bot.model.event import Event, Evidence, Money

NAME_FLOOR = 0.42
BUYER_FLOOR = 0.7  # a buyer too many spoils an alert that would be right
SUM_FLOOR = 0.35
SURE_SHARE = 0.6  # a share of another sentence
TITLE_BONUS = 0.3  # a name in the headline outweighs one more mention in the text
HISTORY = 0.7  # a role that reads as history gives way to one that is news
HALF = 50  # percent
MINORITY = 0.3  # an acquisition of less than half of the shares, of which the tagger says so much "stake", is one
METHOD = "model:tagger"
_TAKES = re.compile(
    r"\b(?:buy(?:s|ing)?|bought|acquir\w+|tak(?:es?|ing)|took|picks? up|purchas\w+|sell\w*|sold)\b[^.]{0,30}\Z",
    re.IGNORECASE,
)
_STAKE = re.compile(r"\s*(?:minority |equity )?(?:stake|interest|shareholding)\b", re.IGNORECASE)
TAKES_BACK = 45  # code points before a share in which a word of buying or selling makes it the deal's
_FUND = re.compile(r"\bfunds?(?:\s+(?:[IVX]+|\d+))?$", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:complete[sd]?|completion|clos(?:es?|ed)|raised|joined|acquired|bought|debuted)\b", re.IGNORECASE
)
_WORTH = re.compile(r"\b(?:valu\w+|worth|market cap\w*)\b", re.IGNORECASE)
_HOME = re.compile(  # "IndiGo director", "Tarn Bank's chief executive"
    r"(?P<home>\w[\w&.-]{0,30}(?:\s[A-Z][\w&.-]{0,30}){0,3}?)(?:['’]s)?\s(?!and\b)"
    r"(?=(?:[a-z-]{1,20}\s){0,3}(?:director|chair\w*|chief|president|head|partner|boss|C[A-Z]O|MD)\b)"
)
_VALUES = re.compile(  # "valuing the company at around", "pushing the firm's value to"
    r"(?:\bvaluation (?:of|at|to)|\bvalu(?:es|ed|ing) (?:it|the (?:company|firm|start-?up|business|group)) at|"
    r"(?:['’]s|\bits) (?:value|valuation|worth) (?:to|at))"
    r"(?: (?:about|around|roughly|nearly|some|more than|over|approximately|close to|almost|at least))?\s\Z",
    re.IGNORECASE,
)
_HANGING = re.compile(  # "Chairman of the", "President and"
    r"(?:[\s,]+(?:of|for|and|at|in|to|the|an?|its|with|&))+\Z", re.IGNORECASE
)
_INTERIM = re.compile(r"\b(?:interim|acting|temporar\w+)\b", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class _Draft:
    text: str
    lines: dict[int, Line]
    fields: dict[str, Any] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)

    def put(self, slot: str, value: object, mention: Mention | None) -> None:
        """Set a field and keep the place that it was read from."""
        self.fields[slot] = value
        self.show(slot, mention)

    def show(self, slot: str, mention: Mention | None) -> None:
        if mention is None:
            return
        line = self.lines[mention.segment]
        quote = " ".join(self.text[line.start : line.end].split())
        self.evidence.append(
            Evidence(
                field=slot,
                start=mention.start,
                end=mention.end,
                quote=quote,
                method=METHOD,
                confidence=round(min(mention.sure, 1.0), 4),
            )
        )


def to_event(text: str, candidate: Candidate, lines: Sequence[Line], *, confidence: float = 1.0) -> Event:
    """The event that a candidate stands for."""
    kind = Kind(kind_of(candidate))
    draft = _Draft(text=text, lines={line.number: line for line in lines})
    read = text[:MAX_TEXT]
    known = _Names(_known_names(lines), explained(read), read)
    if kind is Kind.LEADERSHIP:
        _leadership(candidate, lines, known, draft)
    else:
        _parties(candidate, kind, known, draft)
        _quantities(candidate, kind, draft)
    statuses = distribution(candidate.anchors(), "statuses")
    told = " ".join(text[line.start : line.end] for line in candidate.lines[:3])
    firm = Status.COMPLETED if _DONE.search(told) else Status.ANNOUNCED
    status = (Status.RUMORED, firm, Status.CANCELLED)[int(np.argmax(statuses[:3]))]
    if kind is not Kind.LEADERSHIP and called_off(text[candidate.lines[0].start : candidate.lines[0].end]):
        status = Status.CANCELLED
    return Event(
        kind=kind, status=status, background=bool(statuses[3] > 0.5), confidence=confidence,
        evidence=tuple(draft.evidence), **draft.fields,
    )  # fmt: skip


def settled(event: Event, candidate: Candidate, text: str) -> Event:
    """The event with the kind that its fields leave: more than half of the shares is control, a fund raises a fund."""
    event, share = _each_once(event, text[:MAX_TEXT]), event.stake_percent
    if event.kind is Kind.FUNDING and event.target and _FUND.search(event.target):
        return replace(event, kind=Kind.FUND, buyers=(), lead=(), round=None)
    if event.kind is Kind.STAKE and share is not None and share > HALF:
        return replace(event, kind=Kind.ACQUISITION)
    if event.kind is not Kind.ACQUISITION or share is None or share >= HALF:
        return event
    scores = kind_scores(candidate)
    stake, control = (float(scores[KINDS.index(k)]) for k in ("stake", "acquisition"))
    if stake > MINORITY * (stake + control) or _takes_share(event, text):
        return replace(event, kind=Kind.STAKE)
    # the share that the acquirer held before, say
    told = tuple(e for e in event.evidence if e.field != "stake_percent")
    return replace(event, stake_percent=None, evidence=told)


def _each_once(event: Event, text: str) -> Event:
    """The event without buyers who stand in it a second time: "a16z" beside "Andreessen Horowitz"."""
    full = explained(text)
    kept: dict[tuple[str, ...], str] = {}
    for name in event.buyers:
        mine = key(full.get(name, name)) or (name.casefold(),)
        home = next((other for other in kept if mine == other or _short(mine, other)), mine)
        kept[home] = fullest([kept.get(home, name), name])
    if len(kept) == len(event.buyers):
        return event
    lead = tuple(
        name for home, name in kept.items() if any(n == name or key(full.get(n, n)) == home for n in event.lead)
    )
    return replace(event, buyers=tuple(kept.values()), lead=lead)


def _short(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True for "a16z" and "j and j"; bare initials may be another's."""
    short, long = sorted((one, other), key=lambda k: len("".join(k)))
    return (len(short) > 1 or any(c.isdigit() for c in short[0])) and initials(short, long)


def _takes_share(event: Event, text: str) -> bool:
    """True for "buys a 24% stake": the share is what changes hands, not what was held before."""
    places = [(e.start, e.end) for e in event.evidence if e.field == "stake_percent"]
    return any(
        _TAKES.search(text, max(0, start - TAKES_BACK), start) and _STAKE.match(text, end) for start, end in places
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of an item, and the short forms that it explains."""

    names: Sequence[str]
    explained: Mapping[str, str]
    text: str
    found: dict[str, str] = field(default_factory=dict)

    def full(self, name: str) -> str:
        """The fullest form of a name."""
        if name not in self.found:
            self.found[name] = self._full(name)
        return self.found[name]

    def _full(self, name: str) -> str:
        name = self.explained.get(name) or spelt_out(self.text, name) or mended(self.text, name)
        return fullest([name, *(k for k in self.names if _longer(k, name))])


def _known_names(lines: Sequence[Line]) -> list[str]:
    every = (m for line in lines for m in (*line.parties, *line.people))
    names = [clean(m.text) for m in every if m.sure > 0.6 and m.label != "role"]
    return [n for n in names if 0 < len(n.split()) <= 6]


def _longer(name: str, short: str) -> bool:
    low = name.lower()
    rest = low.removeprefix(short.lower()).removeprefix("group")  # "Citigroup" for "Citi"
    begins = low.startswith(short.lower()) and not rest[:1].isalnum()
    return same(name, short) and (begins or initials(key(short), key(name)))


def _best(mentions: Sequence[Mention], known: _Names) -> tuple[str | None, Mention | None]:
    """The name with most evidence, in its fullest form, and its best mention."""
    best: tuple[float, Mention] | None = None
    for mention in mentions:
        total = sum(m.sure for m in mentions if m is mention or same(m.text, mention.text))
        score = total + TITLE_BONUS * (mention.segment == 0)
        if clean(mention.text) and (best is None or score > best[0]):
            best = score, mention
    if best is None:
        return None, None
    return known.full(clean(best[1].text)), best[1]


def _all(
    mentions: Sequence[Mention], known: _Names, *, but: Sequence[str], floor: float = NAME_FLOOR
) -> Iterator[tuple[str, Mention]]:
    """Every distinct name that is sure enough somewhere, in reading order, without the names in `but`."""
    taken = list(but)
    for mention in sorted(mentions, key=lambda m: m.start):
        name = clean(mention.text)
        best = max((m for m in mentions if m is mention or same(m.text, mention.text)), key=lambda m: m.sure)
        known_word = name.lower() in NOT_NAMES or name.lower() in PLACES  # "German", "Reuters"
        if known_word or not any(c.isalpha() for c in name):
            continue
        full = known.full(name)
        if name and best.sure >= floor and not any(same(form, other) for form in (name, full) for other in taken):
            taken += [name, full]
            yield full, best


def _named(mention: Mention, others: Sequence[Mention]) -> bool:
    return any(same(mention.text, other.text) for other in others)


def _parties(candidate: Candidate, kind: Kind, known: _Names, draft: _Draft) -> None:
    slots = candidate.slots
    target, mention = _best(slots.get("target", ()), known)
    draft.put("target", target, mention)
    # underwriters, and the owner that lists its company, are no buyers
    told = [] if kind in (Kind.IPO, Kind.FUND) else list(slots.get("buyers", ()))
    givers = list(slots.get("seller", ()))
    if kind in (Kind.STAKE, Kind.ACQUISITION):
        # the tagger, which has seen few sellers, takes most for buyers
        selling = [m for m in told if gives(draft.text, m.start, m.end)]
        givers += [m for m in told if _named(m, selling)]
        told = [m for m in told if not _named(m, selling)]
    found = list(_all(told, known, but=[target] if target else [], floor=BUYER_FLOOR))
    buyers = tuple(name for name, _ in found)
    draft.fields["buyers"] = buyers
    for _, one in found:
        draft.show("buyers", one)
    if kind is Kind.FUNDING:
        lead = [clean(m.text) for m in slots.get("lead", ()) if m.sure >= NAME_FLOOR]
        draft.fields["lead"] = tuple(b for b in buyers if any(same(b, name) for name in lead))
    if kind in (Kind.STAKE, Kind.ACQUISITION):
        sellers = list(_all(givers, known, but=[*buyers, *([target] if target else [])]))
        draft.fields["seller"] = tuple(name for name, _ in sellers)
        for _, one in sellers:
            draft.show("seller", one)


def _quantities(candidate: Candidate, kind: Kind, draft: _Draft) -> None:
    amounts, valuations = (candidate.slots.get(slot, ()) for slot in ("amount", "valuation"))
    values = [m for m in amounts if _VALUES.search(draft.text, max(0, m.start - TAKES_BACK), m.start)]
    found = {
        "amount": _sum([m for m in amounts if m not in values]),
        "valuation": _sum([*valuations, *values]),
    }
    worth = found["valuation"]
    if found["amount"] is None and worth is not None and not _is_valuation(draft.text, worth):
        found = {"amount": worth, "valuation": None}
    for slot, best in found.items():
        if best is not None:
            draft.put(slot, best.value, best)
    if kind in (Kind.STAKE, Kind.ACQUISITION):
        every = candidate.slots.get("stake_percent") or _lone_share(draft.lines.values())
        shares = [m for m in every if m.sure >= SUM_FLOOR or len({n.value for n in every}) == 1]
        if shares:
            share = max(shares, key=lambda m: m.sure)
            draft.put("stake_percent", share.value, share)
    rounds = candidate.slots.get("round", ())
    if rounds and kind is Kind.FUNDING:
        told = max(rounds, key=lambda m: m.sure)
        draft.put("round", round_name(told.text), told)


def _lone_share(lines: Iterable[Line]) -> list[Mention]:
    """The mentions of the one share that is told anywhere in the item, if it is one: it is the deal's."""
    told = [m for line in lines for m in line.quantities if m.label == "share" and m.sure >= SURE_SHARE]
    return told if len({m.value for m in told}) == 1 else []


def _is_valuation(text: str, mention: Mention) -> bool:
    return bool(_WORTH.search(text, max(0, mention.start - 70), min(len(text), mention.end + 30)))


def _sum(mentions: Sequence[Mention]) -> Mention | None:
    votes: dict[Money, float] = {}
    alone = len({m.value for m in mentions}) == 1
    for m in mentions:
        if (alone or m.sure >= SUM_FLOOR) and isinstance(m.value, Money):
            votes[m.value] = votes.get(m.value, 0.0) + m.sure
    if not votes:
        return None
    winner = max(votes, key=lambda k: votes[k])
    return max((m for m in mentions if m.value == winner), key=lambda m: m.sure)


def _leadership(candidate: Candidate, lines: Sequence[Line], known: _Names, draft: _Draft) -> None:
    slots = candidate.slots
    draft.fields["change"] = Change(CHANGES[candidate.change])
    people = slots.get("person", ())
    whole = [m for m in people if " " in clean(m.text)]  # rather than a surname that another bears, too
    person, mention = _best(whole or people, _Names([k for k in known.names if len(k.split()) <= 4], {}, ""))
    draft.put("person", person, mention)
    roles = _fitting(slots.get("role", ()), candidate.change)
    if roles:
        role = max(roles, key=lambda r: (round(r.sure * (1 - HISTORY * float(r.statuses[3])), 1), len(r.text)))
        draft.put("role", _HANGING.sub("", clean(role.text)), role)
        near = draft.text[max(0, role.start - 10) : role.end + (18 if draft.fields["change"] is Change.JOINS else 0)]
        draft.fields["interim"] = bool(_INTERIM.search(near))
    everywhere = [m for line in lines for m in line.people if m.label == "company"]
    company, mention = _best(_fitting(slots.get("company", ()), candidate.change) or everywhere, known)
    draft.put("company", company, mention)
    if roles:
        home, alone = _home_and_role(draft.fields["role"])
        if company is None and home in known.names:
            draft.put("company", known.full(home), role)
            draft.fields["role"] = alone
        elif company and home.casefold() == company.casefold():
            draft.fields["role"] = alone


def _home_and_role(role: str) -> tuple[str, str]:
    """The company before a role, and the role alone: "IndiGo" and "director" for "IndiGo director"."""
    home = _HOME.match(role)
    return (home["home"], role[home.end() :]) if home else ("", role)


def _fitting(mentions: Sequence[Mention], change: int) -> list[Mention]:
    """Those whose own direction of change is this one; all where none is."""
    return [m for m in mentions if int(m.kinds.argmax()) == change] or list(mentions)
