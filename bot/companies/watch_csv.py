"""Watch lists as CSV: name, aliases, tickers, domains; several values of a cell parted by ; or |."""

import csv
import io
import re

from bot.companies.names import parse_name
from bot.errors import InputError
from bot.model.text import from_inert, inert
from bot.model.watch import Watched

COLUMNS = ("name", "aliases", "tickers", "domains")
MOST_ROWS = 10_000
LONGEST = 120
MOST_VALUES = 20
_OTHER = {"company": "name", "alias": "aliases", "aka": "aliases", "ticker": "tickers", "symbol": "tickers",
          "domain": "domains", "website": "domains"}  # fmt: skip


def read_watch_csv(text: str) -> tuple[tuple[Watched, ...], tuple[str, ...]]:
    """Return the companies and what is wrong with the lines that were left out. Raises InputError for no table at all.

    Without a heading the first column holds the names. A byte order mark, semicolons between columns and quoted commas
    are understood.
    """
    lines = text.removeprefix("\ufeff").replace("\0", "").splitlines()
    filled = [line for line in lines if line.strip()]
    if not filled:
        raise InputError("The file is empty.", cure="It needs a line for each company: name,aliases,tickers,domains.")
    mark = max(",;\t", key=filled[0].count)
    try:
        rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=mark))
    except csv.Error as error:
        raise InputError(f"The file is no CSV that can be read ({error}).", cure="Save it as CSV, UTF-8.") from error
    heading = [_OTHER.get(cell.strip().casefold(), cell.strip().casefold()) for cell in rows[0]]
    named = "name" in heading
    columns = heading if named else list(COLUMNS)
    found: dict[str, Watched] = {}
    problems: list[str] = []
    for number, row in enumerate(rows[named:], 1 + named):
        if not any(cell.strip() for cell in row):
            continue
        if len(found) >= MOST_ROWS:
            problems.append(f"line {number}: more than {MOST_ROWS:,} companies; the rest was left out")
            break
        cells = dict(zip(columns, row, strict=False))
        if wrong := _wrong(cells):
            problems.append(f"line {number}: {wrong}")
            continue
        each = _company(cells)
        found[each.name.casefold()] = each
    return tuple(found.values()), tuple(problems)


def _wrong(cells: dict[str, str]) -> str | None:
    name = _bare(cells.get("name", ""))
    if not parse_name(name).words:
        return "there is no name"
    values = [name, *(value for column in COLUMNS[1:] for value in _several(cells.get(column, "")))]
    if any(len(value) > LONGEST for value in values):
        return f"a name has more than {LONGEST} characters"
    return None


def _company(cells: dict[str, str]) -> Watched:
    return Watched(
        name=_bare(cells["name"]),
        aliases=_several(cells.get("aliases", "")),
        tickers=tuple(value.upper().lstrip("$") for value in _several(cells.get("tickers", ""))),
        domains=tuple(host_of(value) for value in _several(cells.get("domains", ""))),
    )


def host_of(value: str) -> str:
    """Return the domain of an address or of a domain: "https://www.Scale.com/x" -> "scale.com"."""
    bare = re.sub(r"^https?://", "", value.lower())
    return bare.removeprefix("www.").partition("/")[0]


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for part in re.split(r"[;|]", cell) if (value := _bare(part))))[:MOST_VALUES]


def _bare(cell: str) -> str:
    """Take away white space, and the quote that keeps a spreadsheet from reckoning with the cell."""
    return from_inert(" ".join(cell.split()))


def write_watch_csv(companies: tuple[Watched, ...]) -> str:
    """Return the companies as CSV with a heading; no cell is a formula to a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in companies:
        cells = (each.name, "; ".join(each.aliases), "; ".join(each.tickers), "; ".join(each.domains))
        writer.writerow(map(inert, cells))
    return out.getvalue()
