import struct

import pytest

from bot.charts.draw import draw
from bot.model.chart import Chart, Group, Shape

HOSTILE = (
    "$x^2_{}$ \\frac{1}{2}", "שלום \u202e evil", "🚀🚀 rocket", "x" * 300, "a\nb\x1b[31m\0", "", "北京", "<b>&amp;</b>",
)  # fmt: skip


def chart(shape: Shape, *, labels: tuple[str, ...] = ("A", "B", "C"), groups: int = 2, **more: object) -> Chart:
    values = tuple(
        Group(name=f"Group {n}", values=tuple(float(n + i) for i in range(len(labels)))) for n in range(groups)
    )
    given: dict[str, object] = {"title": "The finding", "note": "Dealbell · 9 stories", **more}
    return Chart(shape=shape, labels=labels, groups=values, **given)  # type: ignore[arg-type]


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", picture[16:24])  # type: ignore[return-value]


@pytest.mark.parametrize("shape", Shape)
def test_a_chart_is_a_picture_of_one_size_and_the_same_each_time(shape: Shape) -> None:
    picture = draw(chart(shape))
    assert size(picture) == (1200, 840)
    assert draw(chart(shape)) == picture
    assert len(picture) < 200_000


@pytest.mark.parametrize("shape", Shape)
def test_other_numbers_make_another_picture(shape: Shape) -> None:
    assert draw(chart(shape, groups=2)) != draw(chart(shape, groups=3))


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.filterwarnings("ignore:Glyph")
def test_no_name_breaks_the_drawing(shape: Shape) -> None:
    assert size(draw(chart(shape, labels=HOSTILE, marks=HOSTILE, title=HOSTILE[0], note=HOSTILE[1])))


@pytest.mark.parametrize("shape", Shape)
def test_one_label_and_nothing_but_noughts_are_drawn_too(shape: Shape) -> None:
    assert size(draw(Chart(shape=shape, title="t", labels=("A",), groups=(Group(name="g", values=(0.0,)),), note="n")))
    assert size(draw(chart(shape, labels=tuple(f"week {n}" for n in range(60)), groups=7)))
