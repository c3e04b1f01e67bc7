"""The filter grammar: words -> filter and delivery, and back to a sentence and to a command to copy.

    [kinds] [name:value[,value…]]… [-name:value]… [now | daily@09:00 | weekly@mon[@09:00]] [threads:on]

An error names the wrong word and the nearest right one.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import time
from decimal import Decimal
from typing import Any

from bot.commands.words import Word, quoted, shown
from bot.errors import InputError
from bot.model.enums import Kind, Status
from bot.model.event import Money
from bot.model.filter import ALL_KINDS, AT_ONCE, EVERYTHING, HIGH_CONFIDENCE, Cadence, Delivery, Filter
from bot.stories.stages import stage_rank
from bot.stories.words import money_words

DEALS = ALL_KINDS - {Kind.LEADERSHIP}
KINDS: Mapping[str, frozenset[Kind]] = {
    "all": ALL_KINDS,
    "deals": DEALS,
    "funding": frozenset({Kind.FUNDING}),
    "stakes": frozenset({Kind.STAKE}),
    "acquisitions": frozenset({Kind.ACQUISITION}),
    "mergers": frozenset({Kind.MERGER}),
    "ipos": frozenset({Kind.IPO}),
    "funds": frozenset({Kind.FUND}),
    "leadership": frozenset({Kind.LEADERSHIP}),
}
OTHER_WORDS: Mapping[str, str] = {
    "everything": "all", "deal": "deals", "fundings": "funding", "round": "funding", "rounds": "funding",
    "raises": "funding", "stake": "stakes", "acquisition": "acquisitions", "takeovers": "acquisitions",
    "merger": "mergers", "ipo": "ipos", "fund": "funds", "leaders": "leadership", "people": "leadership",
    "appointments": "leadership",
}  # fmt: skip
"""Other words that people type for a kind."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STATUSES = {
    "rumour": Status.RUMORED, "rumor": Status.RUMORED, "rumored": Status.RUMORED, "rumoured": Status.RUMORED,
    "announced": Status.ANNOUNCED, "completed": Status.COMPLETED, "done": Status.COMPLETED,
    "called-off": Status.CANCELLED, "cancelled": Status.CANCELLED, "canceled": Status.CANCELLED,
}  # fmt: skip
CONFIDENCES = {"high": HIGH_CONFIDENCE, "medium": 0.7, "low": 0.3}
THREADS = {"on": True, "off": False, "channel": None}
"""Whether a big turn is told in a reply to the card; None: as the channel does."""
MOST_BACKFILL = 20
MOST_VALUES = 50
LONGEST_VALUE = 120
LARGEST = 1e15
_SUM = re.compile(r"([$€£¥₹]?)([\d,]*\.?\d+)(k|m|mn|mln|b|bn|t|tn|cr|crore|lakh)?([a-z]{3})?", re.IGNORECASE)
_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, "tn": 1e12, "cr": 1e7,
           "crore": 1e7, "lakh": 1e5}  # fmt: skip
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
_TIME = re.compile(r"([01]?\d|2[0-3])(?::([0-5]\d))?")
_CANONICAL_STAGE = {"preseed": "Pre-Seed", "pre-seed": "Pre-Seed", "seed": "Seed", "growth": "Growth",
                    "debt": "Debt", "pre-ipo": "Pre-IPO"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a subscription's words say."""

    filter: Filter = EVERYTHING
    delivery: Delivery | None = None
    """None: not said."""
    threads: str | None = None
    """on, off or channel (as the channel does); None: not said."""
    backfill: int = 0
    kinds_said: bool = False

    def told(self, before: Delivery = AT_ONCE) -> Delivery:
        """Return how the words want to be told, where that was `before`: what they do not say stays."""
        threads = before.threads if self.threads is None else THREADS[self.threads]
        return replace(self.delivery or before, threads=threads)


def parse(words: Iterable[Word]) -> Wish:
    """Read kinds, filters and delivery. Raises InputError that points at the wrong word."""
    wish = Wish()
    for word in words:
        wish = _filter(wish, word) if word.name else _bare(wish, word)
    return wish


def _bare(wish: Wish, word: Word) -> Wish:
    folded = word.value.casefold().strip(",")
    if "@" in folded or folded in {Cadence.NOW, Cadence.DAILY, Cadence.WEEKLY}:
        return replace(wish, delivery=parse_delivery(word))
    if folded == "watched":
        return replace(wish, filter=replace(wish.filter, watched=True))
    kinds = frozenset[Kind]()
    for part in filter(None, folded.split(",")):
        name = OTHER_WORDS.get(part, part)
        if name not in KINDS:
            raise _unknown(word, part)
        kinds |= KINDS[name]
    before = wish.filter.kinds if wish.kinds_said else frozenset[Kind]()
    return replace(wish, filter=replace(wish.filter, kinds=before | kinds), kinds_said=True)


def _unknown(word: Word, part: str) -> InputError:
    known = (*KINDS, *OTHER_WORDS, *FILTERS, "watched", "now", "daily", "weekly")
    near = difflib.get_close_matches(part, known, n=1, cutoff=0.6)
    if not near:
        kinds = ", ".join(KINDS)
        cure = f"Kinds are {kinds}. For a company write company:{quoted(word.value[:40])}."
    else:
        cure = f"Did you mean {near[0]}{':' if near[0] in FILTERS else ''}?"
    return InputError(f"I don't know the word {shown(word.text)}.", cure=cure)


def _filter(wish: Wish, word: Word) -> Wish:
    name = filter_name(word.name or "")
    read = FILTERS.get(name)
    if read is None:
        near = difflib.get_close_matches(name, FILTERS, n=1, cutoff=0.5)
        known = ", ".join(f"{each}:" for each in FILTERS)
        raise InputError(
            f"I don't know the filter {shown(word.text)}.",
            cure=f"Did you mean {near[0]}:?" if near else f"I know {known}.",
        )
    if not word.values:
        raise InputError(f"{shown(word.text)} lacks a value.", cure=f"For example {_EXAMPLES[name]}.")
    if len(word.values) > MOST_VALUES:
        raise InputError(
            f"{name}: has {len(word.values)} values; {MOST_VALUES} are the most.", cure="Watch them instead."
        )
    if long := next((value for value in word.values if len(value) > LONGEST_VALUE), None):
        raise InputError(f"{shown(long)} is too long: a value may have {LONGEST_VALUE} characters.")
    if word.minus and name not in _MINUS:
        raise InputError(f"{shown(word.text)}: only company, keyword and source can be left out with a minus.")
    return read(wish, word)


def filter_name(name: str) -> str:
    """Return the standard name of a filter: "amount" -> "min"."""
    return _OTHER_FILTERS.get(name, name)


def _listing(field: str, negative: str | None = None) -> Callable[[Wish, Word], Wish]:
    def read(wish: Wish, word: Word) -> Wish:
        name = negative if word.minus and negative else field
        values = tuple(dict.fromkeys((*getattr(wish.filter, name), *word.values)))
        changed: dict[str, Any] = {name: values}
        return replace(wish, filter=replace(wish.filter, **changed))

    return read


def _sources(wish: Wish, word: Word) -> Wish:
    bare = tuple(re.sub(r"^https?://(www\.)?|/.*$", "", value) or value for value in word.values)
    return _listing("sources", "without_sources")(wish, replace(word, values=bare))


def _minimum(wish: Wish, word: Word) -> Wish:
    found = _SUM.fullmatch(word.value.replace(" ", "").replace("_", ""))
    if not found:
        raise InputError(f"{shown(word.text)} is no amount.", cure="For example min:10m, min:€2.5bn or min:50crINR.")
    sign, digits, scale, code = found.groups()
    # exact: 4.007k is 4007, which floats would miss by a hair
    value = float(Decimal(digits.replace(",", "")) * Decimal(_SCALES.get((scale or "").lower(), 1.0)))
    if not 0 < value < LARGEST:
        raise InputError(f"{shown(word.text)} is no amount that a deal can have.", cure="For example min:10m.")
    indian = (scale or "").lower() in {"cr", "crore", "lakh"}
    currency = (code or _SIGNS.get(sign) or ("INR" if indian else "USD")).upper()
    return replace(wish, filter=replace(wish.filter, minimum=Money(value=value, currency=currency)))


def _stage(wish: Wish, word: Word) -> Wish:
    stages, first = list(wish.filter.stages), wish.filter.stage_from
    for value in word.values:
        stage = canonical_stage(value.removesuffix("+"))
        if stage is None:
            raise InputError(
                f"{shown(value)} is no stage.",
                cure="Say pre-seed, seed, series-a … series-j, growth, debt or pre-ipo; a + takes later ones too.",
            )
        if value.endswith("+"):
            if stage_rank(stage) is None:
                raise InputError(f"Nothing comes after {stage}.", cure=f"Say stage:{stage.lower()}.")
            first = stage
        elif stage not in stages:
            stages.append(stage)
    return replace(wish, filter=replace(wish.filter, stages=tuple(stages), stage_from=first))


def canonical_stage(value: str) -> str | None:
    """Return a round's standard name ("series-b" -> "Series B"), or None."""
    folded = value.casefold().strip().replace("_", "-").replace(" ", "-")
    if folded in _CANONICAL_STAGE:
        return _CANONICAL_STAGE[folded]
    found = re.fullmatch(r"(?:series-?)?([a-j])", folded)
    return f"Series {found[1].upper()}" if found else None


def _status(wish: Wish, word: Word) -> Wish:
    name = word.value.casefold().replace(" ", "-")
    status = STATUSES.get(name.removesuffix("+"))
    if status is None:
        near = difflib.get_close_matches(name.removesuffix("+"), STATUSES, n=1, cutoff=0.5)
        cure = f"Did you mean status:{near[0]}?" if near else "Say rumour, announced, completed or called-off."
        raise InputError(f"{shown(word.text)} is no status.", cure=cure)
    return replace(wish, filter=replace(wish.filter, status=status, status_exact=not name.endswith("+")))


def _confidence(wish: Wish, word: Word) -> Wish:
    name = word.value.casefold().rstrip("+")
    try:
        value = CONFIDENCES[name] if name in CONFIDENCES else float(name.rstrip("%")) / (100 if "%" in name else 1)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise InputError(f"{shown(word.text)} is no confidence.", cure="Say high, medium, low or a number such as 0.8.")
    return replace(wish, filter=replace(wish.filter, confidence=value))


def _kind(wish: Wish, word: Word) -> Wish:
    for value in word.values:
        wish = _bare(wish, replace(word, name=None, values=(value,)))
    return wish


def _delivery(wish: Wish, word: Word) -> Wish:
    return replace(wish, delivery=parse_delivery(replace(word, name=None)))


def _threads(wish: Wish, word: Word) -> Wish:
    name = word.value.casefold()
    if name not in THREADS:
        raise InputError(f"{shown(word.text)} must be {', '.join(THREADS)}.", cure="For example threads:on.")
    return replace(wish, threads=name)


def _backfill(wish: Wish, word: Word) -> Wish:
    if not word.value.isdecimal() or not 1 <= int(word.value[:6]) <= MOST_BACKFILL:
        raise InputError(
            f"{shown(word.text)} must be a number from 1 to {MOST_BACKFILL}.", cure="For example backfill:5."
        )
    return replace(wish, backfill=int(word.value))


FILTERS: Mapping[str, Callable[[Wish, Word], Wish]] = {
    "company": _listing("companies", "without_companies"),
    "min": _minimum,
    "stage": _stage,
    "investor": _listing("investors"),
    "role": _listing("roles"),
    "status": _status,
    "source": _sources,
    "keyword": _listing("keywords", "without_keywords"),
    "confidence": _confidence,
    "kind": _kind,
    "deliver": _delivery,
    "backfill": _backfill,
    "threads": _threads,
}
_OTHER_FILTERS = {"companies": "company", "amount": "min", "minimum": "min", "round": "stage", "stages": "stage",
                  "investors": "investor", "roles": "role", "sources": "source", "keywords": "keyword",
                  "kinds": "kind", "delivery": "deliver", "thread": "threads"}  # fmt: skip
_MINUS = frozenset({"company", "keyword", "source"})
_EXAMPLES = {
    "company": 'company:"Scale AI"', "min": "min:10m", "stage": "stage:series-b+", "investor": "investor:Sequoia",
    "role": "role:ceo,cfo", "status": "status:announced+", "source": "source:techcrunch.com",
    "keyword": "-keyword:crypto", "confidence": "confidence:high", "kind": "kind:funding",
    "deliver": "deliver:daily@09:00", "backfill": "backfill:5",
    "threads": "threads:on",
}  # fmt: skip


def parse_delivery(word: Word) -> Delivery:
    """Read now, daily@09:00, weekly@mon or weekly@mon@09:00. Raises InputError."""
    cadence, *parts = word.value.casefold().split("@")
    day, at = 0, time(9, 0)
    if cadence == Cadence.WEEKLY and parts and parts[0][:3] in WEEKDAYS:
        day = WEEKDAYS.index(parts.pop(0)[:3])
    if cadence in {Cadence.DAILY, Cadence.WEEKLY} and parts and (found := _TIME.fullmatch(parts[0])):
        at = time(int(found[1]), int(found[2] or 0))
        parts.pop(0)
    if cadence not in tuple(Cadence) or parts:
        near = difflib.get_close_matches(cadence, tuple(Cadence), n=1, cutoff=0.6)
        hint = f"Did you mean {near[0]}@09:00? " if near and near[0] != cadence and near[0] != Cadence.NOW else ""
        raise InputError(
            f"{shown(word.text)} is no time of delivery.", cure=f"{hint}Say now, daily@09:00 or weekly@mon@09:00."
        )
    return Delivery(cadence=Cadence(cadence), at=at, weekday=day)


def kinds_words(kinds: frozenset[Kind]) -> tuple[str, ...]:
    """Return the fewest words that name these kinds."""
    for name in ("all", "deals"):
        if kinds == KINDS[name]:
            return (name,)
    return tuple(name for name, group in KINDS.items() if len(group) == 1 and group <= kinds)


def command(wish: Filter, delivery: Delivery | None = None) -> str:
    """Return the words that `parse` reads back as this filter and delivery."""
    parts = [",".join(kinds_words(wish.kinds))]
    for name, field, sign in _PRINTED:
        if values := getattr(wish, field):
            parts.append(f"{sign}{name}:" + ",".join(quoted(value) for value in values))
    if wish.watched:
        parts.append("watched")
    if wish.minimum:
        code = "" if wish.minimum.currency == "USD" else wish.minimum.currency
        parts.append(f"min:{_short(wish.minimum.value)}{code}")
    stages = [stage.lower().replace(" ", "-") for stage in wish.stages]
    stages += [wish.stage_from.lower().replace(" ", "-") + "+"] if wish.stage_from else []
    if stages:
        parts.append("stage:" + ",".join(stages))
    if wish.status:
        name = next(word for word, status in STATUSES.items() if status is wish.status)
        parts.append(f"status:{name}{'' if wish.status_exact else '+'}")
    if wish.confidence is not None:
        level = next((word for word, value in CONFIDENCES.items() if value == wish.confidence), None)
        parts.append(f"confidence:{level or f'{wish.confidence:g}'}")
    if delivery and delivery.cadence is not Cadence.NOW:
        parts.append(delivery_command(delivery))
    if delivery and delivery.threads is not None:
        parts.append(f"threads:{threads_word(delivery)}")
    return " ".join(parts)


def threads_word(delivery: Delivery) -> str:
    """Return on, off or channel."""
    return next(word for word, chosen in THREADS.items() if chosen is delivery.threads)


_PRINTED = (
    ("company", "companies", ""), ("investor", "investors", ""), ("role", "roles", ""), ("source", "sources", ""),
    ("keyword", "keywords", ""), ("company", "without_companies", "-"), ("keyword", "without_keywords", "-"),
    ("source", "without_sources", "-"),
)  # fmt: skip


def _short(value: float) -> str:
    for letter, scale in (("b", 1e9), ("m", 1e6), ("k", 1e3)):
        if value >= scale and f"{value / scale:.6g}" == f"{value / scale:.15g}":
            return f"{value / scale:.6g}{letter}"
    return f"{value:.0f}" if value == int(value) else f"{value:.10f}".rstrip("0")


def delivery_command(delivery: Delivery) -> str:
    """Return the word that `parse_delivery` reads."""
    if delivery.cadence is Cadence.NOW:
        return "now"
    day = f"@{WEEKDAYS[delivery.weekday]}" if delivery.cadence is Cadence.WEEKLY else ""
    return f"{delivery.cadence}{day}@{delivery.at:%H:%M}"


def delivery_sentence(delivery: Delivery) -> str:
    """Return "at once", "daily at 09:00", "weekly on Monday at 09:00", and what is chosen for big turns."""
    day = f" on {DAY_NAMES[delivery.weekday]}" if delivery.cadence is Cadence.WEEKLY else ""
    when = "at once" if delivery.cadence is Cadence.NOW else f"{delivery.cadence}{day} at {delivery.at:%H:%M}"
    if delivery.threads is None:
        return when
    return f"{when}, big turns {'in a reply to the card too' if delivery.threads else 'on the card alone'}"


def sentence(wish: Filter) -> str:
    """Return the filter as words for people: "funding and stakes of at least $10M, Series B or later"."""
    said = [_and(kinds_words(wish.kinds)) if wish.kinds != ALL_KINDS else "all deals and leadership changes"]
    if wish.minimum:
        said.append(f"of at least {money_words(wish.minimum)}")
    stages = [*wish.stages, *([f"{wish.stage_from} or later"] if wish.stage_from else [])]
    for words, values in (
        ("round", tuple(stages)), ("with", wish.companies), ("investor", wish.investors), ("role", wish.roles),
        ("told by", wish.sources), ("headline with", wish.keywords),
    ):  # fmt: skip
        if values:
            said.append(f"{words} {_or(values)}")
    if wish.watched:
        said.append("about watched companies")
    if wish.status:
        name = {"rumored": "a rumour", "cancelled": "called off"}.get(wish.status, str(wish.status))
        said.append(name if wish.status_exact else f"{name} or firmer")
    if wish.confidence is not None:
        said.append(f"confidence {wish.confidence:g} or more")
    without = (*wish.without_companies, *wish.without_keywords, *wish.without_sources)
    if without:
        said.append(f"without {_or(without)}")
    return ", ".join(said)


def _and(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _or(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]
