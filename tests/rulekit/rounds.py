"""Rounds of a few villages and people, made from a case; whatever the case doesn't name is in order."""

from collections.abc import Iterable
from typing import Any

from matcher import constraints, scoring, screening
from matcher.codes import TEAM_ROLES
from matcher.plan import Post
from tests.outside.small import cadre, unit, village
from tests.rulekit.case_files import LISTS, Case, Data, several

#: Rules that can't be switched off.
FIXED = ("one_post", "decisions")


def every_other_rule_off(rule: str) -> list[Data]:
    """Rows of the rules table that leave ``rule`` alone in force."""
    ids = [item.id for item in (*screening.RULES, *constraints.RULES, *scoring.TERMS)]
    return [{"id": id_, "mode": "off"} for id_ in dict.fromkeys(ids) if id_ not in (rule, *FIXED)]


def document_of(case: Case, **override: Any) -> Data:
    """The round of a case as ``round/1`` data, the case's rule alone in force but for the case's own ``rules``.

    ``override`` is the mode and weight of the rule under test.
    """
    own = {row["id"]: row for row in case.data.get("rules") or []}
    under_test = {"id": case.rule, "params": case.data["params"], **override}
    rows = {row["id"]: row for row in [*every_other_rule_off(case.rule), *own.values(), under_test]}
    document = round_of(case.data)
    document["rules"] = list(rows.values())
    return document


def round_of(data: Data) -> Data:
    """A round without rules from the tables of a case."""
    people = {id_: _named(cadre(id_, **fields), "同志") for id_, fields in data["people"].items()}
    units: dict[str, Data] = {person["unit"]: {} for person in people.values()} | data["units"]
    document: Data = {"schema": "round/1", "id": "case", "as_of": "2025-06-01", **data["round"]}
    document["villages"] = [
        _named(village(id_, **({"residents": 2} | fields)), "村") for id_, fields in data["villages"].items()
    ]
    document["units"] = [_named(unit(id_, **fields), "局") for id_, fields in units.items()]
    document["cadres"] = list(people.values())
    for table in LISTS[:-1]:
        document[table] = list(data.get(table) or [])
    return document


def _named(record: Data, title: str) -> Data:
    """The record with a name that can't be taken for its id."""
    return record | {"name": f"{record['id']}{title}"}


def posts_of(case: Case) -> list[Post]:
    """The posts of a case: role to people by village, and ``captain`` by township."""
    return [
        post
        for place, roles in (case.data.get("posts") or {}).items()
        for role, names in roles.items()
        for post in _held(place, role, several(names))
    ]


def _held(place: str, role: str, names: Iterable[str]) -> Iterable[Post]:
    for name in names:
        if role in TEAM_ROLES:
            yield Post(cadre=name, role=role, village=place)
        else:
            county, _, township = place.rpartition("/")
            yield Post(cadre=name, role=role, county=county, township=township)
