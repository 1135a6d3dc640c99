"""Targets are judged right, those that are missed too, and growth is the slope of the logarithms."""

from __future__ import annotations

from math import inf

import pytest

from benchmarks.growth import Fit, fit, fit_of, times
from benchmarks.targets import (
    TARGETS,
    Milestone,
    Target,
    exit_status,
    judge_growth,
    judge_target,
    judge_warm,
)
from tests.benchmarks.runs import row_of

ONE = Target("huaxi", (Milestone(0.0, 15),), limit=60)
TWO = Target("huaxi", (Milestone(0.2, 3), Milestone(0.0)), limit=60, memory=0.5)


def test_the_median_seed_counts() -> None:
    (found,) = judge_target(ONE, [row_of(seconds=s) for s in (5.0, 14.0, 90.0)])
    assert found.met
    (found,) = judge_target(ONE, [row_of(seconds=s) for s in (5.0, 17.5, 90.0)])
    assert (found.met, found.missed_by) == (False, "2.5 s")
    assert exit_status([found]) == 1


def test_a_gap_that_stays_open_says_how_wide() -> None:
    (found,) = judge_target(ONE, [row_of(status="plan", bound=1002, trace=((1.0, 1000, 1002),))])
    assert (found.met, found.missed_by) == (False, "0.2 % of gap")


@pytest.mark.parametrize("status", ["no plan", "wrong", "overran", "out of memory"])
def test_no_plan_is_a_miss(status: str) -> None:
    (found,) = judge_target(ONE, [row_of(status=status)])
    assert (found.met, found.missed_by) == (False, "no proven gap at all")


def test_nothing_measured_is_not_met() -> None:
    found = judge_target(ONE, [row_of(round="louxing")])
    assert [f.met for f in found] == [None]
    assert exit_status(found) == 1


def test_earlier_milestones_are_read_off_the_trace() -> None:
    first, last, memory = judge_target(TWO, [row_of(peak=600.0)])
    assert first.met  # a gap of 15.8 % after 2 s
    assert (last.met, last.found[:6]) == (True, "10.0 s")
    assert (memory.met, memory.missed_by) == (False, "0.09 GiB")


def test_every_target_is_of_a_round_and_gives_time_to_miss_it() -> None:
    for target in TARGETS:
        asked = [milestone.seconds for milestone in target.milestones if milestone.seconds is not None]
        assert target.limit > max(asked)
        gaps = [milestone.gap for milestone in target.milestones]
        assert gaps == sorted(gaps, reverse=True)


def test_growth_is_the_slope() -> None:
    found = fit([(n, 0.02 * n**1.25) for n in (25, 100, 400, 1600)])
    assert found is not None
    assert found.exponent == pytest.approx(1.25)
    assert found.seconds(200) == pytest.approx(0.02 * 200**1.25)
    assert judge_growth(found, 7, 7).met
    assert judge_growth(found, 4, 7).met is None
    assert judge_growth(Fit(1.4, 1.0), 7, 7).missed_by == "0.10"


def test_a_size_that_never_got_there_has_no_exponent() -> None:
    rows = [row_of(villages=n, asked=0.005, seconds=n / 10) for n in (25, 50, 100)]
    found = times([*rows, row_of(villages=200, status="no plan")], 0.005)
    assert found == {25: 2.5, 50: 5.0, 100: 10.0, 200: None}
    assert fit_of(found) is None
    assert judge_growth(None, 4, 4).met is False


def test_one_change() -> None:
    assert judge_warm("yuzhong", [2.0, 4.0, inf]).met
    assert judge_warm("yuzhong", [2.0, inf, inf]).missed_by == "not reached at all"
