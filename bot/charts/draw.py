"""Draw a chart as PNG. It has a ground of its own, so that it reads in light and in dark chats alike.

Colours after Okabe and Ito, "Color Universal Design" (2008), which people with any colour vision can tell apart;
hatches tell the groups apart without colour. Sizes are for a phone: 1,200 pixels wide, read at 360.
"""

import io
import textwrap
import unicodedata

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.model.chart import Chart, Shape
from bot.model.text import cut, one_line

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C8C8C")
HATCHES = ("", "//", "..", "xx", "\\\\", "++", "--")
GROUND, INK, FAINT = "#FBFAF7", "#1B1B1B", "#6A6A6A"
SIZE = (8.0, 5.6)
DPI = 150
FONT = 17
MOST_TICKS = 8
LABEL = 24
WIDEST = 46
"""Characters of a title in full size; a longer one is set smaller."""


def draw(chart: Chart) -> bytes:
    """Return the picture. The same chart gives the same bytes."""
    figure = Figure(figsize=SIZE, dpi=DPI, facecolor=GROUND)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.09, 0.17, 0.88, 0.62))
    {Shape.STACKS: _stacks, Shape.BARS: _bars, Shape.LINE: _line}[chart.shape](axes, chart)
    axes.set_facecolor(GROUND)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)
    title = _words(chart.title, 60)
    size = (FONT + 3) * min(1.0, WIDEST / max(len(title), 1))
    figure.text(0.03, 0.955, title, fontsize=size, weight="bold", color=INK, va="top")
    figure.text(0.03, 0.025, _words(chart.note, 100), fontsize=FONT - 4, color=FAINT)
    if len(chart.groups) > 1:
        handles, names = axes.get_legend_handles_labels()
        figure.legend(handles, names, loc="upper left", bbox_to_anchor=(0.02, 0.895), ncol=4, frameon=False,
                      fontsize=FONT - 3, handlelength=1.1, columnspacing=1.1, labelcolor=INK)  # fmt: skip
    out = io.BytesIO()
    figure.savefig(out, format="png", facecolor=GROUND, metadata={"Software": "Dealbell"})
    return out.getvalue()


def _words(text: str, limit: int) -> str:
    """What the font can draw, on one line; a dollar sign begins no formula."""
    plain = "".join(char if _drawable(char) else "□" for char in one_line(text))
    return cut(plain, limit).replace("$", r"\$")


def _wrapped(text: str) -> list[str]:
    lines = textwrap.wrap(one_line(text), 20)
    return [_words(part, 20) for part in lines[:2]] + ([_words(" ".join(lines[2:]), 20)] if lines[2:] else [])


def _drawable(char: str) -> bool:
    return ord(char) < 0x2500 and unicodedata.category(char) not in {"Cf", "Co", "Cn"}


def _number(value: float) -> str:
    if value >= 1e3:
        for letter, scale in (("T", 1e12), ("B", 1e9), ("M", 1e6), ("k", 1e3)):
            if value >= scale:
                return f"{value / scale:.3g}{letter}"
    return f"{value:g}"


def _stacks(axes: Axes, chart: Chart) -> None:
    places = range(len(chart.labels))
    below = [0.0] * len(chart.labels)
    for number, group in enumerate(chart.groups):
        axes.bar(
            places, group.values, bottom=below, width=0.72, label=_words(group.name, 20), linewidth=0.6,
            color=COLOURS[number % len(COLOURS)], hatch=HATCHES[number % len(HATCHES)], edgecolor=GROUND,
        )  # fmt: skip
        below = [low + value for low, value in zip(below, group.values, strict=True)]
    for place, total in enumerate(chart.totals):
        if total and len(chart.labels) <= 2 * MOST_TICKS:
            axes.annotate(_number(total), (place, total), xytext=(0, 4), textcoords="offset points", ha="center",
                          fontsize=FONT - 3, color=INK)  # fmt: skip
    step = -(-len(chart.labels) // MOST_TICKS)
    shown = [place for place in places if place % step == 0]
    axes.set_xticks(shown, [_words(chart.labels[place], 12) for place in shown], fontsize=FONT - 3, color=INK)
    axes.set_yticks([])
    axes.set_ylim(0, max([*chart.totals, 1]) * 1.14)
    axes.tick_params(length=0)


def _bars(axes: Axes, chart: Chart) -> None:
    values = chart.totals
    places = range(len(values))
    axes.barh(places, values, height=0.66, color=COLOURS[0])
    top = max([*values, 1])
    for place, value in enumerate(values):
        told = chart.marks[place] if chart.marks else _number(value)
        axes.annotate(_words(told, 30), (value, place), xytext=(6, 0), textcoords="offset points", va="center",
                      fontsize=FONT - 2, color=INK)  # fmt: skip
    axes.set_yticks(places, [_words(label, LABEL) for label in chart.labels], fontsize=FONT - 2, color=INK)
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.set_xlim(0, top * (1.5 if chart.marks else 1.15))
    axes.tick_params(length=0)
    left = 0.04 + _widest_label(axes)
    axes.set_position((left, 0.12, 0.96 - left, 0.72))


def _widest_label(axes: Axes) -> float:
    """Return the width of the labels of the bars, as a part of the picture's."""
    figure = axes.get_figure()
    widths = [label.get_window_extent().width for label in axes.get_yticklabels()]
    return max(widths, default=0.0) / (figure.bbox.width if figure else 1.0)


def _line(axes: Axes, chart: Chart) -> None:
    count = len(chart.labels)
    axes.plot(range(count), [0.0] * count, color=FAINT, linewidth=2, zorder=1)
    for number, group in enumerate(chart.groups):
        here = [place for place, value in enumerate(group.values) if value]
        axes.scatter(here, [0.0] * len(here), s=260, marker=("o", "s", "D", "^")[number % 4], zorder=2,
                     color=COLOURS[number % len(COLOURS)], label=_words(group.name, 20))  # fmt: skip
    for place, label in enumerate(chart.labels):
        up = place % 2 == 0
        told = chart.marks[place] if chart.marks else ""
        away = (26 + 46 * (place // 2 % 2)) * (1 if up else -1)
        axes.annotate(
            "\n".join((_words(label, 14), *_wrapped(told))), (place, 0), xytext=(0, away),
            textcoords="offset points", ha="center", va="bottom" if up else "top", fontsize=FONT - 5, color=INK,
            arrowprops={"arrowstyle": "-", "color": FAINT, "linewidth": 0.8},
        )  # fmt: skip
    axes.set_xlim(-0.95, count - 0.05)
    axes.set_ylim(-1, 1)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
