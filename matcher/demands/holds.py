"""Demand ``holds``: a plan has one pairing, or has it not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Breach, Limit, LinkRow, Load, Params, PlanRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Place, Seat
    from matcher.rulekit import Team
    from matcher.screening.outcome import Screening


class HoldsParams(Params):
    """A cadre at a place, in a role or in any; or a unit that leads a village.

    Attributes
    ----------
    place
        A village's id, or a captain's township as ``county/township``.
    absent
        Whether the pairing is to be avoided rather than had.
    """

    place: str
    cadre: str = ""
    role: str = ""
    unit: str = ""
    absent: bool = False


class Holds(PlanRule[HoldsParams]):
    """What "why not" asks for.

    A lock in the decisions says more: it keeps the cadre out of everything else before anything is planned, and so
    changes which rules apply (an incumbent locked elsewhere no longer counts as one that a village could keep).
    This only looks at the plan.
    """

    id = "holds"
    name = Text("指定的安排", "The pairing asked about")
    sentence = Text("方案中有（或没有）指定的安排。", "The plan has, or has not, the pairing.")
    why = Text("回答“为什么不是他”。", "To answer “why not her”.")
    allowed = Text("问甲任A村，方案中甲在A村。", "Asked for A at V, the plan has A at V.")
    refused = Text("问甲任A村，方案中甲在B村。", "Asked for A at V, the plan has A at W.")
    words = Text("没有指定的安排", "the plan does not have the pairing")
    modes = ("hard",)
    of_question = True
    captains = True
    Params = HoldsParams

    def rows(self, facts: Facts, screening: Screening, params: HoldsParams) -> Iterator[LinkRow]:
        """Return the one row."""
        if params.absent:
            yield LinkRow("pairing", at_most=0)
        else:
            yield LinkRow("pairing", at_least=1)

    def load(self, team: Team, params: HoldsParams) -> Iterator[Load]:
        """Put the pairing on the row, at its place."""
        if team.place.id != params.place:
            return
        roles = (params.role,) if params.role else ()
        yield Load("pairing", team.leads(params.unit) if params.unit else team.held_by(params.cadre, *roles))

    def limits(self, view: PlanView, params: HoldsParams) -> Iterator[Limit]:
        """Return one of the pairing, or none."""
        yield Limit("pairing", at_most=0) if params.absent else Limit("pairing", at_least=1)

    def uses(self, facts: Facts, seat: Seat, person: Person, params: HoldsParams) -> Mapping[str, int]:
        """Return whether the member is the pairing."""
        if (seat.village or "/".join(seat.township)) != params.place:
            return {}
        if params.unit:
            return {"pairing": int(seat.role == "first_secretary" and person.record.unit == params.unit)}
        return {"pairing": int(person.id == params.cadre and params.role in ("", seat.role))}

    def breaches(self, view: PlanView, params: HoldsParams) -> Iterator[Breach]:
        """Look for the pairing."""
        if params.unit:
            held = view.teams[params.place].lead_unit == params.unit
        else:
            held = any(
                post.cadre == params.cadre
                and (post.village or "/".join(post.township)) == params.place
                and params.role in ("", post.role)
                for post in view.posts
            )
        if held == params.absent:
            yield Breach({"place": params.place})

    def kind(self, place: Place, person: Person, params: HoldsParams) -> None:
        """Return nothing: the check of a single team reads nobody."""
