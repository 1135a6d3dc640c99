"""A little model of the hard rules, to know whether a stress round has a plan and how short it falls.

It shares nothing with the product: who may hold what is the outside auditor's word.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ortools.sat.python import cp_model

from tests.outside.facts import TEAM_ROLES, Decision, Seat
from tests.outside.reading import read_round
from tests.outside.screening import Screening, seats

Document = dict[str, Any]
Literals = list[cp_model.IntVar]


class Feasibility:
    """Every hard rule of a round but ``relaxed``, whose amount is to be as small as can be."""

    def __init__(self, document: Document, relaxed: str = "", left_out: str = "") -> None:
        self.facts = read_round(document)
        self.screen = Screening(self.facts)
        self.relaxed, self.left_out = relaxed, left_out
        self.model = cp_model.CpModel()
        self.amounts: list[cp_model.IntVar] = []
        self.held = {
            (cadre, seat): self.model.new_bool_var(f"{cadre}@{seat}")
            for seat in seats(self.facts)
            for cadre in self.facts.cadres
            if self.screen.eligible(cadre, seat)
        }
        for rule in (self._one_post, self._teams, self._leads, self._whole_round, self._decided):
            rule()

    def least(self) -> int | None:
        """The smallest amount of the relaxed rule (0 without one); None when there is no plan even so."""
        self.model.minimize(sum(self.amounts))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(self.model)
        assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        return int(solver.objective_value) if status == cp_model.OPTIMAL else None

    def _slack(self, rule: str) -> cp_model.IntVar | int:
        if rule == self.left_out:
            return self.model.new_int_var(0, 99, "")
        if rule != self.relaxed:
            return 0
        self.amounts.append(self.model.new_int_var(0, 99, rule))
        return self.amounts[-1]

    def _posts(self, *, village: str = "", role: str = "", cadre: str = "", unit: str = "") -> Literals:
        return [
            literal
            for (who, seat), literal in self.held.items()
            if (not village or seat.village == village)
            and (not role or seat.role == role)
            and (not cadre or who == cadre)
            and (not unit or self.facts.cadres[who].unit == unit)
        ]

    def _one_post(self) -> None:
        for cadre in self.facts.cadres:
            self.model.add(sum(self._posts(cadre=cadre)) <= 1 + self._slack("one_post"))

    def _teams(self) -> None:
        wanted = self.facts.rules["type_specialty"].params["map"]
        for village in self.facts.villages.values():
            for role in TEAM_ROLES:
                people = sum(self._posts(village=village.id, role=role))
                self.model.add(people <= village.most(role))
                self.model.add(people + self._slack("team_structure") >= village.least(role))
            for kind in (
                kind for kind in village.types if kind in wanted and self.facts.rules["type_specialty"].on
            ):
                able = [
                    literal
                    for (who, seat), literal in self.held.items()
                    if seat.village == village.id
                    and seat.role != "support"
                    and self.facts.cadres[who].can(wanted[kind])
                ]
                self.model.add(sum(able) + self._slack("type_specialty") >= 1)

    def _leads(self) -> None:
        for unit in self.facts.units.values():
            leads = self._posts(role="first_secretary", unit=unit.id)
            self.model.add(sum(leads) <= unit.max_villages + self._slack("lead_unit"))
        for village in self.facts.villages.values():
            if village.decided_unit:
                others = [
                    literal
                    for (who, seat), literal in self.held.items()
                    if seat == Seat("first_secretary", village.id)
                    and self.facts.cadres[who].unit != village.decided_unit
                ]
                self.model.add(sum(others) <= self._slack("lead_unit"))

    def _whole_round(self) -> None:
        for unit in self.facts.units.values():
            if unit.quota is not None:
                self.model.add(sum(self._posts(unit=unit.id)) <= unit.quota)
        for one, other in self.facts.couples:
            self.model.add(sum(self._posts(cadre=one) + self._posts(cadre=other)) <= 1)
        share = self.facts.rules["young_share"]
        if share.hard:
            young = [b for (who, _), b in self.held.items() if self.facts.cadres[who].age <= 35]
            self.model.add(sum(young) + self._slack("young_share") >= share.params["min_posts"])

    def _decided(self) -> None:
        for decision in self.facts.decisions:
            literals = list(self._doing(decision))
            if decision.kind in ("lock", "pick", "bind"):
                self.model.add(sum(literals) + self._slack("decisions") >= 1)

    def _doing(self, decision: Decision) -> Iterator[cp_model.IntVar]:
        for (who, seat), literal in self.held.items():
            first = seat.role == "first_secretary" and seat.village == decision.seat.village
            if decision.kind == "bind":
                if first and self.facts.cadres[who].unit == decision.unit:
                    yield literal
            elif who == decision.cadre and (decision.kind == "pick" or decision.covers(seat)):
                yield literal


def least(document: Document, relaxed: str = "", left_out: str = "") -> int | None:
    """The smallest amount by which a rule must be broken; None when there is no plan at all."""
    return Feasibility(document, relaxed, left_out).least()


def people_by_village(posts: list[Document]) -> dict[str, list[str]]:
    """Who is posted to which village."""
    found: dict[str, list[str]] = defaultdict(list)
    for post in posts:
        found[post.get("village", "")].append(post["cadre"])
    return found
