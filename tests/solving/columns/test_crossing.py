"""Counties that share people, units and quotas: team columns find what one model of all of them finds."""

from collections import Counter

import pytest

from matcher.check import check
from tests.properties.judged import instance_of, optimum, result_of, round_of

from .crossing import crossing_rounds
from .solved import alone, columns_of

ROUNDS = 100


@pytest.mark.parametrize("start", range(0, ROUNDS, 25))
def test_plan_and_bound_agree_with_the_one_model(start: int) -> None:
    for doc in crossing_rounds(ROUNDS)[start : start + 25]:
        best = optimum(doc)
        mine, other = columns_of(doc), result_of(doc)
        assert mine.best is not None
        assert other.best is not None
        assert (mine.best.score, mine.bound, mine.status) == (best, best, "optimal")
        assert (other.best.score, other.bound) == (best, best)
        assert check(round_of(doc), mine.best, attainable=True, bound=True).ok


def test_columns_alone_settle_most_of_them() -> None:
    ended = Counter[str]()
    for doc in crossing_rounds(ROUNDS):
        method, best = alone(instance_of(doc)), optimum(doc)
        incumbent = method.incumbent
        assert best is not None
        assert incumbent.bound is not None
        assert incumbent.bound >= best
        assert incumbent.score is None or incumbent.score <= best
        ended["found"] += incumbent.score == best
        ended["proven"] += incumbent.bound == best
    assert ended["found"] > 0.9 * ROUNDS, ended
    assert ended["proven"] > 0.8 * ROUNDS, ended


def test_what_crosses_counties_is_of_every_kind() -> None:
    """People and quotas used in two counties, units that lead in two, and shares over all of them."""
    kinds = Counter[str]()
    for doc in crossing_rounds(ROUNDS):
        plan = result_of(doc).best
        assert plan is not None
        county = {row["id"]: row["county"] for row in doc["villages"]}
        unit = {row["id"]: row["unit"] for row in doc["cadres"]}
        places = {(unit[post.cadre], county[post.village or ""]) for post in plan.posts}
        leads = {
            (unit[post.cadre], county[post.village or ""])
            for post in plan.posts
            if post.role == "first_secretary"
        }
        kinds["units in two counties"] += max(Counter(name for name, _ in places).values()) > 1
        kinds["units leading in two"] += max(Counter(name for name, _ in leads).values()) > 1
        kinds["couples apart"] += any(row.get("spouse") for row in doc["cadres"])
        kinds["shares"] += any(row["params"] and row["mode"] != "off" for row in doc["rules"])
        kinds["three counties"] += len(set(county.values())) == 3
        kinds["at a penalty"] += bool(plan.violations)
    assert min(kinds.values()) >= 10, kinds
