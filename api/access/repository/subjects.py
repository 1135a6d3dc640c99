"""What a path names: of which round it is, and whether that is outside of a scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from api.storage.schema import plans, publications, round_counties, rounds, runs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.access.scopes import Scope

#: By the names that paths have for them: the column of the identifier, and that of the round.
_ROUND_OF: Final[Mapping[str, tuple[sa.Column[Any], sa.Column[Any]]]] = {
    "round_id": (rounds.c.id, rounds.c.id),
    "run_id": (runs.c.id, runs.c.round_id),
    "plan_id": (plans.c.id, plans.c.round_id),
    "other_id": (plans.c.id, plans.c.round_id),
    "publication_id": (publications.c.id, publications.c.round_id),
}


def outside(
    connection: sa.Connection, scope: Scope, named: Mapping[str, Any]
) -> tuple[str, list[str]] | None:
    """Return the first that is there but outside of the scope, and its counties; None where there is none.

    Parameters
    ----------
    named
        What the path names.
    """
    for name, value in named.items():
        if name not in _ROUND_OF:
            continue
        identifier, round_id = _ROUND_OF[name]
        found = connection.execute(sa.select(round_id).where(identifier == value)).scalar_one_or_none()
        query = sa.select(round_counties.c.county).where(round_counties.c.round_id == found)
        counties = list(connection.scalars(query.order_by(round_counties.c.county)))
        if found is not None and not scope.reaches(counties):
            return str(value), counties
    return None
