"""Cards for laws of the renderers: any text, any number of rows, every address that somebody may put into a feed."""

from datetime import UTC, datetime

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.model.card import Card, Row, Span
from bot.model.enums import Kind, Status

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
"""For huge cards on a busy machine."""

HOSTILE = [
    *("<!channel>", "<!here|x>", "@everyone", "<@U123>", "<#C1|deals>", "<https://evil.example|Reuters>"),
    *("& < >", "AT&T", "&lt;!channel&gt;", ":fire:", "*bold* _it_ ~s~ `code`", "```\nblock", "> quoted"),
    *("[a](https://evil.example)", "|| spoiler ||", "# Title", "- item", "1. item", "https://evil.example/"),
    *("👩‍👩‍👧‍👦" * 90, "\\" * 900, '"' * 3000, "<" * 3000, "é" * 5000, "\u202egpj", "\x1b[31m", "\ud800"),
]
ADDRESSES = [
    *(None, "https://news.example/a", "https://news.example/?a=1&b=<2>|x", "https://news.example/(x)#part"),
    *("https://news.example/é |x>", "https://news.example/" + "a" * 2500, "https://news.example/" + "&" * 700),
    *("javascript:alert(1)", "https://reuters.com@evil.example/", "http://[bad", "ftp://news.example/", "https://"),
]

texts = st.text(max_size=300) | st.sampled_from(HOSTILE) | st.lists(st.sampled_from(HOSTILE), max_size=3).map(" ".join)
moments = st.datetimes(min_value=datetime(1960, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
spans = st.builds(
    Span, text=texts, url=st.sampled_from(ADDRESSES), when=st.none() | st.none() | moments, bold=st.booleans()
)
rows = st.builds(Row, label=texts, spans=st.lists(spans, max_size=9).map(tuple))
cards = st.builds(
    Card,
    story=texts,
    kind=st.sampled_from(Kind),
    status=st.sampled_from(Status),
    headline=texts,
    label=texts,
    rows=st.lists(rows, max_size=24).map(tuple),
    sources=st.lists(spans, max_size=5).map(tuple),
    source_count=st.integers(0, 50),
    confidence=st.floats(0, 1),
    note=st.none() | texts,
    noted_at=st.none() | moments,
)
