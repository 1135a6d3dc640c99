"""Plan rule ``decisions``: every lock and pick holds, and a bound unit leads its village."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import DECISION_KINDS, Text
from matcher.edits import Edit, release
from matcher.rulekit import Breach, Limit, LinkRow, Load, NoParams, PlanRule, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Place, Seat
    from matcher.round.records import Decision
    from matcher.rulekit import Team
    from matcher.screening.outcome import Screening


class Decisions(PlanRule[NoParams]):
    """Locks and binds concern one village (or township), picks the whole plan."""

    id = "decisions"
    name = Text("已定事项", "Decisions")
    sentence = Text("锁定、必选和单位绑定一律落实。", "Every lock, pick and bind holds.")
    why = Text(
        "已经议定的人和单位不得改动；已定事项不豁免资格审查。",
        "What was decided stays decided; no decision waives screening.",
    )
    allowed = Text("锁定为甲村第一书记者任甲村第一书记。", "Locked as first secretary of A, and posted so.")
    refused = Text("必选的干部没有岗位。", "A picked cadre without a post.")
    words = Text("已定事项第{row}条（{kind}）未落实", "decision {row} ({kind}) does not hold")
    modes = ("hard",)
    captains = True
    team_level = True
    Params = NoParams

    def team(self, team: Team, params: NoParams) -> Iterator[Row]:
        """Return a row for each lock to this place and each unit bound to lead it."""
        for number, decision in enumerate(team.facts.round.decisions, start=1):
            if not self._is_here(team.facts, decision, team.place):
                continue
            if decision.kind == "lock":
                roles = (decision.role,) if decision.role else ()
                held = team.held_by(decision.cadre or "", *roles)
            elif decision.kind == "bind":
                held = team.leads(decision.unit or "")
            else:
                continue
            yield Row(held, at_least=1, subjects={"decision": number})

    @staticmethod
    def _is_here(facts: Facts, decision: Decision, place: Place) -> bool:
        if place.is_village:
            return decision.village == place.id
        return bool(decision.township) and (
            facts.township_of(decision.county, decision.township) == place.township
        )

    def rows(self, facts: Facts, screening: Screening, params: NoParams) -> Iterator[LinkRow]:
        """Return a row for each pick, and one that can't hold for each lock without a place in the round."""
        for number, decision in enumerate(facts.round.decisions, start=1):
            subjects = {"decision": number}
            if decision.kind == "pick":
                yield LinkRow((number, decision.cadre), at_least=1, subjects=subjects)
            elif decision.kind == "lock" and not any(
                self._is_here(facts, decision, place) for place in screening.places.values()
            ):
                yield LinkRow((number, None), at_least=1, subjects=subjects)

    def load(self, team: Team, params: NoParams) -> Iterator[Load]:
        """Put a picked person's roles here on the pick's row."""
        for number, decision in enumerate(team.facts.round.decisions, start=1):
            if decision.kind == "pick":
                yield Load((number, decision.cadre), team.held_by(decision.cadre or ""))

    def breaches(self, view: PlanView, params: NoParams) -> Iterator[Breach]:
        """Look for each lock's and pick's post, and for each bound unit's first secretary."""
        return self._not_kept(view, enumerate(view.facts.round.decisions, start=1))

    def breaches_alone(self, view: PlanView, params: NoParams) -> Iterator[Breach]:
        """Look at locks to the one village or captaincy, and at who is bound to lead it."""
        decisions = enumerate(view.facts.round.decisions, start=1)
        here = [row for row in decisions if _fills(row[1]) and self._concerns(row[1], view)]
        return self._not_kept(view, here)

    def give(self, facts: Facts, breach: Breach, params: NoParams) -> Edit:
        """Return that the decision is taken back."""
        return release(breach.subjects["decision"])

    def limits(self, view: PlanView, params: NoParams) -> Iterator[Limit]:
        """Return a post for each pick, and one that nobody can hold for a lock to a place that the round lacks."""
        for number, decision in enumerate(view.facts.round.decisions, start=1):
            township = view.facts.township_of(decision.county, decision.township)
            captains = view.book.plan_rule("township_captain").on and decision.township != ""
            if decision.kind == "pick":
                yield Limit((number, decision.cadre), at_least=1)
            elif decision.kind == "lock" and not (
                decision.village in view.facts.places or (captains and township in view.facts.townships)
            ):
                yield Limit((number, None), at_least=1)

    def uses(
        self, facts: Facts, seat: Seat, person: Person, params: NoParams
    ) -> Mapping[tuple[int, str], int]:
        """Return the post of somebody picked."""
        rows = enumerate(facts.round.decisions, start=1)
        return {
            (number, person.id): 1 for number, row in rows if row.kind == "pick" and row.cadre == person.id
        }

    def summary(self, facts: Facts, seat: Seat, person: Person, params: NoParams) -> frozenset[int]:
        """Return the locks to this village, and who is bound to lead it, that the member fulfils."""
        return frozenset(
            number
            for number, row in enumerate(facts.round.decisions, start=1)
            if row.village == seat.village
            and (
                (row.kind == "lock" and row.cadre == person.id and row.role in (None, seat.role))
                or (row.kind == "bind" and seat.role == "first_secretary" and row.unit == person.record.unit)
            )
        )

    def named(self, facts: Facts, place: Place) -> frozenset[str]:
        """Return the people locked here; to the rule all others are alike."""
        locks = [row for row in facts.round.decisions if row.kind == "lock" and row.village == place.id]
        return frozenset(lock.cadre for lock in locks if lock.cadre)

    @staticmethod
    def _concerns(decision: Decision, view: PlanView) -> bool:
        if decision.village:
            return decision.village in view.teams
        return bool(decision.township) and (
            view.facts.township_of(decision.county, decision.township) in view.townships
        )

    @staticmethod
    def _not_kept(view: PlanView, decisions: Iterable[tuple[int, Decision]]) -> Iterator[Breach]:
        for number, decision in decisions:
            if decision.kind == "pick":
                kept = any(post.cadre == decision.cadre for post in view.posts)
            elif decision.kind == "lock":
                township = view.facts.township_of(decision.county, decision.township)
                kept = any(
                    post.cadre == decision.cadre
                    and decision.role in (None, post.role)
                    and (post.village == decision.village if decision.village else post.township == township)
                    for post in view.posts
                )
            elif decision.kind == "bind":
                kept = view.teams[decision.village or ""].lead_unit == decision.unit
            else:
                continue  # bans, drops and unbinds are screening's
            if not kept:
                kind = DECISION_KINDS[decision.kind].text
                yield Breach({"decision": number}, 1, {"row": number, "kind": kind})


def _fills(decision: Decision) -> bool:
    """Return whether the decision is about who fills a seat of one place."""
    return decision.kind in ("lock", "bind")
