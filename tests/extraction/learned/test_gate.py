"""The gate's buckets: what is told counts once, and a sentence by the names that it shares with the title."""

import numpy as np

from bot.extraction.learned.gate import BUCKETS, Gate, Linear, item_buckets, sentence_buckets
from bot.extraction.learned.loader import load


def test_a_word_that_is_said_twice_counts_once() -> None:
    assert sorted(item_buckets("", "zeta zeta zeta")) != sorted(item_buckets("", "zeta"))  # the pair "zeta zeta"
    assert sorted(item_buckets("", "zeta zeta zeta")) == sorted(item_buckets("", "zeta zeta"))


def test_a_sentence_about_the_names_of_the_title_differs_from_one_about_others() -> None:
    told = "Acme said so."
    assert set(sentence_buckets(told, "Acme buys Zeta")) != set(sentence_buckets(told, "Rates rise"))


def test_the_thresholds_are_the_gate_s_own() -> None:
    nothing = np.zeros(BUCKETS + 1, dtype=np.float32)
    gate = Gate(items=Linear(weights=nothing, threshold=0.0), sentences=Linear(weights=nothing, threshold=0.1))
    assert gate.passes("Acme buys Zeta", "")
    assert not gate.tells("Acme bought Zeta.", "Acme buys Zeta")


def test_the_shipped_gate_reads_a_sentence_of_the_deal_and_drops_the_outlook() -> None:
    gate, title = load().gate, "Larkspur Robotics raises $40 million led by Northgate Capital"
    assert gate.tells("Northgate Capital led the Series B round, joined by Tern Ventures and Ada Quill.", title)
    assert not gate.tells("Shares in the sector rose on Monday as investors weighed higher oil prices.", title)
