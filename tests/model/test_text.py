import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.text import from_inert, inert


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", "=cmd|' /C calc'!A0"]
)
def test_what_a_spreadsheet_would_reckon_with_begins_with_a_quote(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Acme", "'quoted'", "a=b", "5%"])
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert inert(cell) == cell


@given(st.text())
def test_a_cell_survives_the_way_out_and_back(cell: str) -> None:
    assert from_inert(inert(cell)) == (cell[1:] if cell.startswith("'") and inert(cell[1:]) != cell[1:] else cell)
