"""Every plan of a tiny round (some four villages and eight cadres), to know the best for certain."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from .facts import Seat
from .figures import count, index
from .plan import Post, arrange
from .reading import read_round
from .rulebook import Doc
from .screening import Screening
from .teams import most_points, seatings, stands_alone
from .terms import competence, village_points, weighted


class Best(NamedTuple):
    """The best plan there is: its score and posts, or no feasible plan."""

    feasible: bool
    score: int | None
    posts: list[dict[str, str]]


def attainable(round_doc: Doc, village_id: str) -> int:
    screen = Screening(read_round(round_doc))
    return most_points(screen, screen.facts.villages[village_id])


def best_plan(
    round_doc: Doc,
    floor: Fraction | None = None,
    asked: Callable[[list[dict[str, str]]], bool] | None = None,
) -> Best:
    """The highest score over all plans that keep every hard rule and, if given, `floor` in every village.

    `asked` looks at a plan's posts and says whether it counts at all.
    """
    search = _Search(round_doc, floor, asked)
    search.by_score(0, [], frozenset(), 0)
    return Best(search.posts is not None, search.score, [_post_row(post) for post in search.posts or []])


def best_floor(round_doc: Doc) -> Fraction | None:
    """The highest worst index over all plans that keep every hard rule; None when there is no plan."""
    search = _Search(round_doc, None)
    search.by_floor(0, [], frozenset(), Fraction(1))
    return search.floor


def _post_row(post: Post) -> dict[str, str]:
    if post.seat.place:
        county, township = post.seat.place
        return {"cadre": post.cadre, "county": county, "township": township, "role": post.seat.role}
    return {"cadre": post.cadre, "village": post.seat.village, "role": post.seat.role}


@dataclass(frozen=True)
class _Option:
    """One way to fill a village or a captaincy. `points` is what it adds to the score before penalties."""

    posts: tuple[Post, ...]
    cadres: frozenset[str]
    points: int
    index: Fraction


class _Search:
    """Fills block after block, a block being a village or a captaincy, never using a cadre twice.

    A branch is cut only when its points cannot beat the best plan found: penalties and `min_change` take
    away, so the points of the options are an upper bound on the score.
    """

    def __init__(
        self,
        round_doc: Doc,
        floor: Fraction | None,
        asked: Callable[[list[dict[str, str]]], bool] | None = None,
    ) -> None:
        self.asked = asked
        self.screen = Screening(read_round(round_doc))
        villages = self.screen.facts.villages.values()
        self.attainable = {village.id: most_points(self.screen, village) for village in villages}
        self.blocks = [*self._village_blocks(floor), *self._captain_blocks()]
        tops = [max((option.points for option in block), default=0) for block in self.blocks]
        self.still_to_come = [sum(tops[depth:]) for depth in range(len(tops) + 1)]
        self.score: int | None = None
        self.posts: list[Post] | None = None
        self.floor: Fraction | None = None

    def _village_blocks(self, floor: Fraction | None) -> Iterator[list[_Option]]:
        facts = self.screen.facts
        for village in facts.villages.values():
            block = []
            for team in seatings(self.screen, village):
                if not stands_alone(self.screen, village, team):
                    continue
                points = weighted(facts, village_points(facts, village, team))
                posts = tuple(Post(cadre, Seat(role, village.id)) for cadre, role in team)
                option = self._option(posts, points, index(points, self.attainable[village.id]))
                if floor is None or option.index >= floor:
                    block.append(option)
            yield sorted(block, key=lambda option: -option.points)

    def _captain_blocks(self) -> Iterator[list[_Option]]:
        facts = self.screen.facts
        rule = facts.rules["township_captain"]
        weight = facts.rules["competence"].weight or 0
        for place in facts.townships if rule.on else []:
            seat = Seat("captain", "", place)
            able = [cadre for cadre in facts.cadres.values() if self.screen.eligible(cadre.id, seat)]
            block = [self._option((Post(c.id, seat),), weight * competence(c), Fraction(1)) for c in able]
            yield block if rule.hard else [*block, self._option((), 0, Fraction(1))]

    def _option(self, posts: tuple[Post, ...], points: int, index: Fraction) -> _Option:
        return _Option(posts, frozenset(post.cadre for post in posts), points, index)

    def by_score(self, depth: int, posts: list[Post], used: frozenset[str], points: int) -> None:
        if self.score is not None and points + self.still_to_come[depth] <= self.score:
            return
        if depth == len(self.blocks):
            score = self._score(posts)
            if score is not None and (self.score is None or score > self.score):
                self.score, self.posts = score, posts
            return
        for option in self.blocks[depth]:
            if not option.cadres & used:
                held = [*posts, *option.posts]
                self.by_score(depth + 1, held, used | option.cadres, points + option.points)

    def by_floor(self, depth: int, posts: list[Post], used: frozenset[str], worst: Fraction) -> None:
        if self.floor is not None and worst <= self.floor:
            return
        if depth == len(self.blocks):
            if self._score(posts) is not None:
                self.floor = worst
            return
        for option in self.blocks[depth]:
            if not option.cadres & used:
                held = [*posts, *option.posts]
                self.by_floor(depth + 1, held, used | option.cadres, min(worst, option.index))

    def _score(self, posts: list[Post]) -> int | None:
        """The plan's score, None when it breaks a hard rule or does not count."""
        if self.asked is not None and not self.asked([_post_row(post) for post in posts]):
            return None
        figures = count(self.screen, arrange(self.screen.facts, posts), self.attainable)
        return None if figures.violations_hard else figures.score
