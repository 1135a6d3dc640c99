"""Plan rule ``enterprise_leads``: not too many villages led by units of one kind."""
# ruff: noqa: ARG002 - a rule's methods take what the interface hands every rule

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from matcher.codes import Text
from matcher.rulekit import Breach, LinkRow, Load, Params, PlanRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.check.view import PlanView
    from matcher.round.facts import Facts
    from matcher.rulekit import Team
    from matcher.screening.outcome import Screening


class EnterpriseLeadsParams(Params):
    """``most`` first secretaries in the round, from units of ``kind``."""

    most: Annotated[int, Field(ge=0, le=1_000_000, strict=True)] = 1
    kind: str = "国企"


class EnterpriseLeads(PlanRule[EnterpriseLeadsParams]):
    """A rule that links villages: first secretaries from units of one kind are counted over the round."""

    id = "enterprise_leads"
    name = Text("国企第一书记名额", "First secretaries of enterprises")
    sentence = Text(
        "全轮来自某类单位（默认国企）的第一书记不超过规定人数（默认1名）。",
        "At most that many first secretaries in the round come from units of that kind.",
    )
    why = Text("第一书记以机关干部为主。", "The villages are to be led by the government's own offices.")
    allowed = Text("最多1名，一名来自国企。", "One of at most one.")
    refused = Text("最多1名，两名来自国企。", "Two of at most one.")
    words = Text("{kind}第一书记{held}名，最多{most}名", "{held} first secretaries of {kind}, at most {most}")
    default_mode = "off"
    Params = EnterpriseLeadsParams

    def rows(self, facts: Facts, screening: Screening, params: EnterpriseLeadsParams) -> Iterator[LinkRow]:
        """Return the one row."""
        yield LinkRow("leads", at_most=params.most)

    def load(self, team: Team, params: EnterpriseLeadsParams) -> Iterator[Load]:
        """Put a first secretary of such a unit on the row."""
        leads = team.count(lambda person: person.unit.kind == params.kind, "first_secretary")
        yield Load("leads", leads)

    def breaches(self, view: PlanView, params: EnterpriseLeadsParams) -> Iterator[Breach]:
        """Look at the unit of every first secretary."""
        leads = [
            view.facts.units[team.lead_unit] for team in view.teams.values() if team.lead_unit is not None
        ]
        held = [unit.kind for unit in leads].count(params.kind)
        if held > params.most:
            data = {"kind": params.kind, "held": held, "most": params.most}
            yield Breach({"plan": "leads"}, held - params.most, data)
