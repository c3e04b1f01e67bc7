import pytest

from bot.model.event import Money
from bot.model.text import cut, one_line
from bot.stories.sums import agree, is_rounding
from bot.stories.words import join_words, money_words, percent_words
from tests.stories.telling import usd


@pytest.mark.parametrize(
    ("value", "currency", "words"),
    [
        (14_300_000_000, "USD", "$14.3B"),
        (250_000_000, "EUR", "€250M"),
        (5_000_000_000, "INR", "₹500 crore"),
        (1_200_000_000_000, "INR", "₹1.2 lakh crore"),
        (2_500_000, "INR", "₹25 lakh"),
        (999_999_999, "USD", "$1B"),
        (1_250_000_000, "USD", "$1.25B"),
        (35_100_000, "CAD", "C$35.1M"),
        (12_000_000, "CHF", "CHF 12M"),
        (500_000, "GBP", "£500K"),
        (900_000_000_000, "USD", "$900B"),
        (1_500_000_000_000, "USD", "$1.5T"),
        (0, "USD", ""),
        (-5, "USD", ""),
        (float("nan"), "USD", ""),
        (float("inf"), "USD", ""),
    ],
)
def test_money_in_words_that_people_use(value: float, currency: str, words: str) -> None:
    assert money_words(Money(value=value, currency=currency)) == words


def test_a_share_in_words() -> None:
    assert [percent_words(share) for share in (49.0, 27.5, 0.0, 120.0)] == ["49%", "27.5%", "", ""]


def test_a_long_list_of_names_is_counted() -> None:
    assert join_words(()) == ""
    assert join_words(("A",)) == "A"
    assert join_words(("A", "B")) == "A and B"
    assert join_words(("A", "B", "C", "D", "E")) == "A, B and 3 others"


def test_a_coarser_figure_may_round_a_finer_one() -> None:
    assert is_rounding(usd(14_000), usd(14_300))
    assert not is_rounding(usd(14_300), usd(14_000))
    assert not is_rounding(usd(5900), usd(6500))
    assert not is_rounding(usd(10), usd(14))


def test_sums_in_two_currencies_agree_when_they_are_of_one_size() -> None:
    assert agree(Money(value=2e9, currency="EUR"), usd(2450))
    assert not agree(Money(value=2e9, currency="EUR"), usd(9000))


def test_text_is_cut_between_what_readers_see_as_characters() -> None:
    family = "👨‍👩‍👧"
    assert cut(f"ab{family}cd", 5) == "ab…"
    assert cut(f"ab{family}cd", 20) == f"ab{family}cd"
    assert cut("🇫🇷🇩🇪🇮🇹", 4) == "🇫🇷…"
    assert cut("cafe\u0301s and more", 6) == "cafe\u0301…"


def test_a_line_has_no_characters_that_a_screen_would_obey() -> None:
    assert one_line("a\x1b[31mb\r\nc\u202ed\x9b0m") == "a\ufffd[31mb c\ufffdd\ufffd0m"
