"""Anything at all, from a feed's bytes to what each chat is sent. `--hypothesis-profile long` makes it last."""

import json
import random
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

import bot
from bot.chat.console.render import render, render_reply
from bot.chat.discord.render import content, embed
from bot.chat.discord.replies import draw as draw_reply
from bot.chat.slack.render import blocks, text
from bot.chat.slack.replies import reply_blocks, reply_text
from bot.commands import grammar
from bot.commands.words import split
from bot.errors import FeedFormatError, InputError
from bot.extraction import extract
from bot.feeds.page import article_text, find_feeds
from bot.feeds.parse import parse_feed
from bot.feeds.urls import canonical_url
from bot.model.article import ParsedFeed
from bot.model.card import Card, Span
from bot.model.filter import Filter
from bot.model.request import Button, File, Reply
from bot.rates import to_usd
from bot.recording import Reading, record
from bot.store import Store
from bot.stories.card import card, compact
from bot.stories.digest import digest
from bot.viewing import stories_for
from tests.chat.strategies import HOSTILE, cards, moments, spans, texts
from tests.commands.talk import Talk, words
from tests.stocked import channel, feed, subscribe

patient = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
)
sparing = settings(patient, max_examples=max(20, settings.default.max_examples // 5))
"""For what takes long to draw."""
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
URL = "https://n.example/feeds/all.xml"
SAMPLES = [path.read_bytes() for path in sorted((Path(bot.__file__ or "").parent / "demo" / "samples").glob("*.xml"))]
OBEYED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a screen would obey."""
TELLING = [
    "Quillmark raises $40 million in Series B led by {}", "{} acquires Brackwater for $75 million", "{} names {} CEO",
    "Fernhollow to merge with {}", "{} buys 30% of {} for £{}bn", "{} files for IPO", "CEO of {} steps down",
]  # fmt: skip
DATES = [
    "Mon, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00+14:00", "-0001-01-01", "99999999999999999999",
    "Sun, 22 Nov 2026 11:00:00 GMT", "2026-11-22T11:00:00Z", "22/11/2026", "NaN",
    "Sun, 22 Nov 2026 11:00:00 +9999", "2026-11-22T25:61:61Z", "Thu, 30 Feb 2023 00:00:00 GMT", "\u0661\u0662",
]  # fmt: skip
EVIL = [
    *HOSTILE, "=cmd|' /C calc'!A0", "Z" + "\u0353\u0354" * 400, "\u200b" * 50 + "A\u200dc\u2060me", "Αpple (Α Greek)",
    "\ufeff\u00ad\u034f", "A" * 20_000, "Acme\u2028Corp\u2029", "<b>Bold</b> &lt;script&gt;", "]]>", "<!ENTITY x 'y'>",
]  # fmt: skip
evil = st.sampled_from(EVIL) | st.text(max_size=60)
titles = st.builds(lambda shape, one: shape.replace("{}", one), st.sampled_from(TELLING), evil) | evil
links = st.sampled_from(
    ["https://n.example/a", "javascript:alert(1)", "data:text/html,<script>", "//evil.example", "https://a@b.example/",
     "http://[::1", "mailto:x@y.example", "https://n.example/\u202e", "HTTPS://N.EXAMPLE/%00%0a", "x" * 5000]
) | st.text(max_size=30)  # fmt: skip


@st.composite
def feeds(draw: st.DrawFn) -> str:
    """An RSS or JSON feed whose every element holds anything."""
    rows = draw(st.lists(st.tuples(titles, evil, links, st.sampled_from(DATES) | evil, evil), min_size=1, max_size=4))
    if draw(st.booleans()):
        names = ("title", "content_html", "url", "date_published", "id")
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": draw(evil),
                           "items": [dict(zip(names, row, strict=True)) for row in rows]})  # fmt: skip
    wrap = draw(st.sampled_from([escape, lambda words: f"<![CDATA[{words}]]>", lambda words: words]))
    names = ("title", "description", "link", "pubDate", "guid")
    items = ("".join(f"<{name}>{wrap(value)}</{name}>" for name, value in zip(names, row, strict=True)) for row in rows)
    head = f"<title>{wrap(draw(evil))}</title><ttl>{wrap(draw(evil))}</ttl>"
    return f'<rss version="2.0"><channel>{head}{"".join(f"<item>{each}</item>" for each in items)}</channel></rss>'


@st.composite
def mutants(draw: st.DrawFn) -> bytes:
    """A real feed with some bytes changed, cut, doubled or swapped."""
    body = bytearray(draw(st.sampled_from(SAMPLES)))
    rng = random.Random(draw(st.integers(0, 2**32)))
    for _ in range(draw(st.integers(1, 30))):
        at, to = sorted(rng.randrange(len(body)) for _ in range(2))
        match rng.randrange(4):
            case 0:
                body[at] = rng.randrange(256)
            case 1:
                del body[at : min(to, at + 200)]
            case 2:
                body[at:at] = body[at : min(to, at + 200)]
            case 3:
                body[at:at] = rng.choice(EVIL).encode("utf-8", "surrogatepass")[:300]
    return bytes(body)


def told_from(parsed: ParsedFeed) -> tuple[list[Card], Reply | None]:
    """Let everything happen to a feed's items that happens in the bot, up to the cards."""
    with_store = Store(":memory:")
    with with_store.write() as db:
        subscribe(db, channel(db))
        origin = feed(db, URL)
        readings = [
            Reading(article=each, result=extract(each.title, each.text, published=each.published))
            for each in parsed.articles
        ]
        record(db, readings, feed=origin, now=NOW, max_age=timedelta(days=2), silent=False)
        ids = [row[0] for row in db.execute("SELECT id FROM stories").fetchall()]
        stories = stories_for(db, ids, viewer=None)
    with_store.close()
    shown = [drawn for story in stories for drawn in (card(story), compact(card(story)))]
    return shown, digest(stories, kind="daily", to_usd=to_usd) if stories else None


def seen(blocks: object) -> object:
    """Leave out what a button sends back, which nobody is shown, and the angle brackets of plain text."""
    if isinstance(blocks, dict) and blocks.get("type") == "plain_text":
        return str(blocks["text"]).replace("<", "")
    if isinstance(blocks, dict):
        return {name: seen(part) for name, part in blocks.items() if name != "value"}
    return [seen(each) for each in blocks] if isinstance(blocks, list) else blocks


def harmless(shown: Card | Reply) -> None:
    """Draw it for every chat; nothing that is sent is obeyed by a screen or pings anybody."""
    console = Console(width=60, record=True, file=Path("/dev/null").open("w"))  # noqa: SIM115  closed with the object
    if isinstance(shown, Card):
        said = [text(shown), json.dumps(embed(shown, key="k"), ensure_ascii=False), content(shown)]
        console.print(render(shown))
        on_slack = blocks(shown)
    else:
        drawn = draw_reply(shown)
        said = [reply_text(shown), json.dumps(drawn.embeds, ensure_ascii=False), drawn.content]
        console.print(render_reply(shown))
        on_slack = reply_blocks(shown)
    console.file.close()
    said += [console.export_text(), json.dumps(seen(on_slack), ensure_ascii=False)]
    for each in said:
        assert not OBEYED.search(each)
    for each in (said[0], said[-1]):
        assert not re.search(r"<[!@#]", each.replace("<!date^", ""))


@patient
@given(feeds().map(str) | mutants())
def test_no_feed_breaks_anything_on_its_way_to_the_chats(body: str | bytes) -> None:
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    with suppress(FeedFormatError):
        parsed = parse_feed(data, url=URL, content_type=None, now=NOW)
        for each in parsed.articles:
            assert each.url is None or each.url.startswith(("http://", "https://"))
            assert each.published is None or datetime(1990, 1, 1, tzinfo=UTC) <= each.published <= NOW + timedelta(
                days=1
            )
        drawn, told = told_from(parsed)
        for shown in (*drawn, *([told] if told else [])):
            harmless(shown)


replies = st.builds(
    Reply,
    lines=st.lists(st.lists(spans, max_size=5).map(tuple), max_size=30).map(tuple),
    cards=st.lists(cards, max_size=2).map(tuple),
    buttons=st.lists(st.builds(Button, label=texts, command=texts, danger=st.booleans()), max_size=7).map(tuple),
    file=st.none()
    | st.builds(File, name=texts, content=st.binary(max_size=20), media_type=st.just("text/csv"), alt=texts),
    in_channel=st.booleans(),
    good=st.booleans(),
)


@sparing
@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of a made-up answer, by hypothesis
@given(replies)
def test_no_answer_breaks_a_renderer_or_its_limits(reply: Reply) -> None:
    harmless(reply)
    drawn = draw_reply(reply)
    assert len(drawn.content.encode("utf-16-le", "surrogatepass")) // 2 <= 2000
    assert len(drawn.embeds) <= 10
    assert 1 <= len(reply_blocks(reply)) <= 50
    assert len(json.dumps(reply_blocks(reply), ensure_ascii=False)) <= 13_200
    assert 1 <= len(reply_text(reply).encode("utf-8", "surrogatepass")) <= 4000


@given(st.builds(Span, text=texts, when=moments) | spans)
def test_a_span_of_any_kind_is_drawn_by_all(span: Span) -> None:
    harmless(Reply(lines=((span,),)))


@sparing
@given(st.binary(max_size=3000) | feeds().map(lambda body: body.encode("utf-8", "surrogatepass")))
def test_no_page_breaks_the_reader(body: bytes) -> None:
    for kind in ("text/html", "text/html; charset=utf-16", None):
        article_text(body, url=URL, content_type=kind)
    find_feeds(body, url=URL)


@given(links)
def test_no_link_breaks_the_canonical_form(link: str) -> None:
    found = canonical_url(link)
    assert found is None or canonical_url(found) == found


NAMES = [*grammar.FILTERS, "kinds", "page", "x"]
values = st.text(max_size=15) | st.sampled_from(
    ["10m", "€2.5bn", "50crINR", "1e999", "-5", "series-b+", "pre-seed", "rumour+", "high", "0.8", "80%", "nan", "inf",
     "daily@09:00", "weekly@mon@23:59", "ceo,cfo", '"Scale AI"', "“open", "a:b:c", "https://x.example/a?b=c"]
)  # fmt: skip
conditions = st.builds(
    lambda minus, name, value: f"{minus}{name}:{value}", st.sampled_from(["", "-"]), st.sampled_from(NAMES), values
)
wishes = st.lists(conditions | values | st.sampled_from([*grammar.KINDS, "watched", "now"]), max_size=6).map(" ".join)


@given(wishes)
def test_a_filter_is_refused_in_words_or_is_printed_as_it_can_be_read_again(wish: str) -> None:
    try:
        found = grammar.parse(split(wish))
    except InputError:
        return
    assert isinstance(found.filter, Filter)
    assert grammar.sentence(found.filter)
    printed = grammar.command(found.filter, found.delivery)
    again = grammar.parse(split(printed))
    assert again.filter == found.filter
    assert again.delivery in {found.delivery, None}


@pytest.fixture(scope="module")
def talk() -> Talk:
    return Talk()


@given(st.data())
def test_no_command_ends_in_anything_but_words(talk: Talk, data: st.DataObject) -> None:
    from bot.commands.registry import VERBS

    said = data.draw(st.sampled_from(sorted(VERBS))) + " " + data.draw(wishes | evil | links)
    reply = talk.say(said, attachment=data.draw(st.none() | evil), is_operator=True)
    assert words(reply).strip() or reply.cards or reply.file
    assert "Something went wrong" not in words(reply)
    harmless(reply)
