"""recent, search, top: look-ups over all stories that the workspace may see."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from bot.commands.grammar import FILTERS, KINDS, OTHER_WORDS, filter_name, kinds_words, parse
from bot.commands.telling import story_line
from bot.commands.verb import PAGE, Call, Verb, paged
from bot.commands.words import Word, quoted, shown
from bot.errors import InputError
from bot.model.card import Span
from bot.model.enums import Kind
from bot.model.event import Money
from bot.model.filter import ALL_KINDS, Filter
from bot.model.request import Line, Reply, bold, code, line
from bot.model.story import Story
from bot.store import Database, lookups
from bot.stories.wanted import Context, passes
from bot.stories.words import money_words
from bot.viewing import stories_for

MOST = 1000
"""Entries that a list is counted to."""
MOST_HITS = 300
"""Stories that a search looks at, the best ones."""
_SPANS = {"today": 1, "day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
_AGO = re.compile(r"(\d{1,3}) ?([hdwmy])")
_DAYS = {"h": 1 / 24, "d": 1, "w": 7, "m": 30, "y": 365}
_UNITS = frozenset({"hour", "day", "week", "month", "year"})
_MARKS = re.compile("([\x02\x03])")


def kinds_in(words: tuple[Word, ...]) -> tuple[frozenset[Kind], tuple[Word, ...]]:
    """Take the words for kinds out of a command; without any, all kinds."""
    kinds, rest = frozenset[Kind](), []
    for word in words:
        parts = [OTHER_WORDS.get(part, part) for part in word.value.casefold().split(",") if part]
        if word.name is None and parts and all(part in KINDS for part in parts):
            for part in parts:
                kinds |= KINDS[part]
        else:
            rest.append(word)
    return kinds or ALL_KINDS, tuple(rest)


def since_in(words: tuple[Word, ...], now: datetime) -> tuple[datetime | None, tuple[Word, ...]]:
    """Take a time out of a command: 7d, 2w, week, since:2025-06-01, since yesterday. Raises InputError."""
    since, rest = None, []
    for word in _joined(words):
        value = word.value.casefold()
        if word.name is None and value in {"since", "last", "the", "by"}:
            continue
        found = when(value, now) if word.name in {None, "since"} else None
        if found is not None:
            since = found
        elif word.name == "since":
            raise InputError(f"{shown(word.text)} is no time.", cure="Say since:7d, since:month or since:2025-06-01.")
        else:
            rest.append(word)
    return since, tuple(rest)


def _joined(words: tuple[Word, ...]) -> list[Word]:
    """Read "2 weeks" as "2w"."""
    out: list[Word] = []
    for word in words:
        unit = word.value.casefold().removesuffix("s")
        if word.name is None and out and out[-1].value.isdecimal() and unit in _UNITS:
            out[-1] = replace(out[-1], values=(out[-1].value + unit[0],), text=f"{out[-1].text} {word.text}")
        else:
            out.append(word)
    return out


def when(value: str, now: datetime) -> datetime | None:
    """Return the time that a word like 7d, week or 2025-06-01 means; None: it means no time."""
    if value in _SPANS:
        return now - timedelta(days=_SPANS[value])
    if value == "yesterday":
        return now - timedelta(days=1)
    if found := _AGO.fullmatch(value):
        return now - timedelta(days=int(found[1]) * _DAYS[found[2]])
    try:
        day = datetime.fromisoformat(value)
    except ValueError:
        return None
    return day.replace(tzinfo=day.tzinfo or now.tzinfo)


def _nothing_left(words: tuple[Word, ...], call: Call, verb: str) -> None:
    if words:
        raise InputError(
            f"I don't know the word {shown(words[0].text)} here.", cure=f"For example: {call.typed(verb)} funding 7d"
        )


def _recent(call: Call) -> Reply:
    kinds, words = kinds_in(call.words)
    since, words = since_in(words, call.request.now)
    _nothing_left(words, call, "recent")
    offset = (call.page - 1) * PAGE
    with call.store.read() as db:
        ids = lookups.recent(db, viewer=call.viewer, kinds=kinds, since=since, offset=offset, limit=MOST)
        stories = stories_for(db, ids[:PAGE], viewer=call.viewer)
    lines = [story_line(story) for story in stories]
    if not lines:
        return _nothing(call)
    again = " ".join(("recent", ",".join(kinds_words(kinds)), *([f"since:{since:%Y-%m-%d}"] if since else [])))
    return paged(call, lines, total=offset + len(ids), again=again, head=line(bold("Latest")))


def _nothing(call: Call) -> Reply:
    return Reply(
        lines=(
            line("Nothing in the store matches."),
            line("Try ", code(call.typed("recent")), " or ", code(call.typed("status")), " to see what is read."),
        )
    )


def _top(call: Call) -> Reply:
    kinds, words = kinds_in(call.words)
    since, words = since_in(words, call.request.now)
    _nothing_left(words, call, "top")
    begin = since or call.request.now - timedelta(days=7)
    offset = (call.page - 1) * PAGE
    with call.store.read() as db:
        ids = lookups.top(db, viewer=call.viewer, kinds=kinds, since=begin, offset=offset, limit=MOST)
        stories = stories_for(db, ids[:PAGE], viewer=call.viewer)
    if not stories:
        return _nothing(call)
    lines: list[Line] = []
    for number, story in enumerate(stories, offset + 1):
        lines.append(line(f"{number}. ", *story_line(story), _in_dollars(story, call)))
    again = f"top {','.join(kinds_words(kinds))} since:{begin:%Y-%m-%d}"
    head = line(bold(f"Largest since {begin.day} {begin:%b %Y}"), ", compared in US dollars")
    return paged(call, lines, total=offset + len(ids), again=again, head=head)


def _in_dollars(story: Story, call: Call) -> str:
    """What an amount in another currency was compared as."""
    if story.amount is None or story.amount.currency == "USD":
        return ""
    usd = call.services.to_usd(story.amount, story.last_published.date())
    return f" · ≈{money_words(Money(value=float(f'{usd:.3g}'), currency='USD'))}" if usd else ""


def _search(call: Call) -> Reply:
    filters = tuple(word for word in call.words if _is_filter(word))
    wish = parse(word for word in filters if word.name != "since").filter
    since, _ = since_in(tuple(word for word in filters if word.name == "since"), call.request.now)
    sought = " ".join(word.text if word.name else word.value for word in call.words if not _is_filter(word)).strip()
    if not sought:
        raise InputError("search needs words.", cure=f"For example: {call.typed('search battery maker min:10m')}")
    begin = (call.page - 1) * PAGE
    with call.store.read() as db:
        for begins in (False, True):
            ids = lookups.search(
                db, sought, viewer=call.viewer, kinds=wish.kinds, since=since, begins=begins, limit=MOST_HITS
            )
            if ids:
                break
        stories, total = _page_of(call, db, ids, wish, begin)
        snippets = lookups.snippets(db, sought, [story.id for story in stories], begins=begins)
    if not stories:
        return _nothing_holds(call, sought, filtered=bool(filters))
    lines: list[Line] = []
    for story in stories:
        lines.append(story_line(story))
        if snippet := snippets.get(story.id):
            lines.append(line("    ", *_marked(snippet)))
    again = " ".join(["search", quoted(sought), *(word.text for word in filters)])
    head = line(bold(f"Found for {shown(sought)}"), f": {total}" + (" or more" if len(ids) == MOST_HITS else ""))
    return paged(call, lines, total=total, again=again, head=head)


def _page_of(call: Call, db: Database, ids: tuple[str, ...], wish: Filter, begin: int) -> tuple[list[Story], int]:
    """Return one page of the stories that pass the filter, and how many pass."""
    if wish == Filter(kinds=wish.kinds):
        return list(stories_for(db, ids[begin : begin + PAGE], viewer=call.viewer)), len(ids)
    context = Context(to_usd=call.services.to_usd)
    told = [each for each in stories_for(db, ids, viewer=call.viewer) if passes(wish, each, context=context).yes]
    return told[begin : begin + PAGE], len(told)


def _is_filter(word: Word) -> bool:
    """A word with a colon that is no filter, such as a part of a headline, is sought."""
    name = word.name or ""
    return name == "since" or (filter_name(name) in FILTERS and name not in {"backfill", "deliver"})


def _nothing_holds(call: Call, sought: str, *, filtered: bool) -> Reply:
    fewer = "Fewer words or filters find more; " if filtered else "Fewer words find more; "
    return Reply(
        lines=(
            line(f"Nothing holds all of {shown(sought)}" + (" and meets the filters." if filtered else ".")),
            line(fewer, code(call.typed("recent")), " shows the latest."),
        )
    )


def _marked(snippet: str) -> tuple[Span, ...]:
    """Draw what matched in bold."""
    spans, bold_now = [], False
    for part in _MARKS.split(" ".join(snippet.split())):
        if part in {"\x02", "\x03"}:
            bold_now = part == "\x02"
        elif part:
            spans.append(Span(text=part, bold=bold_now))
    return tuple(spans)


VERBS = (
    Verb(
        name="recent",
        summary="the latest stories",
        usage="recent [kinds] [since]",
        examples=("recent", "recent funding 7d", "recent leadership since:2025-06-01"),
        answer=_recent,
    ),
    Verb(
        name="search",
        summary="stories that hold these words, with filters as in subscribe",
        usage="search WORDS [filters] [since:7d]",
        examples=("search battery maker", 'search "scale ai" since:month', "search robotics kind:funding min:10m"),
        answer=_search,
    ),
    Verb(
        name="top",
        summary="the largest deals",
        usage="top [kinds] [week | month | since:DATE]",
        examples=("top", "top acquisitions month"),
        answer=_top,
    ),
)
