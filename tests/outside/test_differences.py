"""A plan document with right figures agrees; every single wrong figure is named."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from .__main__ import main
from .recount import differences
from .small import Row, post, stated
from .test_outside import FIRST, scored_round

POSTS = (post("a", "V", FIRST), post("c", "V"))  # b, the incumbent, is not kept: a penalty of 20


def wrong(path: str, value: Any) -> tuple[Row, Row]:
    """The round, and its plan with one figure changed; the path's steps are keys and places."""
    doc = scored_round()
    plan = stated(doc, *POSTS)
    *steps, last = path.split(".")
    at: Any = plan
    for step in steps:
        at = at[int(step)] if step.isdigit() else at[step]
    assert at[last] != value
    at[last] = value
    return doc, plan


def test_right_figures_agree() -> None:
    doc = scored_round()
    plan = stated(doc, *POSTS)
    assert differences(doc, plan) == []
    assert [row["penalty"] for row in plan["violations"]] == [30, 20]  # young_share, one short; keep_one
    assert differences(doc, plan | {"bound": plan["score"], "gap": 0, "proof": "optimal"}) == []
    assert differences(doc, plan | {"bound": None, "gap": None, "proof": "none"}) == []


WRONG: list[tuple[str, Any, str]] = [
    ("score", 1, "score"),
    ("terms.1.points", 1, "plan, term need_fit, points"),
    ("terms.2.weight", 3, "plan, term competence, weight"),
    ("terms.3.weighted", 9, "plan, term age_mix, weighted"),
    ("terms.11.id", "other", "plan, terms listed"),
    ("villages.0.points", 1, "village V, points"),
    ("villages.0.attainable", 9999, "village V, attainable"),
    ("villages.0.index", 0.5, "village V, index"),
    ("villages.0.terms.0.points", 1, "village V, term need_coverage, points"),
    ("villages.0.village", "W", "villages listed"),
    ("violations.0.amount", 2, "violations of young_share"),
    ("violations.1.penalty", 19, "violations of keep_one"),
    ("bundles.0.people", 2, "bundle"),
    ("bundles.1.kind", "lead", "bundle"),
    ("bound", 1, "bound"),
    ("gap", 0.001, "gap"),
    ("proof", "optimal", "proof"),
    ("posts.1.cadre", "nobody", "hard rule posts"),
    ("posts.1.role", "support", "hard rule team_structure"),
]


@pytest.mark.parametrize(("path", "value", "named"), WRONG)
def test_a_wrong_figure_is_named(path: str, value: Any, named: str) -> None:
    found = differences(*wrong(path, value))
    assert any(text.startswith(named) for text in found), found


def test_nothing_may_be_left_out() -> None:
    doc = scored_round()
    plan = stated(doc, *POSTS)
    for part in ("terms", "villages", "violations", "bundles"):
        assert differences(doc, plan | {part: plan[part][1:]}), part


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    doc = scored_round()
    plan = stated(doc, *POSTS)
    worse = deepcopy(plan) | {"score": 0}
    files = {"round": doc, "plan": plan, "worse": worse, "result": {"plans": [plan, worse]}}
    for name, document in files.items():
        (tmp_path / name).write_text(json.dumps(document), encoding="utf-8")

    def status(name: str) -> int:
        return main([str(tmp_path / "round"), str(tmp_path / name)])

    assert (status("plan"), status("worse"), status("result")) == (0, 1, 1)
    assert "plan 2: score: the plan says 0" in capsys.readouterr().out
    assert main([]) == 2
