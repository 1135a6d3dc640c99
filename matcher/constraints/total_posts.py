"""Plan rule ``total_posts``: how many team posts there are in all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from matcher.codes import Text
from matcher.edits import Edit, rule
from matcher.rulekit import Breach, Limit, LinkRow, Load, Params, PlanRule
from matcher.rulekit.phrases import span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Seat
    from matcher.rulekit import Team
    from matcher.screening.outcome import Screening


class TotalPostsParams(Params):
    """``min`` and ``max`` team posts; either may be blank."""

    min: Annotated[int, Field(ge=0, le=1_000_000, strict=True)] | None = None
    max: Annotated[int, Field(ge=0, le=1_000_000, strict=True)] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min is above max")
        return self


class TotalPosts(PlanRule[TotalPostsParams]):
    """Where support seats may vary, which village gets the extra person is part of the decision."""

    id = "total_posts"
    name = Text("岗位总数", "Total posts")
    sentence = Text("工作队岗位总数在规定范围内。", "Team posts in all are within the range.")
    why = Text(
        "选派总数由上级下达；多出的名额给哪个村由方案比较决定。",
        "The total is set from above; who gets the extra person is for the plan.",
    )
    allowed = Text("下限340、上限350，实派346。", "346 posts for a range of 340 to 350.")
    refused = Text("上限346，实派347。", "347 posts, at most 346.")
    words = Text("岗位共{posts}个，应为{asked}个", "{posts} posts, should be {asked}")
    default_mode = "off"
    Params = TotalPostsParams

    def rows(self, facts: Facts, screening: Screening, params: TotalPostsParams) -> Iterator[LinkRow]:
        """Return a row for each limit that is given."""
        if params.min is not None:
            yield LinkRow("min", at_least=params.min)
        if params.max is not None:
            yield LinkRow("max", at_most=params.max)

    def load(self, team: Team, params: TotalPostsParams) -> Iterator[Load]:
        """Put the team's size on both rows."""
        for key, limit in (("min", params.min), ("max", params.max)):
            if limit is not None:
                yield Load(key, team.size())

    def give(self, facts: Facts, breach: Breach, params: TotalPostsParams) -> Edit:
        """Return a limit moved by what is short or over."""
        if breach.subjects["plan"] == "min":
            return rule(self.id, min=(params.min or 0) - breach.amount)
        return rule(self.id, max=(params.max or 0) + breach.amount)

    def limits(self, view: PlanView, params: TotalPostsParams) -> Iterator[Limit]:
        """Return the least and the most posts, each where it is given."""
        if params.min is not None:
            yield Limit("min", at_least=params.min)
        if params.max is not None:
            yield Limit("max", at_most=params.max)

    def uses(self, facts: Facts, seat: Seat, person: Person, params: TotalPostsParams) -> Mapping[str, int]:
        """Return one post, for each limit."""
        return {"min": 1, "max": 1}

    def breaches(self, view: PlanView, params: TotalPostsParams) -> Iterator[Breach]:
        """Count the team posts."""
        posts = sum(len(team.members) for team in view.teams.values())
        data = {"posts": posts, "asked": span(params.min, params.max)}
        if params.min is not None and posts < params.min:
            yield Breach({"plan": "min"}, params.min - posts, data)
        if params.max is not None and posts > params.max:
            yield Breach({"plan": "max"}, posts - params.max, data)
