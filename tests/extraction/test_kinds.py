"""Each kind of event in its common wordings."""

from typing import Any

import pytest

from tests.extraction.reading_items import news, only


def usd(value: int) -> dict[str, Any]:
    return {"value": value, "currency": "USD"}


@pytest.mark.parametrize(
    ("title", "want"),
    [
        (
            "Brellium raises $12M Series A led by Copperfin Ventures",
            {
                "kind": "funding",
                "target": "Brellium",
                "lead": ["Copperfin Ventures"],
                "round": "Series A",
                "amount": usd(12_000_000),
            },
        ),
        (
            "Payroll startup Zantiq secures $3.5 million in seed funding",
            {"kind": "funding", "target": "Zantiq", "round": "Seed", "amount": usd(3_500_000)},
        ),
        (
            "23andYou bags Rs 40 crore from Peepal Ventures",
            {
                "kind": "funding",
                "target": "23andYou",
                "amount": {"value": 400_000_000, "currency": "INR"},
                "buyers": ["Peepal Ventures"],
            },
        ),
        (
            "Korvane buys 15% stake in Dellmoor for £40 million",
            {
                "kind": "stake",
                "target": "Dellmoor",
                "buyers": ["Korvane"],
                "stake_percent": 15,
                "amount": {"value": 40_000_000, "currency": "GBP"},
            },
        ),
        (
            "Korvane sells 8 pct stake in Dellmoor",
            {"kind": "stake", "target": "Dellmoor", "seller": ["Korvane"], "stake_percent": 8},
        ),
        (
            "Harrowgate Capital invests $20m in Plinthe",
            {"kind": "stake", "target": "Plinthe", "buyers": ["Harrowgate Capital"], "amount": usd(20_000_000)},
        ),
        (
            "Korvane to acquire Dellmoor for $2.4 billion",
            {
                "kind": "acquisition",
                "target": "Dellmoor",
                "buyers": ["Korvane"],
                "amount": usd(2_400_000_000),
                "status": "announced",
            },
        ),
        (
            "Korvane Completes Acquisition of Dellmoor",
            {"kind": "acquisition", "target": "Dellmoor", "buyers": ["Korvane"], "status": "completed"},
        ),
        (
            "Korvane in talks to buy Dellmoor, sources say",
            {"kind": "acquisition", "target": "Dellmoor", "buyers": ["Korvane"], "status": "rumored"},
        ),
        (
            "Dellmoor acquired by Korvane",
            {"kind": "acquisition", "target": "Dellmoor", "buyers": ["Korvane"]},
        ),
        (
            "Korvane takes majority stake in Dellmoor",
            {"kind": "acquisition", "target": "Dellmoor", "buyers": ["Korvane"]},
        ),
        (
            "Korvane and Dellmoor agree to merge",
            {"kind": "merger", "target": "Korvane", "buyers": ["Dellmoor"], "status": "announced"},
        ),
        (
            "Korvane and Dellmoor call off merger",
            {"kind": "merger", "status": "cancelled"},
        ),
        ("Korvane files for Nasdaq IPO", {"kind": "ipo", "target": "Korvane", "status": "announced"}),
        (
            "Harrowgate Ventures closes second fund at $150 million",
            {"kind": "fund", "target": "Harrowgate Ventures", "amount": usd(150_000_000)},
        ),
        (
            "Korvane appoints Ines Halloran as chief financial officer",
            {
                "kind": "leadership",
                "person": "Ines Halloran",
                "role": "chief financial officer",
                "company": "Korvane",
                "change": "joins",
                "interim": False,
            },
        ),
        (
            "Korvane names Ines Halloran interim CEO",
            {"kind": "leadership", "person": "Ines Halloran", "role": "interim CEO", "interim": True},
        ),
        (
            "Korvane CEO Ines Halloran steps down",
            {"kind": "leadership", "person": "Ines Halloran", "role": "CEO", "company": "Korvane", "change": "leaves"},
        ),
        (
            "Ines Halloran joins Korvane as head of sales",
            {"kind": "leadership", "person": "Ines Halloran", "role": "head of sales", "company": "Korvane"},
        ),
    ],
)
def test_a_headline_gives_its_event(title: str, want: dict[str, Any]) -> None:
    got = only(title)
    assert {name: got.get(name) for name in want} == want


def test_headline_and_text_tell_one_event() -> None:
    event = only(
        "Brellium raises $12M",
        "Brellium, a maker of dental software, has raised $12 million in a Series A round led by Copperfin Ventures, "
        "with participation from Oakmere Capital and Dunlin Partners. The round values the company at $80 million.",
    )
    assert event["buyers"] == ["Copperfin Ventures", "Oakmere Capital", "Dunlin Partners"]
    assert event["lead"] == ["Copperfin Ventures"]
    assert event["valuation"] == usd(80_000_000)


def test_the_fullest_form_of_a_name_is_told() -> None:
    event = only("Korvane to buy Dellmoor", "Korvane Industries has agreed to buy Dellmoor Systems for $50 million.")
    assert (event["buyers"], event["target"]) == (["Korvane Industries"], "Dellmoor Systems")


def test_the_company_is_the_one_that_was_named() -> None:
    event = only(
        "New money for dental software",
        "Brellium is based in Lyon. The company has raised $12 million in seed funding.",
    )
    assert event["target"] == "Brellium"


def test_several_companies_that_raise_are_several_events() -> None:
    events = news("[Funding roundup] Brellium, Zantiq, and Plinthe raise capital")
    assert [event["target"] for event in events] == ["Brellium", "Zantiq", "Plinthe"]


def test_an_old_headline_in_capitals_is_read() -> None:
    event = only("KORVANE TO ACQUIRE DELLMOOR FOR 500 MLN DLRS")
    assert (event["kind"], event["amount"]) == ("acquisition", usd(500_000_000))
