"""Plan rule ``one_post``: a cadre holds at most one post."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Breach, Limit, LinkRow, Load, NoParams, PlanRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Seat
    from matcher.rulekit import Team
    from matcher.screening.outcome import Screening


class OnePost(PlanRule[NoParams]):
    """Links villages through each cadre; inside one team the model itself keeps a person to one role."""

    id = "one_post"
    name = Text("一人一岗", "One post")
    sentence = Text("一名干部最多担任一个岗位。", "A cadre holds at most one post.")
    why = Text("驻村是全职工作。", "Living in a village is a full-time job.")
    allowed = Text("张三任甲村第一书记。", "One cadre as first secretary of village A.")
    refused = Text("张三同时任甲村和乙村工作队员。", "The same cadre as resident of villages A and B.")
    words = Text("干部{cadre}担任了{posts}个岗位", "cadre {cadre} holds {posts} posts")
    modes = ("hard",)
    captains = True
    Params = NoParams

    def rows(self, facts: Facts, screening: Screening, params: NoParams) -> Iterator[LinkRow]:
        """Return a row for each cadre who passes screening somewhere."""
        for cadre in facts.people:
            if cadre in screening.passing:
                yield LinkRow(cadre, at_most=1, subjects={"cadre": cadre})

    def load(self, team: Team, params: NoParams) -> Iterator[Load]:
        """Put each person's roles here on the person's row."""
        for person in team.people:
            yield Load(person.id, team.held_by(person.id))

    def limits(self, view: PlanView, params: NoParams) -> Iterator[Limit]:
        """Return one post for each cadre who may have one."""
        for person in view.facts.people.values():
            if view.passes_somewhere(person):
                yield Limit(person.id, at_most=1)

    def uses(self, facts: Facts, seat: Seat, person: Person, params: NoParams) -> Mapping[str, int]:
        """Return the member's one post."""
        return {person.id: 1}

    def breaches(self, view: PlanView, params: NoParams) -> Iterator[Breach]:
        """Count the posts of each cadre."""
        for cadre, posts in Counter(post.cadre for post in view.posts).items():
            if posts > 1:
                name = view.facts.people[cadre].record.name
                yield Breach({"cadre": cadre}, posts - 1, {"cadre": name, "posts": posts})
