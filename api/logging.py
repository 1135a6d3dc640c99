"""Logs of the service's processes: one JSON object a line on the standard error, never with personal data."""

from __future__ import annotations

import sys

import structlog


def log_as_json() -> None:
    """Let every log line of this process be a JSON object with its time in UTC."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
