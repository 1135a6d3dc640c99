"""Does a plan document say what the recount finds? Every figure that differs, as a sentence."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import floor
from typing import Any

from .facts import exact
from .figures import Figures, count, index, recount, stated_attainable
from .plan import read_plan
from .reading import read_round
from .rulebook import Doc
from .screening import Screening
from .teams import how_many, most_points

__all__ = ["differences", "recount"]

FOUR_DECIMALS = Fraction(1, 20_000)  # an index may be rounded as it is shown: half a unit of its last decimal
A_MILLIONTH = Fraction(1, 1_000_000)  # a gap may not
FEW_TEAMS = 2_000  # up to so many teams of a village, its attainable points are recounted too
TERM_FIGURES = ("points", "weight", "weighted")


def differences(round_doc: Doc, plan_doc: Doc) -> list[str]:
    """Every figure the plan document states wrongly and every hard rule it breaks; empty: they agree."""
    screen = Screening(read_round(round_doc))
    figures = count(screen, read_plan(screen.facts, plan_doc), stated_attainable(plan_doc))
    broken = figures.violations_hard
    found = [f"hard rule {row['rule']} broken by {row['amount']}: {row['subjects']}" for row in broken]
    if plan_doc.get("score") != figures.score:
        found.append(_differs("score", plan_doc.get("score"), figures.score))
    found += _terms("plan", plan_doc.get("terms") or [], figures.terms)
    found += _villages(screen, plan_doc.get("villages") or [], figures)
    found += _violations(plan_doc.get("violations") or [], figures)
    found += _bundles(plan_doc.get("bundles") or [], figures)
    found += _bound(plan_doc, figures.score)
    return found


def _differs(what: str, said: Any, counted: Any) -> str:
    return f"{what}: the plan says {said}, the recount {counted}"


def _terms(where: str, said: Sequence[Doc], counted: Sequence[Doc]) -> Iterator[str]:
    ids, expected = ([row["id"] for row in rows] for rows in (said, counted))
    if ids != expected:
        yield _differs(f"{where}, terms listed", ids, expected)
    by_id = {row["id"]: row for row in said}
    for row in counted:
        mine = by_id.get(row["id"], row)
        for figure in TERM_FIGURES:
            if mine.get(figure) != row[figure]:
                yield _differs(f"{where}, term {row['id']}, {figure}", mine.get(figure), row[figure])


def _villages(screen: Screening, said: list[Doc], figures: Figures) -> Iterator[str]:
    listed = sorted(row["village"] for row in said)
    if listed != sorted(screen.facts.villages):
        yield _differs("villages listed", listed, sorted(screen.facts.villages))
    by_id = {row["village"]: row for row in said}
    for row in figures.villages:
        if row["village"] in by_id:
            yield from _village(screen, by_id[row["village"]], row)


def _village(screen: Screening, said: Doc, counted: Doc) -> Iterator[str]:
    name, points, attainable = f"village {said['village']}", counted["points"], said.get("attainable")
    if said.get("points") != points:
        yield _differs(f"{name}, points", said.get("points"), points)
    yield from _terms(name, said.get("terms") or [], counted["terms"])
    if attainable is None:
        yield f"{name}: no attainable points stated"
        return
    if not _near(said.get("index"), index(points, attainable), FOUR_DECIMALS):
        yield _differs(f"{name}, index", said.get("index"), f"{points}/{attainable}")
    village = screen.facts.villages[said["village"]]
    if how_many(screen, village) <= FEW_TEAMS:
        most = most_points(screen, village)
        if attainable != most:
            yield _differs(f"{name}, attainable", attainable, most)
    elif points > attainable:
        yield f"{name}: {points} points, more than the {attainable} said to be attainable"


def _near(said: Any, exactly: Fraction, within: Fraction) -> bool:
    return said is not None and abs(exact(said) - exactly) <= within


def _violations(said: list[Doc], figures: Figures) -> Iterator[str]:
    """Amounts and penalties by rule; how a rule's amount is spread over subjects is left to the plan."""
    stated, counted = _by_rule(said), _by_rule(figures.violations)
    for rule in sorted(stated.keys() | counted.keys()):
        if stated.get(rule, (0, 0)) != counted.get(rule, (0, 0)):
            what = f"violations of {rule} (amount, penalty)"
            yield _differs(what, stated.get(rule, (0, 0)), counted.get(rule, (0, 0)))


def _by_rule(rows: Iterable[Doc]) -> dict[str, tuple[int, int]]:
    sums: dict[str, tuple[int, int]] = {}
    for row in rows:
        amount, penalty = sums.get(row["rule"], (0, 0))
        sums[row["rule"]] = (amount + row["amount"], penalty + row["penalty"])
    return sums


def _bundles(said: list[Doc], figures: Figures) -> Iterator[str]:
    stated, counted = ({_bundle(row) for row in rows} for rows in (said, figures.bundles))
    for row in sorted(stated - counted, key=str):
        yield f"bundle stated, not found by the recount: {row}"
    for row in sorted(counted - stated, key=str):
        yield f"bundle found by the recount, not stated: {row}"
    if len(said) != len(stated):
        yield "a bundle is stated twice"


def _bundle(row: Doc) -> tuple[Any, ...]:
    people = row.get("people") or 0
    heads = people if isinstance(people, int) else len(people)
    means = (str(exact(row.get("funds") or 0)), str(exact(row.get("projects") or 0)), row.get("leader") or "")
    return (row.get("unit"), row.get("village"), row.get("kind"), heads, *means)


def _bound(plan_doc: Doc, score: int) -> Iterator[str]:
    """A gap only with a bound, the bound no less than the score, and the proof what the two amount to."""
    bound, gap, proof = (plan_doc.get(name) for name in ("bound", "gap", "proof"))
    if bound is None:
        if gap is not None or proof != "none":
            yield f"no bound, yet gap {gap} and proof {proof}"
        return
    top = exact(bound)
    if top < score:
        yield f"bound {bound} is below the score {score}"
    if not _near(gap, (top - score) / max(1, abs(score)), A_MILLIONTH):
        yield _differs("gap", gap, f"({bound} - {score}) / {max(1, abs(score))}")
    fitting = {"gap"} if floor(top) > score else {"optimal"} if top == score else {"optimal", "gap"}
    if proof not in fitting:
        yield _differs("proof", proof, " or ".join(sorted(fitting)))
