"""Structured logs on standard error: readable lines, or JSON for machines."""

import logging
import sys

import structlog

from daybeat.bootstrap.settings import Settings


def set_up_logs(settings: Settings) -> None:
    """Write what is worth reading, with a time and a level."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    renderer = (
        structlog.processors.JSONRenderer()
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    for name in ("aio_pika", "aiormq"):  # a broker that is away is told of once, by whoever needs it
        logging.getLogger(name).setLevel(logging.CRITICAL)
    logging.getLogger("psycopg").setLevel(logging.ERROR)  # a receipt that is there already is no trouble
