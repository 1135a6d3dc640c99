"""Plan rule ``young_share``: enough posts are held by young cadres."""

from __future__ import annotations

from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

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


class YoungShareParams(Params):
    """``min_share`` of the team posts, rounded up to whole posts; ``min_posts``, where given, counts in its place."""

    min_share: Share = Decimal("0.20")
    min_posts: Annotated[int, Field(ge=0, le=1_000_000, strict=True)] | None = None

    @property
    def share(self) -> Decimal | None:
        """The share asked for; None where a number of posts is asked for in its place."""
        return self.min_share if self.min_posts is None else None


class YoungShare(PlanRule[YoungShareParams]):
    """That share, or number, of team posts is held by people of 35 or younger."""

    id = "young_share"
    name = Text("年轻干部比例", "Share of young cadres")
    sentence = Text(
        "35岁以下（含35岁）干部占工作队岗位的比例（默认20%，按整岗向上取整）或人数不低于规定。",
        "That share (rounded up to whole posts), or number, of team posts is held by people of 35 or younger.",
    )
    why = Text(
        "驻村是培养锻炼年轻干部的主渠道，并保证老中青搭配。", "Villages are where young cadres are trained."
    )
    allowed = Text("69个岗位中14人不超过35岁。", "14 of 69 posts at 20 %.")
    refused = Text("69个岗位中13人不超过35岁。", "13 of 69 posts at 20 %.")
    words = Text("年轻干部{held}人，应有{needed}人", "{held} young cadres, {needed} needed")
    default_mode = "soft"
    default_weight = 30
    Params = YoungShareParams

    def rows(self, facts: Facts, screening: Screening, params: YoungShareParams) -> Iterator[LinkRow]:
        """Return the one row: young posts against the share of all posts, in whole numbers."""
        if params.min_posts is not None:
            yield LinkRow("young", at_least=params.min_posts)
        else:
            yield LinkRow("young", at_least=0, step=(params.share or Decimal(0)).as_integer_ratio()[1])

    def load(self, team: Team, params: YoungShareParams) -> Iterator[Load]:
        """Put the team's young members on the row, less the share of its size."""
        young = team.count(lambda person: person.young)
        if params.min_posts is None:
            over, under = (params.share or Decimal(0)).as_integer_ratio()
            young = young * under - team.size() * over
        yield Load("young", young)

    def give(self, facts: Facts, breach: Breach, params: YoungShareParams) -> Edit:
        """Return the number or the share that is held."""
        held, posts = breach.data["held"], breach.data["posts"]
        if params.min_posts is not None:
            return rule(self.id, min_posts=held)
        return rule(self.id, min_share=share_held(held, posts))

    def limits(self, view: PlanView, params: YoungShareParams) -> Iterator[Limit]:
        """Return the number asked for, or that the young are as many as the share of all members."""
        if params.share is None:
            yield Limit("young", at_least=params.min_posts)
        else:
            yield Limit("young", at_least=0, step=params.share.as_integer_ratio()[1])

    def uses(self, facts: Facts, seat: Seat, person: Person, params: YoungShareParams) -> Mapping[str, int]:
        """Return a young member as a whole, less the share that any member asks for."""
        share, whole = (0, 1) if params.share is None else params.share.as_integer_ratio()
        return {"young": (whole if person.age <= 35 else 0) - share}  # noqa: PLR2004 - 35 岁以下 includes 35

    def breaches(self, view: PlanView, params: YoungShareParams) -> Iterator[Breach]:
        """Count the young among all team posts."""
        ages = [person.age for team in view.teams.values() for person, _ in team.members]
        held = sum(1 for age in ages if age <= 35)  # noqa: PLR2004 - 35 岁以下 includes 35
        share = params.share
        needed = params.min_posts if share is None else ceil(share * len(ages))
        if needed is not None and held < needed:
            yield Breach(
                {"plan": "young"}, needed - held, {"held": held, "needed": needed, "posts": len(ages)}
            )
