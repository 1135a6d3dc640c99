"""The reasons that a plan carries for each of its teams and posts."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

#: Weighted points: a whole number.
Weighted = Annotated[int, Field(strict=True, ge=-(10**15), le=10**15)]
#: A sentence by language.
Sentence = dict[str, str]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Brings(_Part):
    """Weighted points of one term that the plan has because of one post."""

    id: str
    weighted: Weighted


class Need(_Part):
    """A need of a village, and who of the team covers it (level 3 or more); nobody where it is uncovered."""

    specialty: str
    need: Annotated[int, Field(strict=True, ge=1, le=5)]
    by: tuple[str, ...] = ()


class PostReason(_Part):
    """Why somebody holds a post.

    Attributes
    ----------
    brings
        What the team's points lose, by term, if the post were empty.
    matched
        The specialty that fits the village's needs best, with the level and the need.
    alone
        Needs that nobody else in the team covers.
    """

    cadre: str
    role: str
    village: str | None = None
    county: str | None = None
    township: str | None = None
    brings: tuple[Brings, ...] = ()
    matched: tuple[str, int, int] | None = None
    alone: tuple[str, ...] = ()
    sentence: Sentence = {}


class TeamReason(_Part):
    """What a team has for its village, and what it lacks.

    Attributes
    ----------
    needs
        The village's needs, the most urgent first, with who covers them.
    bands
        The age bands that the team has: ``young`` (35 or less), ``middle`` (36 to 45), ``old`` (46 or more).
    units
        The units its members come from, the lead unit first.
    stays
        Incumbents who stay in the village.
    """

    village: str
    needs: tuple[Need, ...] = ()
    bands: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    sentence: Sentence = {}

    @property
    def uncovered(self) -> tuple[Need, ...]:
        """The needs that nobody in the team covers: what training or a reserve would have to bring."""
        return tuple(need for need in self.needs if not need.by)


class Explanation(_Part):
    """The reasons of a plan: in short, by team and by post."""

    summary: dict[str, tuple[str, ...]] = {}
    teams: tuple[TeamReason, ...] = ()
    posts: tuple[PostReason, ...] = ()

    def unsaid(self) -> Explanation:
        """Return the reasons as data alone, without their sentences."""
        teams = tuple(team.model_copy(update={"sentence": {}}) for team in self.teams)
        posts = tuple(post.model_copy(update={"sentence": {}}) for post in self.posts)
        return Explanation(teams=teams, posts=posts)

    def _repr_html_(self) -> str:
        """Return it in short, for notebooks."""
        from matcher.notebook import explanation_html  # noqa: PLC0415 - what notebooks show knows this, not the reverse

        return explanation_html(self)
