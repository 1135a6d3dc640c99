"""What the columns of all tables are made of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from api.storage.canonical import canonical_json

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Constraints are named by rule, so that a migration can name them on either database.
metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class Json(sa.types.TypeDecorator[Any]):
    """JSON data, kept as its canonical text: the same bytes on both databases."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        """Return the text that is kept."""
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Any:  # noqa: ARG002
        """Return the data."""
        return None if value is None else json.loads(value)


def text(name: str, *more: sa.ForeignKey, key: bool = False, null: bool = False) -> sa.Column[Any]:
    """Return a column of text: an identifier, a digest, a code, a name."""
    return sa.Column(name, sa.Text, *more, primary_key=key, nullable=null)


def whole(name: str, *, key: bool = False, null: bool = False, default: int | None = None) -> sa.Column[Any]:
    """Return a column of whole numbers of 64 bits."""
    default_text = None if default is None else sa.text(str(default))
    return sa.Column(
        name, sa.BigInteger, primary_key=key, nullable=null, autoincrement=False, server_default=default_text
    )


def moment(name: str, *, null: bool = False) -> sa.Column[Any]:
    """Return a column of times, in milliseconds since 1970 UTC."""
    return whole(name, null=null)


def json_data(name: str, *, null: bool = False) -> sa.Column[Any]:
    """Return a column of JSON data."""
    return sa.Column(name, Json, nullable=null)


def one_of(column: str, values: Iterable[str]) -> sa.CheckConstraint:
    """Return the constraint that ``column`` is one of ``values`` (or NULL, where it may be)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


def at_least(column: str, least: int) -> sa.CheckConstraint:
    """Return the constraint that ``column`` is not below ``least``."""
    return sa.CheckConstraint(f"{column} >= {least}", name=column)


def own_reference(columns: list[str], targets: list[str]) -> sa.ForeignKeyConstraint:
    """Return a reference of a table to itself; a restore may put its check off to its end, whatever the order."""
    return sa.ForeignKeyConstraint(columns, targets, deferrable=True, initially="IMMEDIATE")
