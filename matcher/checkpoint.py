"""Where a solve stood (``checkpoint/1``): written while it runs, so that another process can go on from there.

What a checkpoint says of a plan is not believed: teams are measured and recounted before a solve goes on from
them, and prices only say where to look for a bound. What is taken as it stands is what an earlier process had
proven when it finished a solve (:class:`Finished`): a solve that is done is not done again.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field

from matcher.certificate import Price
from matcher.plan import Part, Plan, Points, read_part
from matcher.problems import InvalidInput, Problem, shortened
from matcher.result import Status
from matcher.rulebook import RuleBook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from matcher.round import Round
    from matcher.settings import Settings

SCHEMA = "checkpoint/1"
#: The settings that say what is looked for; the others say how long, with what means, and how many plans.
SHAPING = ("kind", "equity", "min_distance", "gap", "rank_gap")

#: Who sits where at one place: (cadre, role).
SavedTeam = tuple[tuple[str, str], ...]
#: What a solve is about: ``first``: what a kind of plan puts before the score; ``plan``: the plan of a rank; ``floor``:
#: the same once the floor is raised; ``pool``: a plan out of teams at hand; ``secretaries``, ``everything``: a plan of
#: substance, by first secretaries alone or by everything that counts.
StageName = Literal["first", "plan", "floor", "pool", "secretaries", "everything"]
_Counted = Annotated[int, Field(strict=True, ge=1)]


class Stage(Part):
    """A part of a ranking in which the score never falls.

    Attributes
    ----------
    rank, solve
        The rank that is worked on, and the number of the solve for it, from 1.
    name
        What the solve is about.
    """

    rank: _Counted
    solve: _Counted
    name: StageName


class SavedFloor(Part):
    """The floor that was raised: the least index of every village as an exact fraction, and whether it is proven."""

    index: Annotated[str, Field(pattern=r"^-?\d{1,18}(/[1-9]\d{0,17})?$")]
    proven: bool


class Finished(Part):
    """A solve that an earlier process had finished; its plan is recounted before it is taken up.

    Attributes
    ----------
    stage
        Where it began.
    method, status
        As in a result.
    plan
        Its plan with every figure.
    bound
        What it proved.
    """

    stage: Stage
    method: str
    status: Status
    plan: Plan | None = None
    bound: Points | None = None


class Checkpoint(Part):
    """Where a solve stood.

    Attributes
    ----------
    round_digest
        The round's.
    rules_digest
        SHA-256 of the rules in effect.
    settings
        The settings that say what is looked for.
    stage
        The solve that is under way.
    teams
        The team of each place in its best plan; empty before there is one.
    score, bound
        That plan's score, and the bound so far: to be read, not to be believed.
    floor
        The floor that was raised, in a stage ``floor``.
    prices
        The prices of the best bound.
    good_teams
        A few teams of each place, the nearest to the bound at these prices.
    finished
        The solves that are done, in order.
    continued
        How often the run had been continued.
    """

    schema_: Literal["checkpoint/1"] = Field(default="checkpoint/1", alias="schema")
    round_digest: str
    rules_digest: str
    settings: dict[str, str | int | float]
    stage: Stage
    teams: dict[str, SavedTeam] = {}
    score: Points | None = None
    bound: Points | None = None
    floor: SavedFloor | None = None
    prices: tuple[Price, ...] = ()
    good_teams: dict[str, tuple[SavedTeam, ...]] = {}
    finished: tuple[Finished, ...] = ()
    continued: Annotated[int, Field(strict=True, ge=0)] = 0

    def document(self) -> dict[str, Any]:
        """Return the checkpoint as ``checkpoint/1`` data, with a digest of its own."""
        content = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        return content | {"digest": _digest(content)}

    def json_text(self) -> str:
        """Return the checkpoint as JSON text, without blanks: it is written often."""
        return json.dumps(self.document(), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Self:
        """Make a checkpoint from ``checkpoint/1`` data.

        Raises
        ------
        InvalidInput
            When it is another kind of document, is damaged, or with every field that is not right.
        """
        content = dict(document)
        schema, digest = content.get("schema"), content.pop("digest", None)
        if schema != SCHEMA:
            raise InvalidInput([Problem("not_a_checkpoint", "checkpoint", field="schema", value=shortened(schema))])
        if digest != _digest(content):
            raise InvalidInput([Problem("checkpoint_damaged", "checkpoint", field="digest")])
        return read_part(cls, content, "checkpoint")

    def must_be_of(self, round_: Round, settings: Settings) -> None:
        """Refuse to go on with anything but the same round, rules and settings.

        Raises
        ------
        InvalidInput
            With all that differs.
        """
        problems = list(self._differences(round_, settings))
        if problems:
            raise InvalidInput(problems)

    def _differences(self, round_: Round, settings: Settings) -> Iterator[Problem]:
        if self.round_digest != round_.digest:
            yield Problem("checkpoint_of_other_round", "checkpoint", field="round_digest")
        elif self.rules_digest != rules_digest(round_):  # another version has other defaults
            yield Problem("checkpoint_of_other_rules", "checkpoint", field="rules_digest")
        asked = shaping(settings)
        for name in asked | self.settings:
            before, now = self.settings.get(name), asked.get(name)
            if before != now:
                details = {"name": name, "before": before, "now": now}
                yield Problem("checkpoint_of_other_setting", "checkpoint", None, f"settings.{name}", "", details)


def shaping(settings: Settings) -> dict[str, str | int | float]:
    """Return the settings that say what is looked for."""
    return {name: getattr(settings, name) for name in SHAPING}


def rules_digest(round_: Round) -> str:
    """Return the SHA-256 of the rules in effect, in hexadecimal."""
    return _digest(RuleBook.of(round_.rules).document())


def _digest(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
