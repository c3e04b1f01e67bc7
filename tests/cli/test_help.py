"""What `--help` says, for every command."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from bot.cli import app


def commands(group: TyperGroup, *above: str) -> Iterator[tuple[str, TyperCommand]]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, *above, name)
        else:
            assert isinstance(command, TyperCommand)
            yield " ".join((*above, name)), command


def all_commands() -> list[tuple[str, TyperCommand]]:
    root = get_command(app)
    assert isinstance(root, TyperGroup)
    return list(commands(root))


@pytest.mark.parametrize(("name", "command"), all_commands(), ids=[name for name, _ in all_commands()])
def test_every_command_and_option_says_what_it_is_for(name: str, command: TyperCommand) -> None:
    texts = [command.help, *(getattr(each, "help", None) for each in command.params)]
    for text in texts:
        assert text, f"{name} leaves something unsaid"
        assert "[" not in text, "brackets are taken for markup and vanish"


def test_the_readme_lists_every_command() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for name, _ in all_commands():
        last = name.split()[-1]
        assert f"`dealbell {name}" in readme or f"· `{last}" in readme, name
