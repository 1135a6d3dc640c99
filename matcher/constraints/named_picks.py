"""Plan rule ``named_picks``: whoever was picked by name is posted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.edits import Edit, cell
from matcher.rulekit import Breach, Limit, LinkRow, Load, NoParams, PlanRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Seat
    from matcher.rulekit import Team
    from matcher.screening.outcome import Screening


class NamedPicks(PlanRule[NoParams]):
    """Every named pick who passes screening for at least one seat has a post; others are a warning."""

    id = "named_picks"
    name = Text("点名抽派", "Named picks")
    sentence = Text(
        "点名抽派且至少通过一个岗位审查的干部须有岗位；未通过的给出提醒。",
        "Every named pick who passes screening for at least one seat has a post; others are a warning.",
    )
    why = Text("点名抽派由组织部门直接确定，方案须落实。", "The Organization Department itself named them.")
    allowed = Text("点名抽派的干部任工作队员。", "A named pick as a resident.")
    refused = Text("点名抽派、审查合格的干部没有岗位。", "A named pick who passes screening without a post.")
    words = Text("点名抽派的{cadre}没有岗位", "named pick {cadre} has no post")
    captains = True
    Params = NoParams

    def rows(self, facts: Facts, screening: Screening, params: NoParams) -> Iterator[LinkRow]:
        """Return a row for each named pick who passes screening."""
        for person in facts.people.values():
            if person.record.named_pick and person.id in screening.passing:
                yield LinkRow(person.id, at_least=1, subjects={"cadre": person.id})

    def load(self, team: Team, params: NoParams) -> Iterator[Load]:
        """Put each named pick's roles here on the pick's row."""
        for person in team.people:
            if person.record.named_pick:
                yield Load(person.id, team.held_by(person.id))

    def give(self, facts: Facts, breach: Breach, params: NoParams) -> Edit:
        """Return that the cadre is no named pick."""
        return cell("cadres", breach.subjects["cadre"], named_pick=False)

    def limits(self, view: PlanView, params: NoParams) -> Iterator[Limit]:
        """Return a post for each named pick who may have one."""
        for person in view.facts.people.values():
            if person.record.named_pick and view.passes_somewhere(person):
                yield Limit(person.id, at_least=1)

    def uses(self, facts: Facts, seat: Seat, person: Person, params: NoParams) -> Mapping[str, int]:
        """Return a named pick's post."""
        return {person.id: 1} if person.record.named_pick else {}

    def breaches(self, view: PlanView, params: NoParams) -> Iterator[Breach]:
        """Look for each named pick's post."""
        posted = {post.cadre for post in view.posts}
        for person in view.facts.people.values():
            if person.record.named_pick and person.id not in posted and view.passes_somewhere(person):
                yield Breach({"cadre": person.id}, 1, {"cadre": person.record.name})
