"""Answers against every plan there is, tried one by one, on two hundred tiny rounds."""

from functools import cache
from random import Random
from typing import Any

import pytest

from matcher import Settings, check, solve
from matcher.edits import drop, edited, weight
from matcher.giving import PRICES
from matcher.plan import Plan
from matcher.questions import why_not
from matcher.questions.weights import weight_ranges
from matcher.rulebook import RuleBook
from matcher.study import adjustment, mend
from tests.outside.brute_force import Best, best_plan
from tests.outside.rulebook import PLAN_RULES, TERMS
from tests.outside.small import Row, rule
from tests.properties.judged import EFFORT, best_of, result_of, round_of
from tests.properties.tiny_rounds import seeded_round

COLUMNS = Settings(method="columns", effort=EFFORT, workers=1)
STARTS = range(0, 200, 20)


@cache
def plan_of(seed: int) -> Plan:
    plan = solve(round_of(seeded_round(seed)), COLUMNS).best
    assert plan is not None
    return plan


def feasible(start: int) -> list[int]:
    return [seed for seed in range(start, start + 20) if best_of(seeded_round(seed)).feasible]


def best_with(doc: Row, **fields: str) -> Best:
    """The best of all plans with a post of these fields."""

    def asked(posts: list[Row]) -> bool:
        return any(fields.items() <= post.items() for post in posts)

    return best_plan(doc, None, asked)


def best_led(doc: Row, unit: str, village: str) -> Best:
    """The best of all plans in which a unit leads a village."""
    units = {row["id"]: row["unit"] for row in doc["cadres"]}

    def asked(posts: list[Row]) -> bool:
        return any(
            post.get("village") == village
            and post["role"] == "first_secretary"
            and units[post["cadre"]] == unit
            for post in posts
        )

    return best_plan(doc, None, asked)


def agrees(answer: Any, plan: Plan, best: Best) -> bool:
    """Whether an answer allows what the best of all plans costs; asserts what it may not be."""
    if answer.answer in ("refused", "impossible"):
        assert not best.feasible
        return True
    assert best.score is not None
    if answer.answer == "held":
        assert best.score == plan.score
        return True
    cost = plan.score - best.score
    assert answer.answer == ("better" if answer.at_most < 0 else "cost")
    assert answer.at_least <= cost <= answer.at_most
    return bool(answer.exact)


@pytest.mark.slow
@pytest.mark.parametrize("start", STARTS)
def test_a_why_not_costs_what_the_best_plan_with_it_costs(start: int) -> None:
    asked = exact = 0
    for seed in feasible(start):
        doc, plan, chance = seeded_round(seed), plan_of(seed), Random(seed)
        round_ = round_of(doc)
        village = chance.choice(list(round_.facts.places))
        cadre, unit = chance.choice(list(round_.facts.people)), chance.choice(list(round_.facts.units))
        role = chance.choice(["first_secretary", "resident"])
        answers = [
            (
                why_not(round_, plan, cadre, village, settings=COLUMNS),
                best_with(doc, cadre=cadre, village=village),
            ),
            (
                why_not(round_, plan, cadre, village, role, settings=COLUMNS),
                best_with(doc, cadre=cadre, village=village, role=role),
            ),
            (
                why_not(round_, plan, unit=unit, village=village, settings=COLUMNS),
                best_led(doc, unit, village),
            ),
        ]
        asked += len(answers)
        exact += sum(agrees(answer, plan, best) for answer, best in answers)
    assert exact >= 0.95 * asked > 0


@pytest.mark.slow
@pytest.mark.parametrize("start", STARTS)
def test_mending_keeps_what_any_plan_can_and_then_scores_the_most(start: int) -> None:
    mended = 0
    for seed in feasible(start):
        doc, plan = seeded_round(seed), plan_of(seed)
        if not plan.posts:
            continue
        edits = [drop(plan.posts[0].cadre)]
        changed = edited(round_of(doc), adjustment(plan, edits))
        result = mend(round_of(doc), plan, edits, COLUMNS)
        least = fewest_changes(changed.document())
        if least is None:
            assert (result.status, result.best) == ("infeasible", None)
            continue
        assert result.best is not None
        assert check(changed, result.best).ok

        document = changed.document()

        def as_few(posts: list[Row], before: Row = document, least: int = least) -> bool:
            return changes(before, posts) == least

        assert (
            changes(changed.document(), [post.model_dump(exclude_none=True) for post in result.best.posts])
            == least
        )
        best = best_plan(changed.document(), None, as_few)
        assert result.best.score <= (best.score or 0) <= (result.best.bound or 0)
        mended += result.best.score == best.score
    assert mended > 3


def changes(doc: Row, posts: list[Row]) -> int:
    """How many pairings of the plan in force a plan does not keep."""
    held = {(row["cadre"], row.get("village") or (row.get("county", ""), row["township"])) for row in posts}
    before = {
        (row["cadre"], row.get("village") or (row.get("county", ""), row["township"]))
        for row in doc["baseline"]
    }
    return len(before - held)


def fewest_changes(doc: Row) -> int | None:
    """The fewest changes that any plan needs: the best score where nothing else counts."""
    if RuleBook.of(round_of(doc).rules).plan_rule("village_floor").mode == "hard":
        return fewest_above_the_floor(doc)
    rows = {row["id"]: row for row in doc.get("rules", [])}
    soft = {name for name, row in rows.items() if row.get("mode") == "soft"}
    soft |= {name for name, (mode, *_) in PLAN_RULES.items() if mode == "soft"} - rows.keys()
    rows |= {name: rule(name, "off") for name in TERMS}
    rows |= {name: rule(name, "soft", 0, **rows.get(name, {}).get("params", {})) for name in soft}
    rows["min_change"] = rule("min_change", "", 1)
    score = best_plan({**doc, "rules": list(rows.values())}).score
    return None if score is None else -score


def fewest_above_the_floor(doc: Row) -> int | None:
    """The same where whether a village is served well enough depends on everything that counts."""
    for number in range(len(doc["baseline"]) + 1):

        def as_few(posts: list[Row], number: int = number) -> bool:
            return changes(doc, posts) <= number

        if best_plan(doc, None, as_few).feasible:
            return number
    return None


@pytest.mark.slow
@pytest.mark.parametrize("start", STARTS)
def test_a_plan_stays_the_best_within_its_range_and_not_beyond(start: int) -> None:
    compared = 0
    for seed in feasible(start):
        round_, plan, chance = round_of(seeded_round(seed)), plan_of(seed), Random(seed)
        book = RuleBook.of(round_.rules)
        if plan.proof != "optimal" or book.plan_rule("village_floor").on:
            continue
        term = chance.choice([item.rule.id for item in book.terms if item.on])
        points = next(row.points for row in plan.terms if row.id == term)
        (found,) = weight_ranges(round_, plan, COLUMNS, terms=[term])
        assert found.settled

        def behind(
            value: int, found: Any = found, points: int = points, plan: Plan = plan, round_: Any = round_
        ) -> int:
            best = best_plan(edited(round_, [weight(found.term, value)]).document()).score
            assert best is not None
            return int(best - (plan.score + (value - found.weight) * points))

        assert behind(found.lowest) == behind(found.highest) == 0
        assert found.open_above or behind(found.highest + 1) > 0
        assert found.open_below or behind(found.lowest - 1) > 0
        compared += 1
    assert compared > 3


@pytest.mark.slow
@pytest.mark.parametrize("start", STARTS)
def test_no_repair_is_cheaper(start: int) -> None:
    """Against the cheapest of all ways to break hard rules at their price, with the decisions left as they are."""
    for seed in range(start, start + 20):
        doc = seeded_round(seed)
        if (
            best_of(doc).feasible
            or RuleBook.of(round_of(doc).rules).plan_rule("village_floor").mode == "hard"
        ):
            continue
        why = result_of(doc).infeasibility
        assert why is not None
        cost = cheapest(doc)
        bent = [r for r in why.repairs if all(step["rule"] != "decisions" for step in r["steps"])]
        for repair in bent:
            assert cost is not None
            assert repair["cost"] >= cost, seed
        if why.repairs and why.repairs[0]["cheapest"] and why.repairs[0] in bent:
            assert why.repairs[0]["cost"] == cost, seed
        if cost is not None and not why.conflict.short:
            assert why.repairs, seed


def cheapest(doc: Row) -> int | None:
    """The least sum of price × amount over all plans; None where there is none.

    First secretaries are never given up where teams have to be whole.
    """
    whole = RuleBook.of(round_of(doc).rules).plan_rule("team_structure").mode == "hard"
    rows = {row["id"]: row for row in doc.get("rules", [])}
    for name, (default, _, _) in PLAN_RULES.items():
        mode = rows.get(name, {}).get("mode") or default
        params = rows.get(name, {}).get("params", {})
        if mode == "soft":
            rows[name] = rule(name, "off")
        elif mode == "hard" and name in PRICES and name != "decisions":
            rows[name] = rule(name, "soft", PRICES[name], **params)
    rows |= {name: rule(name, "off") for name in TERMS}
    villages = {row["id"] for row in doc["villages"]}

    def led(posts: list[Row]) -> bool:
        have = {post.get("village") for post in posts if post["role"] == "first_secretary"}
        return have >= villages or not whole

    score = best_plan({**doc, "rules": list(rows.values())}, None, led).score
    return None if score is None else -score
