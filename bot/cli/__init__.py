"""The command line: the only room that prints. Every command imports what it needs when it runs."""

import errno
import io
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import asking, checks, feeds, reading, running, talking, training
from bot.cli.loops import TERMINATED

if TYPE_CHECKING:
    from types import TracebackType

app = typer.Typer(
    name="dealbell",
    help="Reads news feeds and tells each deal and each leadership change once, with its sources.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (running, talking, reading, asking, checks, training):
    module.register(app)
app.add_typer(feeds.app, name="feeds")
app.add_typer(asking.export_app, name="export")
app.add_typer(asking.feedback_app, name="feedback")


def _version(wanted: bool) -> None:
    if wanted:
        from bot import __version__

        print(f"dealbell {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    del version


def _show_bug(kind: type[BaseException], error: BaseException | None, trace: "TracebackType | None") -> None:
    """Show a traceback as Python does, without the secrets that an error may quote."""
    import traceback

    from bot.masking import masked

    print(masked("".join(traceback.format_exception(kind, error, trace))), file=sys.stderr, end="")


def run_cli() -> int:
    """Run the command line and return the exit code."""
    from bot.errors import DealbellError
    from bot.masking import masked

    threading.excepthook = lambda args: _show_bug(args.exc_type, args.exc_value, args.exc_traceback)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that lacks a character still shows the rest
    # as Ctrl-C does: what we started and wrote for the moment is cleared away; loops have a way of their own
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(TERMINATED))
    try:
        app()
    except DealbellError as error:
        print(masked(f"dealbell: {error.problem}"), file=sys.stderr)
        if error.cure:
            print(masked(f"  {error.cure}"), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # whoever read our output has gone: say nothing more, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        print("dealbell: there is no room left on the disk that the output goes to.", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 1
    finally:
        sys.excepthook = _show_bug  # only now: typer puts its own there
    return 0
