"""chart: a picture to paste into a memo, with the same numbers in words."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.commands.looking import kinds_in, since_in
from bot.commands.telling import counted, day
from bot.commands.verb import Call, Verb
from bot.commands.words import Word, plain, shown
from bot.companies.names import company_keys, same_company
from bot.errors import InputError
from bot.model.chart import Chart, Group, Shape
from bot.model.enums import Kind
from bot.model.filter import ALL_KINDS
from bot.model.request import File, Line, Reply, bold, line
from bot.model.story import Story
from bot.model.text import cut
from bot.store import lookups
from bot.store.lookups import Day, Stage
from bot.stories.digest import TITLES
from bot.stories.headline import headline
from bot.stories.profile import company_profile
from bot.stories.stages import stage_rank
from bot.viewing import stories_for

WAYS = ("week", "month", "investor", "stage")
MOST_BARS = 10
MOST_MARKS = 8
WIDE, LABEL = 28, 22
"""Columns of the longest bar and of the labels, at a console."""
INVESTING = frozenset({Kind.FUNDING, Kind.STAKE})


def _chart(call: Call) -> Reply:
    if call.words and call.words[0].value.casefold() == "company" and len(call.words) > 1:
        return _drawn(call, _time_line(call, plain(call.words[1:])))
    way, words = _way(call.words)
    kinds, words = kinds_in(words)
    if way == "investor" and kinds == ALL_KINDS:
        kinds = INVESTING
    now = call.request.now
    since, words = since_in(words, now)
    if words:
        raise InputError(
            f"I don't know the word {shown(words[0].text)} here.",
            cure=f"For example: {call.typed('chart funding by month')} or {call.typed('chart company Scale AI')}",
        )
    begin = since or now - timedelta(days={"week": 84, "month": 365}.get(way, 90))
    with call.store.read() as db:
        days = lookups.days_since(db, viewer=call.viewer, kinds=kinds, since=begin)
        stages = lookups.stages_since(db, viewer=call.viewer, kinds=kinds, since=begin) if way == "stage" else ()
        investors = (
            lookups.investors_since(db, viewer=call.viewer, kinds=kinds, since=begin) if way == "investor" else ()
        )
    if not days:
        return Reply(lines=(line(f"There is nothing to draw since {day(begin)}."),))
    begin = max(begin, min(each.at for each in days))
    note = f"Dealbell · {counted(sum(each.count for each in days), 'story')} · {day(begin)} to {day(now)}"
    if way == "stage":
        rounds = counted(sum(each.count for each in stages), "round")
        return _drawn(call, _by_stage(stages, f"Dealbell · {rounds} of known amount · {day(begin)} to {day(now)}"))
    if way == "investor":
        return _drawn(call, _by_investor(investors, note))
    return _drawn(call, _by_time(days, note, way=way, begin=begin, now=now))


def _way(words: tuple[Word, ...]) -> tuple[str, tuple[Word, ...]]:
    found, rest = "week", []
    for place, word in enumerate(words):
        value = word.value.casefold().removesuffix("s")
        after_by = place > 0 and words[place - 1].value.casefold() == "by"
        if value in WAYS and (after_by or value in {"investor", "stage"}):
            found = value
        elif value == "by":
            continue
        else:
            rest.append(word)
    return found, tuple(rest)


def _by_time(days: tuple[Day, ...], note: str, *, way: str, begin: datetime, now: datetime) -> Chart:
    labels = _weeks(begin, now) if way == "week" else _months(begin, now)
    counts, totals = Counter[tuple[str, Kind]](), Counter[str]()
    for each in days:
        counts[_bucket(each.at, way), each.kind] += each.count
        totals[_bucket(each.at, way)] += each.count
    kinds = [kind for kind in TITLES if any(each.kind is kind for each in days)]
    groups = tuple(Group(name=TITLES[kind], values=tuple(float(counts[key, kind]) for key in labels)) for kind in kinds)
    best = max(labels, key=lambda key: totals[key])
    when = f"{'the week of ' if way == 'week' else ''}{labels[best]}"
    title = f"{counted(totals.total(), 'story')}; most in {when} ({totals[best]})"
    return Chart(shape=Shape.STACKS, title=title, labels=tuple(labels.values()), groups=groups, note=note)


def _bucket(at: datetime, way: str) -> str:
    return f"{at - timedelta(days=at.weekday()):%Y-%m-%d}" if way == "week" else f"{at:%Y-%m}"


def _weeks(begin: datetime, now: datetime) -> dict[str, str]:
    out, at = {}, begin
    while _bucket(at, "week") <= _bucket(now, "week"):
        monday = at - timedelta(days=at.weekday())
        out[_bucket(at, "week")] = f"{monday.day} {monday:%b}"
        at += timedelta(days=7)
    return out


def _months(begin: datetime, now: datetime) -> dict[str, str]:
    out, at = {}, begin.replace(day=1)
    while f"{at:%Y-%m}" <= f"{now:%Y-%m}":
        out[f"{at:%Y-%m}"] = f"{at:%b %y}"
        at = (at + timedelta(days=32)).replace(day=1)
    return out


def _by_stage(stages: tuple[Stage, ...], note: str) -> Chart:
    if not stages:
        raise InputError("No round with an amount is known for these days.", cure="Try a longer time: since:year.")
    in_order = sorted(
        stages, key=lambda each: (stage_rank(each.round) is None, stage_rank(each.round) or 0.0, each.round)
    )
    shown_stages = in_order[:MOST_BARS]
    best = max(shown_stages, key=lambda each: each.usd)
    return Chart(
        shape=Shape.BARS,
        title=f"Most money went into {best.round}: ≈${_short(best.usd)}",
        labels=tuple(each.round for each in shown_stages),
        groups=(Group(name="USD", values=tuple(each.usd for each in shown_stages)),),
        marks=tuple(f"≈${_short(each.usd)} in {each.count}" for each in shown_stages),
        note=note,
    )


def _short(value: float) -> str:
    for letter, scale in (("B", 1e9), ("M", 1e6), ("k", 1e3)):
        if value >= scale:
            return f"{value / scale:.3g}{letter}"
    return f"{value:.3g}"


def _by_investor(investors: Iterable[tuple[str, str]], note: str) -> Chart:
    deals: dict[str, set[str]] = {}
    for name, story in investors:
        home = next((known for known in deals if same_company(known, name)), name) if len(deals) < 2000 else name
        deals.setdefault(home, set()).add(story)
    if not deals:
        raise InputError("No investor is known for these days.", cure="Try a longer time: since:year.")
    most = sorted(deals, key=lambda name: (-len(deals[name]), name))[:MOST_BARS]
    group = Group(name="Deals", values=tuple(float(len(deals[name])) for name in most))
    title = f"{most[0]} took part in {counted(len(deals[most[0]]), 'deal')}"
    return Chart(shape=Shape.BARS, title=title, labels=tuple(most), groups=(group,), note=note)


def _time_line(call: Call, name: str) -> Chart:
    with call.store.read() as db:
        parts = ("target", "company", "buyer", "seller")
        ids = lookups.by_keys(db, company_keys(name), parts=parts, viewer=call.viewer, limit=300)
        told = company_profile(name, stories_for(db, ids, viewer=call.viewer)).stories
    if not told:
        raise InputError(f"Nothing is known of {shown(name)} yet.", cure=f"Look with {call.typed('search')} first.")
    stories = told[:MOST_MARKS][::-1]
    groups = tuple(
        Group(name=title, values=tuple(float(_sort(story) == title) for story in stories))
        for title in ("Money", "Takeover", "Leadership")
        if any(_sort(story) == title for story in stories)
    )
    labels = tuple(day(story.first_published) for story in stories)
    count = counted(len(told), "story")
    note = f"Dealbell · {count}" + (f", the last {MOST_MARKS} shown" if len(told) > MOST_MARKS else "")
    marks = tuple(headline(story) for story in stories)
    return Chart(shape=Shape.LINE, title=f"{name}: {count}", labels=labels, groups=groups, marks=marks,
                 note=note)  # fmt: skip


def _sort(story: Story) -> str:
    if story.kind is Kind.LEADERSHIP:
        return "Leadership"
    return "Takeover" if story.kind in {Kind.ACQUISITION, Kind.MERGER} else "Money"


def _drawn(call: Call, chart: Chart) -> Reply:
    lines = (line(bold(chart.title)), *_text_chart(chart), line(chart.note))
    if call.services.chart is None:
        return Reply(lines=lines)
    picture = call.services.chart(chart)
    return Reply(
        lines=lines, file=File(name="dealbell-chart.png", content=picture, media_type="image/png", alt=alt_text(chart))
    )


def alt_text(chart: Chart) -> str:
    """Return what the picture shows, in words and numbers."""
    told = (
        f"{label}: {chart.marks[place] if chart.marks else f'{chart.totals[place]:g}'}"
        for place, label in enumerate(chart.labels)
    )
    sums = ", ".join(f"{group.name} {sum(group.values):g}" for group in chart.groups)
    groups = f" By kind: {sums}." if len(chart.groups) > 1 else ""
    return f"{chart.title}. {'; '.join(told)}.{groups}"[:1900]


def _text_chart(chart: Chart) -> list[Line]:
    """The same chart in characters, for a console and for whom pictures don't help."""
    top = max([*chart.totals, 1])
    lines = []
    for place, label in enumerate(chart.labels):
        value = chart.totals[place]
        told = chart.marks[place] if chart.marks else f"{value:g}"
        bar = "" if chart.shape is Shape.LINE else "▇" * round(value / top * WIDE) + " "
        lines.append(line(f"{cut(label, LABEL):>{LABEL}}  {bar}{told}"))
    return lines


VERBS = (
    Verb(
        name="chart", summary="a picture: stories a week or month, amounts by stage, busiest investors, one company",
        usage="chart [kinds] [by week | month | investor | stage] [since:…] | chart company NAME",
        examples=("chart", "chart funding by stage", "chart by investor since:quarter", "chart company Scale AI"),
        answer=_chart, costly=True,
    ),
)  # fmt: skip
