"""The log: one JSON object a line on standard error, without anything that was sent or stored."""

from __future__ import annotations

import io
import logging
import sys
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO, cast

import structlog

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor, WrappedLogger


def set_up(level: str) -> None:
    """Let everything be logged as JSON, the libraries' own lines too."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_messages,
    ]
    render = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*shared, render],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(cast("TextIO", _Lenient(sys.stderr))),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(_Lenient(sys.stderr))
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # What each migration does is of no use to whoever runs the service.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # A webhook's whole address is nobody's business; what came of each attempt is logged without it.
    for library in ("httpx", "httpcore"):
        logging.getLogger(library).setLevel(logging.WARNING)


class _Lenient(io.TextIOBase):
    """A file that is written to as far as it can be: a full disk costs lines of the log, and not the service."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> int:
        """Write a text, or lose it."""
        with suppress(OSError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        """Let what was written be seen, or lose it."""
        with suppress(OSError):
            self._file.flush()


def where(error: BaseException) -> dict[str, Any]:
    """Return of what type an error is and where it arose; its message may hold data, and is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": type(error).__name__,
        "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    }


def _without_messages(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Put where an error arose in the place of its traceback, which quotes its message."""
    info = event.pop("exc_info", None)
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event.update(where(error))
    return event
