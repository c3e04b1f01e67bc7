from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from bot.feeds.listing import read_feeds_toml
from bot.feeds.opml import read_opml, write_opml
from bot.model.feed import FeedSpec


def opml(body: str) -> bytes:
    return f'<?xml version="1.0"?>\n<opml version="2.0"><head/><body>\n{body}\n</body></opml>'.encode()


def test_nested_outlines_become_groups() -> None:
    specs = read_opml(
        opml(
            '<outline text="Top" xmlUrl="https://n.example/0"/>'
            '<outline text="Deals"><outline text="Europe">'
            '<outline title="A &amp;amp; B" text="x" type="rss" xmlUrl="https://n.example/1"/></outline>'
            '<outline text="C" XMLURL="https://n.example/2"/></outline>'
        )
    )
    assert specs == (
        FeedSpec(url="https://n.example/0", title="Top"),
        FeedSpec(url="https://n.example/1", title="A & B", group="Deals / Europe"),
        FeedSpec(url="https://n.example/2", title="C", group="Deals"),
    )


def test_a_feed_that_stands_twice_counts_once() -> None:
    one = '<outline text="{}" xmlUrl="https://n.example/1"/>'
    assert [spec.title for spec in read_opml(opml(one.format("A") + one.format("B")))] == ["A"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Line 1"),
        (b"not xml", "Line 1"),
        (b"<opml>\n<body>\n<outline></body></opml>", "Line 3"),
        (b"<html><body/></html>", "not OPML"),
        (b"<opml><head/></opml>", "no body"),
        (opml('\n<outline text="A" xmlUrl="javascript:alert(1)"/>'), "Line 4"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]>' + opml(""), "entities"),
        (opml("<outline text='x'>" * 60 + "</outline>" * 60), "nested too deeply"),
    ],
)
def test_an_unreadable_opml_file_is_named_with_its_line(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_opml(data)


NAMES = (
    st.text("abc &<>\"'/é", min_size=1, max_size=8)
    .map(lambda name: " ".join(name.split()))
    .filter(lambda name: name and "/" not in name and "&" not in name and "<" not in name)
)


@given(
    st.lists(
        st.builds(
            FeedSpec,
            url=st.integers(0, 10**6).map(lambda n: f"https://n.example/{n}?a=1&b={n}"),
            title=NAMES,
            group=st.lists(NAMES, max_size=3).map(" / ".join),
            full_text=st.booleans(),
        ),
        max_size=8,
        unique_by=lambda spec: spec.url,
    )
)
def test_what_is_exported_is_imported_again(specs: list[FeedSpec]) -> None:
    assert sorted(read_opml(write_opml(specs)), key=str) == sorted(specs, key=str)


def test_a_feeds_file_is_read() -> None:
    text = """
    [[feed]]
    url = "https://n.example/1"
    title = "One"
    group = "deals"
    full_text = true
    found_in = "a list"

    [[feed]]
    url = "https://n.example/2"
    """
    assert read_feeds_toml(text, name="feeds.toml") == (
        FeedSpec(url="https://n.example/1", title="One", group="deals", full_text=True),
        FeedSpec(url="https://n.example/2"),
    )
    assert read_feeds_toml("", name="feeds.toml") == ()


GOOD = '[[feed]]\nurl = "https://n.example/1"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[feed]\n", "line 1"),
        (GOOD + 'url2 = "x"', "feed number 1: the key 'url2' is unknown; do you mean 'url'"),
        (GOOD + GOOD.replace("/1", "/2") + 'titel = "x"', "feed number 2: the key 'titel' .* 'title'"),
        (GOOD + 'full_text = "yes"', "full_text must be true or false"),
        (GOOD + "title = 5", "title must be text"),
        ('[[feed]]\ntitle = "x"', "feed number 1: the url is missing"),
        ('[[feed]]\nurl = "n.example/feed"', "no web address"),
        (GOOD + GOOD, "number 1 and 2 have the same address"),
        ('[[feeds]]\nurl = "https://n.example/1"', "'feeds' is unknown; do you mean 'feed'"),
        ("feed = 1", "list of tables"),
    ],
)
def test_an_error_in_a_feeds_file_is_named_with_its_place(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_feeds_toml(text, name="feeds.toml")
    assert caught.value.problem.startswith("feeds.toml")


def test_the_default_feeds_can_be_read() -> None:
    path = Path(__file__).parents[2] / "config" / "feeds.toml"
    specs = read_feeds_toml(path.read_text(encoding="utf-8"), name=path.name)
    assert len(specs) >= 40
    assert all(spec.title and spec.group for spec in specs)
