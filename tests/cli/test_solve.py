"""``matcher solve``: its words, its files, and an exit status for every outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from matcher import Plan, Result, check, solving
from matcher.cli.desk import Desk
from matcher.cli.views import forecast
from matcher.cli.views.infeasible import show_conflict
from matcher.exports import Names
from matcher.result import Conflict
from matcher.solving import Aborted, CountyFailed, Forecast
from matcher.solving.counties.requests import Failure
from matcher.solving.incumbent import RecountDiffers
from matcher.tables import read_round
from tests.cli.ran import nothing_but, read, round_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.ran import Program


def test_a_verified_plan(run: Program, twins: Path) -> None:
    out, roster = twins.with_name("out.json"), twins.with_name("out.xlsx")
    ran = run("solve", twins, "--json", out, "--xlsx", roster)
    assert ran.status == 0
    result = read(out)
    assert result["schema"] == "result/1"
    plan = Plan.from_document(result["plans"][0])
    round_ = read_round(twins)
    assert check(round_, plan).ok
    assert f"得分{plan.score}，上界{plan.bound}，差距0.00%" in ran.out
    assert all(village.name in ran.out for village in round_.villages)
    assert "建议稿" in ran.out
    assert "方案已按选派数据逐条复核" in ran.out
    assert "各专长供需" in ran.out
    assert "求解：" in ran.err
    assert openpyxl.load_workbook(roster).sheetnames[:2] == ["花名册", "单位包村一览表"]
    assert run("check", twins, out).status == 0


def test_english(run: Program, twins: Path) -> None:
    ran = run("solve", twins, "--lang", "en", "--effort", "quick")
    assert ran.status == 0
    assert "Village teams (draft)" in ran.out
    assert "Score by" not in ran.out
    assert "The plan was recounted from the round" in ran.out


def test_soft_rules_not_met_are_told_in_words(run: Program, twins: Path) -> None:
    out = twins.with_name("out.json")
    changes = (
        "--set",
        "team_units.max_units=1",
        "--set",
        "team_units.weight=1",
        "--set",
        "young_share.min_posts=12",
    )
    ran = run("solve", twins, *changes, "--json", out)
    assert ran.status == 0
    violations = read(out)["plans"][0]["violations"]
    assert violations
    assert "未满足的软性规则" in ran.out
    assert str(-sum(row["penalty"] for row in violations)) in ran.out
    assert ("年轻干部" in ran.out) == any(row["rule"] == "young_share" for row in violations)


def test_infeasible(run: Program, tmp_path: Path) -> None:
    path, out, roster = round_file(tmp_path, "short_pool"), tmp_path / "out.json", tmp_path / "out.xlsx"
    ran = run("solve", path, "--json", out, "--xlsx", roster)
    assert ran.status == 3
    assert "没有任何方案能同时满足全部硬性规则" in ran.out
    assert "不能同时满足的规则" in ran.out
    assert "队伍结构" in ran.out
    assert "名（应为2名）" in ran.out
    assert "2至2名" not in ran.out
    assert "没有方案，因此没有花名册" in ran.err
    assert "没有满足的硬性规则：队伍结构" in ran.out
    assert "空缺的岗位：" in ran.out
    assert "部分方案写在结果文件中。" in ran.out
    assert read(out)["status"] == "infeasible"
    partial = read(out)["infeasibility"]["partial"]
    assert {row["rule"] for row in partial["violations"] if not row["penalty"]} == {"team_structure"}
    assert "bound" not in partial
    english = run("solve", path, "--lang", "en").out
    assert "Hard rules that it breaks: Team structure" in english
    assert "Empty seats: " in english
    assert "result file" not in english  # none is written here
    assert nothing_but(tmp_path, path, out)


def test_conflicting_locks_are_named(run: Program, twins: Path) -> None:
    cadres, villages = read(twins)["cadres"], read(twins)["villages"]
    locks = [f"--lock={cadres[i]['id']}={villages[0]['id']}:first_secretary" for i in (0, 1)]
    ran = run("solve", twins, *locks)
    assert ran.status == 3
    assert "已定事项" in ran.out


@pytest.mark.parametrize(
    ("status", "said"), [("unknown", "没有找到方案"), ("cancelled", "在找到方案之前已停止")]
)
def test_no_plan(run: Program, twins: Path, monkeypatch: pytest.MonkeyPatch, status: Any, said: str) -> None:
    def without(*_arguments: object, **_options: object) -> Result:
        return Result(status=status, provenance={"reproducible": False})

    monkeypatch.setattr(solving, "solve", without)
    out = twins.with_name("out.json")
    ran = run("solve", twins, "--json", out)
    assert (ran.status, said in ran.out) == (4, True)
    assert "不能逐一重现" in ran.out
    assert read(out)["status"] == status


def test_a_plan_that_does_not_stand_is_withheld(
    run: Program, twins: Path, solved_twins: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    def false(*_arguments: object, **_options: object) -> Result:
        plan = solved_twins.plans[0]
        return solved_twins.model_copy(update={"plans": (plan.model_copy(update={"score": plan.score + 1}),)})

    monkeypatch.setattr(solving, "solve", false)
    ran = run("solve", twins, "--json", twins.with_name("out.json"), "--xlsx", twins.with_name("out.xlsx"))
    assert ran.status == 1
    assert "方案没有通过复核，不予输出" in ran.err
    assert "驻村工作队" not in ran.out
    assert nothing_but(twins.parent, twins)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RecountDiffers("5 and 6"), "求解器与复核的结果不一致"),
        (Aborted("twice"), "已中止，没有留下写了一半的文件"),
    ],
)
def test_a_solve_that_fails(
    run: Program, twins: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def fails(*_arguments: object, **_options: object) -> Result:
        raise error

    monkeypatch.setattr(solving, "solve", fails)
    ran = run("solve", twins, "--json", twins.with_name("out.json"))
    assert (ran.status, said in ran.err) == (1, True)
    assert nothing_but(twins.parent, twins)


@pytest.mark.parametrize(
    ("error", "zh", "en"),
    [
        (
            MemoryError(),
            "内存不足，“甲县”没有算成",
            "not enough memory for 甲县. Close other programs, try again with --workers 1",
        ),
        (
            ValueError("身份证"),
            "“甲县”的计算中断（ValueError）。请重试",
            "The work on 甲县 broke off (ValueError). Try again",
        ),
    ],
)
def test_a_county_that_fails_is_named_with_what_to_do(
    run: Program, twins: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, zh: str, en: str
) -> None:
    def broken(*_: object) -> None:
        raise CountyFailed("甲县", Failure(type(error).__name__, str(error)))

    monkeypatch.setattr("matcher.solving.counties.method.CountiesMethod.run", broken)
    options = ("solve", twins, "--method", "counties")
    for language, said in (("zh", zh), ("en", en)):
        ran = run(*options, "--lang", language)
        assert ran.status == 1
        assert said in ran.err
        assert "身份证" not in ran.err


def test_a_second_request_after_the_last_look_aborts(
    run: Program, twins: Path, solved_twins: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    def twice(*_arguments: object, stop: Any, **_options: object) -> Result:
        stop.request()
        stop.request()
        return solved_twins

    monkeypatch.setattr(solving, "solve", twice)
    ran = run("solve", twins, "--json", twins.with_name("out.json"))
    assert (ran.status, "已中止" in ran.err) == (1, True)
    assert nothing_but(twins.parent, twins)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--plans", "0"), "“--plans”的值不能用"),
        (("--gap", "-1"), "“--gap”的值不能用"),
        (("--effort", "some"), "“--effort”的值不能用"),
        (("--effort", "0"), "“--effort”的值不能用"),
        (("--limit", "0"), "“--limit”的值不能用"),
        (("--method", "guess"), "“--method”的值不能用"),
        (("--equity", "all"), "“--equity”的值不能用"),
        (("--seed", "-1"), "“--seed”的值不能用"),
        (("--workers", "0"), "“--workers”的值不能用"),
    ],
)
def test_settings_that_can_not_be(run: Program, twins: Path, options: tuple[str, ...], said: str) -> None:
    ran = run("solve", twins, *options)
    assert (ran.status, said in ran.err) == (2, True)
    assert ran.out == ""


def test_settings_reach_the_engine(
    run: Program, twins: Path, solved_twins: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def noted(_round: object, settings: Any, **_options: object) -> Result:
        asked.append(settings)
        return solved_twins

    monkeypatch.setattr(solving, "solve", noted)
    options = (
        "--gap=0.01",
        "--limit=9",
        "--effort=12.5",
        "--method=one_piece",
        "--equity=floor_first",
        "--seed=7",
    )
    assert run("solve", twins, *options, "--workers=2").status == 0
    told = asked[0].model_dump(
        include={"gap", "time_limit", "effort", "method", "equity", "seed", "workers", "plans"}
    )
    assert told == {
        "gap": 0.01, "time_limit": 9.0, "effort": 12.5, "method": "one_piece", "equity": "floor_first", "seed": 7,
        "workers": 2, "plans": 1,
    }  # fmt: skip


def test_fairness_first_is_told(run: Program, twins: Path) -> None:
    ran = run("solve", twins, "--equity", "floor_first", "--effort", "quick")
    assert ran.status == 0
    assert "最低指数" in ran.out


def test_invalid_round(run: Program, twins: Path) -> None:
    document = read(twins)
    document["cadres"][0]["birth_month"] = "1985-13"
    path = round_file(twins.parent, cadres=document["cadres"])
    ran = run("solve", path)
    assert (ran.status, "1985-13" in ran.err, ran.out) == (2, True, "")


@pytest.mark.parametrize(
    ("option", "value", "zh", "en"),
    [
        ("--limit", "0", "应为：大于0的秒数", "it takes a number of seconds above 0"),
        ("--gap", "-1", "应为：0或更大的数", "it takes a number of 0 or more"),
        ("--effort", "很快", "应为：quick、normal、thorough", "it takes quick, normal, thorough"),
        ("--seed", "a", "应为：0至2147483647的整数", "it takes a whole number from 0"),
    ],
)
def test_a_bad_value_is_told_what_it_may_be(run: Program, option: str, value: str, zh: str, en: str) -> None:
    assert zh in run("solve", "x.json", option, value).err
    assert en in run("solve", "x.json", option, value, "--lang", "en").err


def test_decisions_that_conflict_by_themselves_are_named(run: Program, twins: Path) -> None:
    cadres, villages = read(twins)["cadres"], read(twins)["villages"]
    locks = [f"--lock={cadres[i]['id']}={villages[0]['id']}:first_secretary" for i in (0, 1)]
    said = run("solve", twins, *locks).out
    assert "这几条已定事项不能同时落实：第1条（锁定）" in said
    assert all(f"{cadres[i]['name']}、{villages[0]['name']}、第一书记" in said for i in (0, 1))
    assert "去掉其中任何一条" not in said
    assert "These decisions can't all hold: no. 1 (lock)" in run("solve", twins, *locks, "--lang", "en").out


def test_a_lock_that_screening_refuses_says_why(run: Program, tmp_path: Path) -> None:
    cadres = read(round_file(tmp_path))["cadres"]
    old = {**cadres[0], "birth_month": "1960-04"}
    path = round_file(tmp_path, cadres=[old, *cadres[1:]])
    village = read(path)["villages"][0]["id"]
    ran = run("solve", path, f"--lock={old['id']}={village}:first_secretary")
    assert ran.status == 3
    assert "不能同时满足的规则：已定事项、年龄上限" in ran.out
    assert "不能衡量差多少，只能停用" in ran.out
    below = ran.out.partition("已锁定干部未通过的审查")[2].partition("怎样改就能求得方案")[0]
    assert "超过上限55周岁" in below
    assert "已定事项" not in below
    english = run("solve", path, f"--lock={old['id']}={village}:first_secretary", "--lang", "en").out
    assert "can't be measured" in english
    assert "over the limit of 55" in english


def test_one_rule_that_can_not_be_met(capsys: pytest.CaptureFixture[str], twins: Path) -> None:
    desk, names = Desk("zh"), Names(read_round(twins).facts, "zh")
    for rules in (("one_post",), ("lead_rule_of_no_name",)):
        show_conflict(desk, Conflict(rules=rules, minimal=True), names)
    assert "本身就不能满足" in capsys.readouterr().out


def test_a_round_without_names_of_counties(run: Program, tmp_path: Path) -> None:
    villages = [{**village, "county": ""} for village in read(round_file(tmp_path))["villages"]]
    for region, said in (("芷澜", "芷澜"), ("", "本轮")):
        path = round_file(tmp_path, villages=villages, region=region)
        ran = run("solve", path, "--effort", "quick")
        assert said in ran.out.partition("偏紧")[2].partition("各专长供需")[0], ran.err


@pytest.mark.parametrize(
    ("lang", "said", "warned"),
    [
        (
            "zh",
            "预计：分县求解，2个进程，内存约2.0 GiB，90秒左右有第一个方案，3分钟左右差距不超过0.50%",
            "内存可能不够",
        ),
        (
            "en",
            "Forecast: county by county, 2 process(es), about 2.0 GiB, a first plan in about 90 s",
            "Memory may run out",
        ),
    ],
)
def test_a_forecast_is_said_of_a_solve_that_takes_its_time(
    lang: Any, said: str, warned: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    long = Forecast("counties", 2, 2048, 90.0, 180.0)
    for free, warns in ((2047, True), (2048, False), (None, False)):
        monkeypatch.setattr(forecast, "free_memory", lambda free=free: free)
        forecast.show_forecast(Desk(lang), None, long)
        told = capsys.readouterr().err
        assert said in told
        assert (warned in told) == warns
    forecast.show_forecast(Desk(lang), 1.0, Forecast("columns", 1, 300, 1.2, 1.4))
    assert capsys.readouterr().err == ""
    for limit, warns in ((89.0, True), (90.0, False)):
        forecast.show_forecast(Desk(lang), limit, long)
        assert ({"zh": "时限89秒短于预计", "en": "limit of 89 s"}[lang] in capsys.readouterr().err) == warns


def test_nothing_is_forecast_of_a_round_that_is_solved_at_once(run: Program, twins: Path) -> None:
    assert "预计" not in run("solve", twins).err


def test_a_solve_without_a_plan_keeps_the_file_that_is_there(
    run: Program, twins: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = twins.with_name("out.json")
    assert run("solve", twins, "--json", out).status == 0
    before = out.read_bytes()

    def nothing(*_: object, **__: object) -> Result:
        return Result(status="unknown")

    monkeypatch.setattr(solving, "solve", nothing)
    ran = run("solve", twins, "--json", out)
    assert ran.status == 4
    assert out.read_bytes() == before
    assert f"没有求得方案，保留原有的文件：{out}" in ran.err
    other = twins.with_name("other.json")
    assert run("solve", twins, "--json", other).status == 4
    assert read(other)["status"] == "unknown"
