"""``--set``, ``--lock`` and ``--baseline``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from matcher import Round, RuleBook
from matcher.cli.overrides import overridden
from matcher.problems import InvalidInput
from matcher.synth.stress import stress
from tests.cli.ran import read

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.rulebook import InForce
    from tests.cli.ran import Program


@pytest.fixture(scope="module")
def round_() -> Round:
    return Round.from_document(stress("twins").build())


def _rule(round_: Round, id_: str) -> InForce[Any]:
    book = RuleBook.of(round_.rules)
    items: list[InForce[Any]] = [*book.plan, *book.screening, *book.terms]
    return next(item for item in items if item.rule.id == id_)


def test_sets_of_every_kind(round_: Round) -> None:
    sets = [
        "young_share.min_share=0.25", "young_share.mode=hard", "need_fit.weight=2", "recusal.level=township",
        'team_structure.by_type={"weak_org": {"residents": 1}}', "强单位帮难村.weight=0", "team_units.mode=关",
    ]  # fmt: skip
    changed = overridden(round_, sets, None, None)
    young = _rule(changed, "young_share")
    assert (young.mode, str(young.params.min_share)) == ("hard", "0.25")
    assert _rule(changed, "need_fit").weight == 2
    assert _rule(changed, "recusal").params.level == "township"
    assert _rule(changed, "team_structure").params.by_type["weak_org"].residents == 1
    assert not _rule(changed, "strong_unit").on
    assert not _rule(changed, "team_units").on


def test_sets_are_merged_into_the_rounds_own_rules(round_: Round) -> None:
    own = round_.patched(
        rules=[
            {"id": "young_share", "params": {"min_posts": 3}, "source": "文件1号"},
            {"id": "spouses", "mode": "off"},
        ]
    )
    changed = overridden(own, ["young_share.min_posts=null", "young_share.min_share=0.3"], None, None)
    young = next(row for row in changed.rules if row.id == "young_share")
    assert (dict(young.params), young.source) == ({"min_share": 0.3}, "文件1号")
    assert next(row for row in changed.rules if row.id == "spouses").mode == "off"


def test_nothing_to_change_is_the_round_itself(round_: Round) -> None:
    assert overridden(round_, None, [], None) is round_


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("young_shar.mode=hard", "unknown_rule"),
        ("young_share.mode=xx", "not_one_of"),
        ("young_share.minimum=1", "unknown_param"),
        ("young_share.min_share=2", "bad_param"),
        ("unit_quota.mode=soft", "soft_without_weight"),
        ("one_post.mode=off", "mode_not_allowed"),
        ("need_fit.weight=-1", "too_small"),
        ("need_fit.weight=much", "not_a_whole_number"),
        ("age_limit.weight=1", "weight_not_allowed"),
    ],
)
def test_wrong_sets_have_the_option_as_their_place(round_: Round, text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        overridden(round_, ["need_fit.weight=2", text] if "need_fit" not in text else [text], None, None)
    problem = caught.value.problems[0]
    assert problem.code == code
    assert problem.location is not None
    assert problem.location.sheet == f"--set {text}"


@pytest.mark.parametrize("text", ["young_share", "young_share=1", "=1", ".mode=hard", "young_share.=1"])
def test_sets_that_are_none(run: Program, twins: Path, text: str) -> None:
    ran = run("solve", twins, "--set", text)
    assert (ran.status, f"--set：“{text}”不是“规则.参数=值”" in ran.err) == (2, True)


def test_problems_of_sets_are_shown(run: Program, twins: Path) -> None:
    ran = run("solve", twins, "--set", "young_share.min_share=2")
    assert (ran.status, "--set young_share.min_share=2" in ran.err) == (2, True)


def test_a_weight_without_effect_is_noted(run: Program, twins: Path) -> None:
    said = "规则“unit_quota”的方式不是“软”，权重3不起作用"
    assert said in run("solve", twins, "--set", "unit_quota.weight=3").err
    assert "不起作用" not in run("solve", twins, "--set", "team_units.weight=3").err


def test_locks_by_id_and_by_name(round_: Round) -> None:
    cadre, village = round_.cadres[0], round_.villages[1]
    for text, role in (
        (f"{cadre.id}={village.id}", None),
        (f"{cadre.id}={village.id}:resident", "resident"),
        (f"{cadre.name}={village.name}：第一书记", "first_secretary"),
    ):
        lock = overridden(round_, None, [text], None).decisions[-1]
        assert (lock.kind, lock.cadre, lock.village, lock.role) == ("lock", cadre.id, village.id, role)


def test_locks_of_captains(round_: Round) -> None:
    village = round_.villages[0]
    for place in (village.township, f"{village.county}/{village.township}"):
        lock = overridden(round_, None, [f"{round_.cadres[0].id}={place}:captain"], None).decisions[-1]
        assert (lock.village, lock.township, lock.role) == (None, village.township, "captain")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("C01", "不是“干部=村[:岗位]”"),
        ("C01=", "不是“干部=村[:岗位]”"),
        ("NOBODY={village}", "干部表中没有“NOBODY”"),
        ("{cadre}=NOWHERE", "村情表中没有“NOWHERE”"),
        ("{cadre}={village}:boss", "没有“boss”这种岗位"),
        ("{cadre}=NOWHERE:captain", "本轮没有“NOWHERE”这个乡镇"),
    ],
)
def test_locks_that_are_none(run: Program, twins: Path, text: str, said: str) -> None:
    document = read(twins)
    names = {"cadre": document["cadres"][0]["id"], "village": document["villages"][0]["id"]}
    ran = run("solve", twins, "--lock", text.format(**names))
    assert (ran.status, f"--lock：{said}" in ran.err or said in ran.err) == (2, True)


def test_names_that_several_have(round_: Round, run: Program, twins: Path) -> None:
    document = read(twins)
    for row in (*document["cadres"][:2], *document["villages"][:2]):
        row["name"] = "同名"
    twins.write_text(json.dumps(document), "utf-8")
    assert "有2名干部叫“同名”" in run("solve", twins, "--lock", "同名=x").err
    assert "有2个村叫“同名”" in run("solve", twins, "--lock", f"{round_.cadres[0].id}=同名").err


def test_baseline_from_a_result(run: Program, twins: Path, result_file: Path) -> None:
    out = twins.with_name("out.json")
    ran = run("solve", twins, "--baseline", result_file, "--json", out)
    assert ran.status == 0
    terms = {row["id"]: row["points"] for row in read(out)["plans"][0]["terms"]}
    assert terms["min_change"] == 0
    posts = [
        {(p["cadre"], p["village"]) for p in read(path)["plans"][0]["posts"]} for path in (out, result_file)
    ]
    assert posts[0] == posts[1]


def test_a_baseline_of_another_round(run: Program, tmp_path: Path, result_file: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps(stress("rare_names").build()), "utf-8")
    ran = run("solve", other, "--baseline", result_file)
    assert (ran.status, "--baseline result.json" in ran.err) == (2, True)


def test_a_baseline_that_is_none(run: Program, twins: Path) -> None:
    ran = run("solve", twins, "--baseline", twins)
    assert (ran.status, "不是方案文件" in ran.err) == (2, True)
    ran = run("solve", twins, "--baseline", twins.with_name("no.json"))
    assert (ran.status, "找不到文件“no.json”" in ran.err) == (2, True)
