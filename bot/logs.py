"""Logging: one short event and its fields, to standard error. Nothing secret is ever a field."""

import logging
import sys

import structlog


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
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info if style == "json" else _as_is,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s: %(message)s")
    # it warns each second that a job still runs, and shows a traceback of one that a shutdown ends, as it should
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)


def _as_is(logger: object, name: str, fields: structlog.typing.EventDict) -> structlog.typing.EventDict:
    del logger, name
    return fields
