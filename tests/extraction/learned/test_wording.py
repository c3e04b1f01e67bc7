"""Deals called off, departures denied, and seats that lead nothing."""

import pytest

from bot.extraction.learned.wording import advises, called_off, denied, gives


@pytest.mark.parametrize("text", ["Acme and Zeta call off merger", "Acme scraps its IPO", "Acme withdrew its bid"])
def test_a_deal_that_is_off(text: str) -> None:
    assert called_off(text)


@pytest.mark.parametrize("text", ["Lee won't step down", "no intention of stepping down", "Lee denies plan to resign"])
def test_a_departure_that_is_denied(text: str) -> None:
    assert denied(text)


@pytest.mark.parametrize("text", ["Lee steps down as chief executive", "Lee did not say why; she resigned on Monday"])
def test_a_departure_that_is_told(text: str) -> None:
    assert not denied(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Korvane sells its remaining stake in Dellmoor", "Korvane"),
        ("Korvane Partners (KRV.L) is looking to sell an 8% stake in Dellmoor", "Korvane Partners"),
        ("Brellium to divest its home textile business to Dellmoor", "Brellium"),
        ("Dellmoor agreed to buy Zantiq of Ghent from private equity firm Korvane", "Korvane"),
    ],
)
def test_who_sells_is_told_by_the_words_around_it(text: str, name: str) -> None:
    start = text.index(name)
    assert gives(text, start, start + len(name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Korvane buys a stake in Dellmoor", "Korvane"),
        ("Korvane, which sells lubricants in India, is to acquire Dellmoor", "Korvane"),
        ("Zantiq said it would buy time after an offer from Korvane", "Korvane"),
        ("Zantiq raised $5 million from Korvane", "Korvane"),
    ],
)
def test_who_buys_or_sells_goods_is_no_seller(text: str, name: str) -> None:
    start = text.index(name)
    assert not gives(text, start, start + len(name))


@pytest.mark.parametrize(
    "text",
    ["Korvane welcomes Ada Quill to its advisory board", "Ada Quill joins the scientific Advisory Council of Zantiq"],
)
def test_an_advisory_board_leads_nothing(text: str) -> None:
    assert advises(text)


@pytest.mark.parametrize(
    "text",
    [
        "Korvane names Ada Quill to its board",
        "Korvane's advisory board met; Ada Quill was named chief executive",
        "Korvane names Ada Quill chief executive; she leaves Zantiq's advisory board",
        "Korvane appoints Ada Quill CEO and chair of its advisory board",
    ],
)
def test_a_board_leads(text: str) -> None:
    assert not advises(text)
