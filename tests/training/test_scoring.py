"""`evaluate` counts as the guideline says."""

from typing import Any

import pytest

from bot.model.contract import event_from_dict
from bot.training.scoring import lines, score

DEAL: dict[str, Any] = {"kind": "funding", "status": "completed", "target": "Quillmark", "buyers": ["Oakline"],
                        "amount": {"value": 40_000_000, "currency": "USD"}}  # fmt: skip
HIRE: dict[str, Any] = {"kind": "leadership", "status": "announced", "person": "Ana Brandt", "role": "CFO",
                        "company": "Tarnwick", "change": "joins"}  # fmt: skip


def test_what_is_read_right_is_an_exact_alert() -> None:
    report = score(
        [([DEAL, HIRE], [event_from_dict(DEAL), event_from_dict(HIRE | {"role": "Chief Financial Officer"})])]
    )
    assert report.detection().f1() == 1
    assert report.all_slots().f1() == 1
    assert report.exact.f1() == 1


def test_a_wrong_amount_costs_the_exact_alert_and_its_slot_only() -> None:
    wrong = DEAL | {"amount": {"value": 41_000_000, "currency": "USD"}}
    report = score([([DEAL], [event_from_dict(wrong)])])
    assert report.detection().f1() == 1
    assert report.exact.f1() == 0
    assert (report.slots["amount"].missed, report.slots["amount"].extra) == (1, 1)
    assert report.slots["target"].hit == 1


def test_any_of_several_gold_sums_is_right() -> None:
    gold = DEAL | {"amount": [{"value": 37_000_000, "currency": "EUR"}, DEAL["amount"]]}
    assert score([([gold], [event_from_dict(DEAL)])]).exact.f1() == 1


def test_missed_spurious_and_stale_events_are_told_apart() -> None:
    old = DEAL | {"background": True}
    report = score([([HIRE], []), ([old], [event_from_dict(DEAL)]), ([], [])])
    assert report.families["leadership"].missed == 1
    assert report.families["investment"].extra == 1
    assert (report.stale, report.silent, report.false_alerts) == (1, 2, 1)


def test_optional_events_count_neither_way() -> None:
    maybe = HIRE | {"optional": True}
    assert score([([maybe], [event_from_dict(HIRE)])]).detection().extra == 0
    assert score([([maybe], [])]).detection().missed == 0


def test_the_calibration_error_is_the_gap_between_confidence_and_truth() -> None:
    sure = event_from_dict(DEAL | {"confidence": 0.8})
    assert score([([DEAL], [sure]), ([], [sure])]).calibration_error() == pytest.approx(0.3)


def test_the_report_reads_line_by_line() -> None:
    told = list(lines(score([([DEAL], [event_from_dict(DEAL)])])))
    assert told[0] == "1 documents, 0 of them silent"
    assert any(line.startswith("detection") and "F1 1.000" in line for line in told)
