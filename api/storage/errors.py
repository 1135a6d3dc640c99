"""Errors of the databases, without the data: a failing row is somebody's, and errors are logged."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa


def prepare(engine: sa.Engine) -> None:
    """Let no error of ``engine`` tell what was in a row (its statement's values are hidden by the engine)."""
    sa.event.listen(engine, "handle_error", _without_data)


def short(error: BaseException) -> str:
    """Return an error's message in one line, without the data of a row."""
    reason = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    return " ".join(str(reason).split())


def _without_data(context: sa.ExceptionContext) -> None:
    """Leave the server's first line only: PostgreSQL puts the failing row into its DETAIL."""
    original: Any = context.original_exception
    first = getattr(getattr(original, "diag", None), "message_primary", None)
    if first is None:
        return
    long = str(original)
    original.args = (first,)
    if context.sqlalchemy_exception is not None:
        kept = [str(part).replace(long, first) for part in context.sqlalchemy_exception.args]
        context.sqlalchemy_exception.args = tuple(kept)
