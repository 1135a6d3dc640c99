"""Score term ``bundled_people``: people bundled with the unit that leads the village."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Linear, NoParams, ScoreTerm

if TYPE_CHECKING:
    from matcher.check.view import TeamView
    from matcher.round.facts import Person
    from matcher.rulekit import Team


class BundledPeople(ScoreTerm[NoParams]):
    """Per resident or support cadre from the unit that leads the village."""

    id = "bundled_people"
    name = Text("人员捆绑", "Bundled people")
    sentence = Text(
        "每名来自包村单位的工作队员或下沉干部得1。",
        "1 per resident or support cadre from the unit that leads the village.",
    )
    why = Text("项目、资金、责任、人员四个捆绑。", "Projects, funds, responsibility and people are bundled.")
    allowed = Text(
        "第一书记和两名队员同属县水务局：2分。", "First secretary and two residents of one bureau: 2 points."
    )
    refused = Text("队员都来自别的单位：0分。", "Residents of other units: 0 points.")
    words = Text("{people}人来自包村单位", "{people} from the lead unit")
    default_weight = 4
    submodular = True
    additive_with_lead = True
    Params = NoParams

    def points(self, team: Team, params: NoParams) -> Linear:
        """Return, over units, "it leads" × its residents and support cadres."""
        points = Linear()
        for unit, others in team.count_by(lambda person: person.unit_id, "resident", "support").items():
            points.add(team.product(team.leads(unit), others))
        return points

    def count(self, team: TeamView, params: NoParams) -> int:
        """Count the members beside the first secretary who share the lead unit."""
        rest = [person for person, role in team.members if role != "first_secretary"]
        return sum(1 for person in rest if person.record.unit == team.lead_unit)

    def kind(self, team: TeamView, person: Person, params: NoParams) -> bool:
        """Return whether the person comes from the unit that leads."""
        return person.record.unit == team.lead_unit
