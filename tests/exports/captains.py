"""A small round of two counties with general captains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.synth.stress import stress

if TYPE_CHECKING:
    from tests.outside.small import Row


def document_with_captains() -> Row:
    """Return a round of a few villages in which every township has a captain."""
    document = stress("rare_names").build()
    counties = {village["township"]: f"县{i}" for i, village in enumerate(document["villages"])}
    for village in document["villages"]:
        village["county"] = counties[village["township"]]
    for unit in document["units"]:
        unit.update(level="prefecture", township="")
    for cadre in document["cadres"]:
        cadre.pop("native_township", None)
        cadre.update(rank="section_chief", political_status="中共党员", party_joined="2000-01-01")
    document["decisions"] = []
    extra = [
        {**document["cadres"][i], "id": f"X{i}", "name": f"总队长{i}", "spouse": None, "native_village": None}
        for i in range(4)
    ]
    for unit in document["units"]:
        unit.pop("quota", None)
    document["cadres"] += extra
    document["rules"] = [{"id": "township_captain", "mode": "hard"}]
    return document
