"""A made-up card, to show that cards arrive and what they look like."""

from bot.model.card import Card, Row, Span
from bot.model.enums import Kind, Status

SAMPLE = Card(
    story="",
    kind=Kind.FUNDING,
    status=Status.ANNOUNCED,
    headline="Test card: Example Robotics raises $12M Series A led by Sample Capital",
    label="Announced · Funding",
    rows=(
        Row(label="Company", spans=(Span(text="Example Robotics"),)),
        Row(label="Amount", spans=(Span(text="$12M"),)),
        Row(label="Round", spans=(Span(text="Series A"),)),
        Row(label="Investors", spans=(Span(text="Sample Capital (lead), Test Ventures"),)),
    ),
    sources=(Span(text="Made up for this test"),),
    source_count=1,
    confidence=1.0,
)
