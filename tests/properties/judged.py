"""What the engine and the brute force say of a tiny round, each asked once."""

import json
from collections.abc import Callable
from fractions import Fraction
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from matcher.model.instance import Instance
from matcher.plan import Post
from matcher.result import Result
from matcher.round import Round
from matcher.rulebook import RuleBook
from matcher.settings import Settings
from matcher.solving import Stop, solve
from matcher.solving.attainable import attainable_points
from matcher.solving.cpsat import run
from matcher.solving.one_piece import encode
from tests.outside import brute_force
from tests.outside.brute_force import Best
from tests.outside.figures import recount as outside_recount
from tests.outside.small import Row

EFFORT = 20  # in units of work, far more than a tiny round takes

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def once(ask: Callable[..., Answer]) -> Callable[..., Answer]:
    """Remember the answers to a question about a document (the first argument)."""

    @cache
    def known(text: str, *rest: Any) -> Answer:
        return ask(json.loads(text), *rest)

    @wraps(ask)
    def asked(doc: Row, *rest: Any) -> Answer:
        return known(json.dumps(doc, ensure_ascii=False, sort_keys=False), *rest)

    return asked


@once
def round_of(doc: Row) -> Round:
    return Round.from_document(doc)


@once
def result_of(doc: Row, equity: str = "none") -> Result:
    return solve(
        round_of(doc), Settings.model_validate({"method": "one_piece", "effort": EFFORT, "equity": equity})
    )


@once
def best_of(doc: Row) -> Best:
    """The best of all plans, tried one by one."""
    return brute_force.best_plan(doc)


@once
def attainable_of(doc: Row) -> dict[str, int]:
    return {row["id"]: brute_force.attainable(doc, row["id"]) for row in doc["villages"]}


@once
def instance_of(doc: Row) -> Instance:
    """The instance as `solve` makes it: with attainable points where a rule needs them."""
    return instance_under(round_of(doc), RuleBook.of(round_of(doc).rules))


def instance_under(round_: Round, book: RuleBook) -> Instance:
    instance = Instance(round_, book)
    if book.plan_rule("village_floor").on:
        return Instance(round_, book, attainable_points(instance, Stop()))
    return instance


@once
def optimum(doc: Row, prune: bool = True) -> int | None:
    """The optimum of the bare one-piece model; None when it is infeasible."""
    return optimum_of(instance_of(doc), prune=prune)


def optimum_of(instance: Instance, *, prune: bool = True) -> int | None:
    outcome = run(encode(instance, prune=prune), Stop())
    assert outcome.status in ("optimal", "infeasible")
    return None if outcome.status == "infeasible" else whole(outcome.bound)


def whole(value: float | None) -> int:
    """A score that the solver gives as a float."""
    assert value is not None
    assert abs(value - round(value)) < 1e-6
    return round(value)


def plan_document(result: Result) -> Row:
    """The best plan as it is written to a file and read again."""
    assert result.best is not None
    document: Row = json.loads(result.best.json_text())
    return document


def outside(doc: Row, posts: list[Row]) -> Row:
    """The outside recount of posts, attainable points being those of the brute force."""
    villages = [{"village": name, "attainable": points} for name, points in attainable_of(doc).items()]
    return outside_recount(doc, {"posts": posts, "villages": villages})


def posts_from(rows: list[Row]) -> list[Post]:
    return [Post(**row) for row in rows]


def worst_index(plan: Row) -> Fraction:
    """The index of the worst-served village, exactly."""
    indices = [
        Fraction(row["points"], row["attainable"]) for row in plan["villages"] if row["attainable"] > 0
    ]
    return min([*indices, Fraction(1)])
