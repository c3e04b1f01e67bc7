import re
from pathlib import Path

from bot.commands.grammar import FILTERS, KINDS
from bot.commands.registry import VERBS

PAGE = (Path(__file__).parent.parent / "docs/COMMANDS.md").read_text(encoding="utf-8")


def test_the_page_names_every_verb_and_no_other() -> None:
    table = PAGE.split("## Verbs")[1].split("## Kinds")[0]
    told = {word for row in re.findall(r"^\| `(.*?)` \|", table, re.MULTILINE) for word in [row.split()[0]]}
    assert told == set(VERBS)


def test_the_page_names_every_kind_and_filter() -> None:
    assert all(f"`{kind}`" in PAGE for kind in KINDS)
    inner = {"kind", "deliver"}  # other ways to say what the first line of the table says
    assert all(f"`{name}:" in PAGE for name in set(FILTERS) - inner)
