"""`chat`: every command at a console, with channels and people, from a terminal or from a pipe."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from bot.commands.front import Front, Place
    from bot.model.request import Reply

HELP = """/as NAME speaks as somebody, /in CHANNEL goes to a channel, /of WORKSPACE to a workspace,
/guest and /admin change what you may do, /file PATH hands a file to the next command, /1 presses the
first button of the last answer, /quit ends."""


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(chat)


def chat(
    channel: Annotated[str, typer.Option(help="The channel to begin in.")] = "console",
    user: Annotated[str, typer.Option(help="Who you are.")] = "you",
) -> None:
    """Talk to the bot at the console: the same commands as in Slack and Discord. Reads from a pipe too."""
    from rich.console import Console

    from bot import logs

    logs.configure(level="error")
    console = Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else 120)
    with _front() as front:
        talk = Talk(front, console, channel=channel, user=user)
        if sys.stdin.isatty():
            console.print(f"Type help, or a command; the tab key completes. {HELP}")
            _edit_lines(talk)
        for text in _lines(talk):
            if not talk.hear(text):
                return


def _front() -> "Front":
    import asyncio
    from contextlib import closing
    from datetime import timedelta

    from bot.app import fetcher_for, picture, workers_for
    from bot.clock import utc_now
    from bot.commands.front import Front
    from bot.commands.verb import Services
    from bot.extraction import extract
    from bot.feeds.opml import read_opml, write_opml
    from bot.feeds.urls import canonical_url, mask_url
    from bot.mending import merge_stories, split_story
    from bot.model.feed import FeedSpec
    from bot.prospecting import discover, test_feed
    from bot.rates import to_usd
    from bot.settings import load
    from bot.store import Store

    settings = load()

    async def found(address: str) -> tuple[FeedSpec, ...]:
        async with fetcher_for(settings) as fetcher:
            with closing(workers_for(settings)) as workers:
                return await discover(fetcher, workers, address)

    async def tested(address: str) -> str:
        async with fetcher_for(settings) as fetcher:
            with closing(workers_for(settings)) as workers:
                return (await test_feed(fetcher, workers, address))[1]

    services = Services(
        discover=lambda address: asyncio.run(found(address)),
        test_feed=lambda address: asyncio.run(tested(address)),
        read_opml=read_opml,
        write_opml=write_opml,
        read_text=lambda title, text: extract(title, text).events,
        canonical=lambda url: canonical_url(url) or url,
        mask=mask_url,
        to_usd=to_usd,
        chart=picture,
        merge=merge_stories,
        split=split_story,
        max_age=timedelta(hours=settings.max_age_hours),
        min_confidence=settings.min_confidence,
    )
    return Front(Store(settings.database), services, clock=utc_now)


class Talk:
    """Who speaks, where, and what they may do."""

    def __init__(self, front: "Front", console: "Console", *, channel: str, user: str) -> None:
        self._front = front
        self._console = console
        self._channel = channel
        self._user = user
        self._workspace = "local"
        self._may = True
        self._admin = True
        self._file: str | None = None
        self._buttons: tuple[str, ...] = ()

    @property
    def prompt(self) -> str:
        """What stands before the cursor."""
        return f"{self._user} in {self._channel}> "

    def hear(self, text: str) -> bool:
        """Answer one line; return False where the talk ends."""
        words = text.strip().split(maxsplit=1)
        match words:
            case ["/quit" | "/exit" | "/q", *_]:
                return False
            case ["/as", name]:
                self._user = name.strip()
            case ["/in", name]:
                self._channel = name.strip().lstrip("#")
            case ["/of", name]:
                self._workspace = name.strip()
            case ["/guest", *_]:
                self._may = self._admin = False
            case ["/admin", *_]:
                self._may = self._admin = True
            case ["/file", name]:
                self._take(Path(name.strip()))
            case [press] if press[:1] == "/" and press[1:].isdecimal():
                self._press(int(press[1:4]))
            case [command, *_] if command.startswith("/") and command != "/deals":
                self._console.print(HELP)
            case ["/deals"]:
                self._answer("")
            case ["/deals", rest]:
                self._answer(rest)
            case _:
                self._answer(text)
        return True

    def _press(self, number: int) -> None:
        if 1 <= number <= len(self._buttons):
            command = self._buttons[number - 1]
            self._console.print(f"{self.prompt}{command}")
            self._answer(command)
        else:
            self._console.print("The last answer has no such button.")

    def _take(self, path: Path) -> None:
        try:
            self._file = path.read_text(encoding="utf-8-sig", errors="replace")
        except OSError as error:
            self._console.print(f"{path} can't be read: {error.strerror}.")

    def _answer(self, text: str) -> None:
        from bot.chat.console.render import render_reply

        reply = self._ask(text)
        self._buttons = tuple(button.command for button in reply.buttons)
        self._console.print(render_reply(reply))
        if reply.file:
            self._save(reply)

    @property
    def _place(self) -> "Place":
        from bot.commands.front import Place
        from bot.model.enums import Platform

        return Place(
            platform=Platform.CONSOLE, workspace=self._workspace, channel=self._channel, channel_name=self._channel
        )

    def _ask(self, text: str) -> "Reply":
        from bot.commands.front import Asked

        attachment, self._file = self._file, None
        return self._front.answer_now(
            Asked(
                text=text, place=self._place, user=self._user, user_name=self._user, may_configure=self._may,
                is_admin=self._admin, attachment=attachment,
            )
        )  # fmt: skip

    def _save(self, reply: "Reply") -> None:
        assert reply.file is not None  # noqa: S101  narrows the type
        path = Path.cwd() / reply.file.name
        try:
            path.write_bytes(reply.file.content)
        except OSError as error:
            self._console.print(f"{path} can't be written: {error.strerror}.")
        else:
            self._console.print(f"Saved: {path}")

    def completions(self, text: str) -> tuple[str, ...]:
        """Return what the last word of a line may become."""
        from bot.cli.completing import candidates

        return candidates(text, lambda what, begin: self._front.complete_now(self._place, what, begin))


def _edit_lines(talk: Talk) -> None:
    """Turn on line editing, history and completion where this Python has them."""
    try:
        import readline
    except ImportError:
        return

    found: tuple[str, ...] = ()

    def complete(begin: str, number: int) -> str | None:
        del begin  # the whole line counts
        nonlocal found
        if number == 0:
            found = talk.completions(readline.get_line_buffer()[: readline.get_endidx()])
        if number >= len(found):
            return None
        return found[number] if found[number].endswith(":") else found[number] + " "

    readline.set_completer(complete)
    readline.set_completer_delims(" ")
    libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")


def _lines(talk: Talk) -> "Iterator[str]":
    if not sys.stdin.isatty():
        for text in sys.stdin:
            if text.strip() and not text.lstrip().startswith("#"):
                print(f"{talk.prompt}{text.rstrip()}", flush=True)
                yield text
        return
    while True:
        try:
            yield input(talk.prompt)
        except EOFError:
            print()
            return
        except KeyboardInterrupt:  # at the prompt it lets the line go, as in a shell
            print()
