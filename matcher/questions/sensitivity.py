"""Sensitivity: what one more of something is worth, and how robust each post is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from matcher.check.distances import held
from matcher.edits import cell, edited
from matcher.model.instance import Instance
from matcher.questions.at_prices import at_prices
from matcher.questions.weights import HIGHEST, solved_at
from matcher.rulebook import RuleBook
from matcher.settings import Settings
from matcher.solving.memory import memory_of
from matcher.solving.stopping import Stop

if TYPE_CHECKING:
    from matcher.plan import Plan
    from matcher.round import Round

#: By how much a weight is moved to see what stays.
SHAKEN = 0.2


def worths(round_: Round, plan: Plan) -> pd.DataFrame:
    """Return what one more of each scarce thing is worth at most, the most worth first.

    At the prices of the plan's bound: one more unit of a limit raises the bound by its price, so no plan gains more
    by it than that and what the bound is above the plan.

    Returns
    -------
    pandas.DataFrame
        ``rule``, ``what`` (a unit, a cadre, a specialty, or the rule itself), ``name``, ``points``.

    Raises
    ------
    NoPrices
        Where the plan has no certificate.
    """
    prices = at_prices(round_, plan)
    certificate, facts = plan.certificate, round_.facts
    # Prices count from the bound of the certificate, which may be above the plan's.
    above = 0 if certificate is None or plan.bound is None else max(0, certificate.bound - plan.bound)
    rows = []
    for price in certificate.prices if certificate is not None else ():
        key = price.key if isinstance(price.key, str) else "/".join(str(part) for part in _parts(price.key))
        named = facts.people.get(key)
        name = named.record.name if named else facts.units[key].name if key in facts.units else key
        points = abs(price.price) / prices.scale + above
        rows.append({"rule": price.rule, "what": key, "name": name, "points": points})
    table = pd.DataFrame(rows, columns=["rule", "what", "name", "points"])
    return table.sort_values(["points", "rule", "what"], ascending=[False, True, True], ignore_index=True)


def _parts(key: object) -> tuple[object, ...]:
    return key if isinstance(key, tuple) else (key,)


def seat_worths(round_: Round, plan: Plan, villages: list[str] | None = None) -> pd.DataFrame:
    """Return what one more support seat is worth at most, village by village, the most worth first.

    Returns
    -------
    pandas.DataFrame
        ``village``, ``name``, ``points``: no plan of the round with that seat scores more than the plan's bound and so
        many points.

    Raises
    ------
    NoPrices
        Where the plan has no certificate.
    """
    prices = at_prices(round_, plan)
    before = prices.bound if plan.bound is None else plan.bound
    structure = RuleBook.of(round_.rules).plan_rule("team_structure")
    rows = []
    for village in villages if villages is not None else list(round_.facts.places):
        place = round_.facts.places[village]
        least, most = structure.rule.seats(place, structure.params)["support"]  # type: ignore[attr-defined]
        larger = edited(round_, [cell("villages", village, support_min=least, support_max=most + 1)])
        bound = prices.bound_with_block(Instance(larger).block(larger.facts.places[village]))
        if bound is not None:
            rows.append({"village": village, "name": place.village.name, "points": max(0, bound - before)})
    table = pd.DataFrame(rows, columns=["village", "name", "points"])
    return table.sort_values(["points", "village"], ascending=[False, True], ignore_index=True)


def robustness(
    round_: Round,
    plan: Plan,
    settings: Settings | None = None,
    *,
    share: float = SHAKEN,
    stop: Stop | None = None,
) -> pd.DataFrame:
    """Return how many solves with one weight moved keep each post of a plan.

    Every term's weight is moved up and down by ``share``, at least by 1, one at a time.

    Returns
    -------
    pandas.DataFrame
        ``village``, ``role``, ``cadre``, ``name``, ``kept`` (a share of the solves), the least kept first;
        ``attrs["solves"]`` says how many solves there were.
    """
    asked, stopping = settings or Settings(), stop or Stop()
    memory = memory_of(round_.facts, plan)
    solves = []
    for item in RuleBook.of(round_.rules).terms:
        if not item.on:
            continue
        step = max(1, round(item.weight * share))
        for value in (item.weight - step, item.weight + step):
            if 0 <= value <= HIGHEST and not stopping.now:
                found = solved_at(round_, item.rule.id, value, asked, memory, stopping)
                if found.plan is not None and not stopping.now:  # one that was cut short says nothing
                    solves.append(held(round_.facts, found.plan))
    rows = [
        {
            "village": place,
            "role": role,
            "cadre": cadre,
            "name": round_.facts.people[cadre].record.name,
            "kept": round(sum((cadre, place, role) in posts for posts in solves) / max(1, len(solves)), 4),
        }
        for cadre, place, role in held(round_.facts, plan)
    ]
    table = pd.DataFrame(rows, columns=["village", "role", "cadre", "name", "kept"])
    table = table.sort_values(["kept", "village", "role", "cadre"], ignore_index=True)
    table.attrs["solves"] = len(solves)
    return table
