"""Plan rule ``section_rank_share``: enough posts are held by section rank or above."""

from __future__ import annotations

from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.edits import Edit, rule
from matcher.rulekit import Breach, Limit, LinkRow, Load, Params, PlanRule
from matcher.rulekit.base import Share, share_held

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Seat
    from matcher.rulekit import Team
    from matcher.screening.outcome import Screening


class SectionRankShareParams(Params):
    """``min_share`` of the team posts, rounded up to whole posts."""

    min_share: Share = Decimal("0.20")


class SectionRankShare(PlanRule[SectionRankShareParams]):
    """That share of team posts is held by section rank or above (科级以上)."""

    id = "section_rank_share"
    name = Text("科级以上比例", "Share of section rank")
    sentence = Text(
        "科级以上干部（含高级职称）占工作队岗位的比例不低于规定（默认20%，按整岗向上取整）。",
        "That share (rounded up to whole posts) of team posts is held by section rank or above.",
    )
    why = Text("有级别的干部更能协调资源。", "People of rank can move resources.")
    allowed = Text("69个岗位中14名科级。", "14 of 69 posts at 20 %.")
    refused = Text("69个岗位中13名科级。", "13 of 69 posts at 20 %.")
    words = Text("科级以上{held}人，应有{needed}人", "{held} of section rank, {needed} needed")
    default_mode = "off"
    Params = SectionRankShareParams

    def rows(self, facts: Facts, screening: Screening, params: SectionRankShareParams) -> Iterator[LinkRow]:
        """Return the one row, in whole numbers."""
        yield LinkRow("rank", at_least=0, step=params.min_share.as_integer_ratio()[1])

    def load(self, team: Team, params: SectionRankShareParams) -> Iterator[Load]:
        """Put the team's members of rank on the row, less the share of its size."""
        over, under = params.min_share.as_integer_ratio()
        yield Load("rank", team.total(lambda person, role: under * person.section_rank - over))  # noqa: ARG005

    def give(self, facts: Facts, breach: Breach, params: SectionRankShareParams) -> Edit:
        """Return the share that is held."""
        return rule(self.id, min_share=share_held(breach.data["held"], breach.data["posts"]))

    def limits(self, view: PlanView, params: SectionRankShareParams) -> Iterator[Limit]:
        """Return that the members of rank are as many as the share of all members."""
        yield Limit("rank", at_least=0, step=params.min_share.as_integer_ratio()[1])

    def uses(
        self, facts: Facts, seat: Seat, person: Person, params: SectionRankShareParams
    ) -> Mapping[str, int]:
        """Return a member of rank as a whole, less the share that any member asks for."""
        share, whole = params.min_share.as_integer_ratio()
        return {"rank": whole - share if person.section_rank else -share}

    def breaches(self, view: PlanView, params: SectionRankShareParams) -> Iterator[Breach]:
        """Count the members of rank among all team posts."""
        ranked = [person.section_rank for team in view.teams.values() for person, _ in team.members]
        needed = ceil(params.min_share * len(ranked))
        if sum(ranked) < needed:
            data = {"held": sum(ranked), "needed": needed, "posts": len(ranked)}
            yield Breach({"plan": "rank"}, needed - sum(ranked), data)
