"""Deals called off and departures denied."""

import pytest

from bot.extraction.learned.wording import called_off, denied


@pytest.mark.parametrize("text", ["Acme and Zeta call off merger", "Acme scraps its IPO", "Acme withdrew its bid"])
def test_a_deal_that_is_off(text: str) -> None:
    assert called_off(text)


@pytest.mark.parametrize("text", ["Lee won't step down", "no intention of stepping down", "Lee denies plan to resign"])
def test_a_departure_that_is_denied(text: str) -> None:
    assert denied(text)


@pytest.mark.parametrize("text", ["Lee steps down as chief executive", "Lee did not say why; she resigned on Monday"])
def test_a_departure_that_is_told(text: str) -> None:
    assert not denied(text)
