"""Logging: one short event and its fields, to standard error. Nothing secret is ever a field."""

import io
import logging
import sys
from contextlib import suppress
from typing import TextIO, cast

import structlog

from bot.masking import masked
from bot.model.text import clean_lines, one_line


class SafeStream(io.TextIOBase):
    """Where log lines go: no escape sequence and no secret comes through, and nothing that fails raises.

    A disk that is full, or a reader that is gone, must not stop the bot. Secrets are no fields, but a library's error
    may quote one, or a platform's answer echo it.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, or do nothing."""
        with suppress(OSError, ValueError):
            self._stream.write(masked(clean_lines(text)))
        return len(text)

    def flush(self) -> None:
        """Flush, or do nothing."""
        with suppress(OSError, ValueError):
            self._stream.flush()


def configure(*, level: str = "info", style: str = "text") -> None:
    """Set up structlog for the whole program: "text" for people, "json" for machines."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(
            colors=False,
            exception_formatter=structlog.dev.plain_traceback,  # the default shows local variables, secrets among them
        )
    )
    stream = cast("TextIO", SafeStream(sys.stderr))  # write and flush are all that is asked of it
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info if style == "json" else _on_one_line,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(stream),
    )
    logging.basicConfig(level=logging.WARNING, stream=stream, format="%(name)s: %(message)s", force=True)
    logging.raiseExceptions = False
    # it warns each second that a job still runs, and shows a traceback of one that a shutdown ends, as it should
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)


def _on_one_line(logger: object, name: str, fields: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Let no field begin a line of its own: it could pass for another event."""
    del logger, name
    return {key: one_line(value) if isinstance(value, str) else value for key, value in fields.items()}
