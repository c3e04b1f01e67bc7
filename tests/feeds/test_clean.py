import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.clean import plain_line, plain_text, tidy_text

CASES = [
    ("AT&T", "AT&T"),
    ("AT&amp;T", "AT&T"),
    ("AT&amp;amp;T", "AT&amp;T"),
    ("R&D and M&A;", "R&D and M&A;"),
    ("<5% of a < b > c", "<5% of a < b > c"),
    ("revenue <$5m", "revenue <$5m"),
    ("profit <forecast, and falling", "profit <forecast, and falling"),
    ("mail <ann@n.example> or see <https://n.example/>", "mail <ann@n.example> or see <https://n.example/>"),
    ("Why &lt;b&gt; matters", "Why <b> matters"),
    ("<p>One</p><p>Two</p>", "One\n\nTwo"),
    ("<div><p>One\n\nand\nmore</p></div>", "One and more"),
    ("One\n\n\nTwo\nstill two", "One\n\nTwo still two"),
    ("One<br>Two<br/><br />Three", "One\nTwo\nThree"),
    ("<ul><li>One<li>Two</ul>", "One\n\nTwo"),
    ("a<b>b</b>c", "abc"),
    ("<td>1</td><td>2</td>", "1 2"),
    ("a<script>alert('<p>x</p>')</script>b", "a b"),
    ("a<SCRIPT src=x>never closed", "a"),
    ("a<style>p{}</style >b<iframe src='x'>c</iframe>d", "a b d"),
    ("a<iframe src=x>kept, since nothing closes it", "a kept, since nothing closes it"),
    ("a<!-- b --> c<!-- never closed <p>d", "a c"),
    ("<p title='a > b'>c</p>", "c"),
    ('<a href="x>y">z</a>', "z"),
    ('<a href="broken>z</a>', "z"),
    ("<![CDATA[inner <b>text</b>]]>", "inner <b>text</b>"),
    ("<o:p>office</o:p> <my-tag>own</my-tag> <custom id=1>x</custom>", "office own x"),
    ("a\u200bb\u202ec\u2066d\ufeffe\u00adf", "abcdef"),
    ("a&#8203;b&#x202e;c", "abc"),
    ("bell\x07 null\x00 escape\x1b", "bell null escape"),
    ("&#0;&#1;x&#150;y&euro;&nosuch;", "\ufffdx\u2013y\u20ac&nosuch;"),
    ("Cafe\u0301", "Caf\u00e9"),
    ("a\u00a0\u2003 b\tc", "a b c"),
    ("trailing <", "trailing <"),
    ("trailing <p", "trailing <p"),
    ("trailing &", "trailing &"),
    ("", ""),
]


@pytest.mark.parametrize(("markup", "text"), CASES)
def test_markup_becomes_plain_text(markup: str, text: str) -> None:
    assert plain_text(markup) == text


def test_a_title_stands_on_one_line() -> None:
    assert plain_line("<h1>One</h1>\n<p>Two &amp; three</p>") == "One Two & three"


def test_text_that_is_declared_plain_keeps_its_angle_brackets_and_ampersands() -> None:
    assert tidy_text("Why <b> and &amp;\u200b \n\n matter") == "Why <b> and &amp;\n\nmatter"


HOSTILE = {
    "angle brackets": "<" * 1_000_000,
    "nested tags": "<div>" * 200_000,
    "unclosed comments": "<!--" * 250_000,
    "unclosed tags": "<a " * 330_000,
    "unclosed quotes": '<a "' * 250_000,
    "quoted ends": '<a ">" ' * 140_000,
    "crossed quotes": "<a '\"" * 200_000,
    "unclosed scripts": "<script>" * 125_000,
    "unclosed frames": "<iframe><object><svg>" * 50_000,
    "declarations": "<!" * 500_000,
    "half entities": "&#x" * 330_000,
    "ampersands": "&" * 1_000_000,
    "spaces": " " * 1_000_000,
    "lines of spaces": ("\n" + " " * 1000) * 1000,
    "marks on one letter": "a" + "\u0301\u0327" * 500_000,
    "Lao marks on one letter": "a" + "\u0eb8\u0ec8" * 500_000,
    "endless names": "<" + "a" * 1_000_000,
}


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_a_hostile_megabyte_takes_linear_time(kind: str) -> None:
    began = time.process_time()
    plain_text(HOSTILE[kind])
    # A quadratic pattern takes minutes; a slow machine gets ten times what this takes.
    assert time.process_time() - began < 5


@given(st.text())
def test_no_text_breaks_cleaning_and_no_hidden_character_survives(markup: str) -> None:
    text = plain_text(markup)
    assert text == text.strip()
    assert "\n\n\n" not in text
    assert unicodedata.is_normalized("NFC", text)
    assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in text)
    assert not set(text) & set("\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff")


@given(st.text("<>/!-ab \"'&;p=[]", max_size=200))
def test_no_soup_of_markup_breaks_cleaning(markup: str) -> None:
    plain_text(markup)
