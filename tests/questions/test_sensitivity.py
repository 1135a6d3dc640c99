"""Sensitivity: ranges of weights against every weight one by one, worths against rounds that have one more."""

from matcher import Settings, solve
from matcher.edits import cell, edited, weight
from matcher.questions.pairing import why_not
from matcher.questions.sensitivity import robustness, seat_worths, worths
from matcher.questions.turning import turning_points
from matcher.questions.weights import weight_ranges
from matcher.rulebook import RuleBook
from tests.properties.judged import EFFORT, best_of, optimum, round_of
from tests.properties.tiny_rounds import seeded_round

SETTINGS = Settings(method="columns", effort=EFFORT, workers=1)


def seeds(stop: int) -> list[int]:
    return [seed for seed in range(stop) if best_of(seeded_round(seed)).feasible]


def test_a_range_is_where_the_plan_stays_the_best() -> None:
    compared = 0
    for seed in seeds(16):
        round_ = round_of(seeded_round(seed))
        plan = solve(round_, SETTINGS).best
        assert plan is not None
        points = {term.id: term.points for term in plan.terms}
        for found in weight_ranges(round_, plan, SETTINGS, terms=["need_fit", "competence"]):
            assert found.lowest <= found.weight <= found.highest
            if RuleBook.of(round_.rules).plan_rule("village_floor").on:
                assert not found.settled
                continue
            assert found.settled
            for value in (found.lowest - 1, found.lowest, found.highest, found.highest + 1):
                if value < 0:
                    continue
                best = optimum(edited(round_, [weight(found.term, value)]).document())
                own = plan.score + (value - found.weight) * points[found.term]
                inside = found.lowest <= value <= found.highest
                if inside:
                    assert own == best
                elif (value > found.highest and not found.open_above) or (
                    value < found.lowest and not found.open_below
                ):
                    assert best is not None
                    assert own < best
                compared += 1
    assert compared > 40


def test_one_more_is_worth_at_most_its_price() -> None:
    compared = 0
    for seed in seeds(40):
        round_ = round_of(seeded_round(seed))
        plan = solve(round_, SETTINGS).best
        if plan is None or plan.certificate is None:
            continue
        table = worths(round_, plan)
        for row in table[table["rule"] == "unit_quota"].to_dict("records"):
            unit = round_.facts.units[row["what"]]
            larger = edited(round_, [cell("units", unit.id, quota=(unit.quota or 0) + 1)])
            best = optimum(larger.document())
            assert best is not None
            assert plan.bound is not None
            assert best <= plan.bound + row["points"] + 1e-9
            compared += 1
        seats = seat_worths(round_, plan, list(round_.facts.places)[:1])
        assert (seats["points"] >= 0).all()
    assert compared > 2


def test_robustness_is_a_share_of_solves() -> None:
    round_ = round_of(seeded_round(seeds(20)[0]))
    plan = solve(round_, SETTINGS).best
    assert plan is not None
    table = robustness(round_, plan, SETTINGS)
    assert len(table) == len(plan.posts)
    assert table["kept"].between(0, 1).all()
    assert table["kept"].is_monotonic_increasing


def test_turning_points_turn() -> None:
    found = 0
    for seed in seeds(14):
        round_ = round_of(seeded_round(seed))
        plan = solve(round_, SETTINGS).best
        assert plan is not None
        village = next(iter(round_.facts.places))
        for cadre in list(round_.facts.people)[:4]:
            answer = why_not(round_, plan, cadre, village, settings=SETTINGS)
            if answer.answer != "cost":
                continue
            for turn in turning_points(round_, plan, answer, SETTINGS):
                assert any(p.cadre == cadre and p.village == village for p in turn.plan.posts)
                assert turn.plan.score == optimum(edited(round_, [turn.edit]).document())
                if turn.kind == "data" and "specialties" in turn.edit.values:
                    (changed,) = set(turn.after.items()) - set(turn.before.items())
                    for level in range(turn.before.get(changed[0], 0) + 1, changed[1]):
                        less = cell("cadres", cadre, specialties={**turn.before, changed[0]: level})
                        smaller = solve(edited(round_, [less]), SETTINGS).best
                        assert smaller is not None
                        assert not any(p.cadre == cadre and p.village == village for p in smaller.posts)
                if turn.kind == "weight" and turn.next_fails:
                    step = 1 if turn.after > turn.before else -1
                    nearer = solve(edited(round_, [weight(turn.edit.key, turn.after - step)]), SETTINGS).best
                    assert nearer is not None
                    assert nearer.score == optimum(
                        edited(round_, [weight(turn.edit.key, turn.after - step)]).document()
                    )
                found += 1
    assert found > 3


def test_its_own_weight_is_always_within_the_range() -> None:
    """Of plans that are not the best too: where another is better at the weights as they are, nothing is made up beyond."""
    behind = 0
    for seed in seeds(60):
        round_ = round_of(seeded_round(seed))
        settings = SETTINGS.model_copy(update={"gap": 0.15})
        plan = solve(round_, settings).best
        if plan is None:
            continue
        behind += plan.proof != "optimal"
        for one in weight_ranges(round_, plan, settings):
            assert 0 <= one.lowest <= one.weight <= one.highest
    assert behind > 2


def test_of_another_kind_of_plan_no_range_is_claimed() -> None:
    round_ = round_of(seeded_round(seeds(40)[3]))
    plan = solve(round_, SETTINGS.model_copy(update={"kind": "fewest_changes"})).best
    assert plan is not None
    assert not any(one.settled for one in weight_ranges(round_, plan, SETTINGS))


def test_the_highest_weight_is_not_passed() -> None:
    round_ = edited(round_of(seeded_round(seeds(40)[3])), [weight("local_fit", 300_000)])
    plan = solve(round_, SETTINGS).best
    assert plan is not None
    (one,) = weight_ranges(round_, plan, SETTINGS, terms=["local_fit"])
    assert one.lowest <= 300_000 <= one.highest <= 1_000_000
