"""The result of a solve (``result/1``): ranked plans, or why there is none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from matcher.plan import Part, Plan, read_part

if TYPE_CHECKING:
    from collections.abc import Mapping

Status = Literal["optimal", "feasible", "infeasible", "unknown", "cancelled"]


class ScreeningEntry(Part):
    """One refusal of the screening: what is refused (no role: every role, no village: everywhere) and why."""

    cadre: str
    role: str | None = None
    village: str | None = None
    township: str | None = None
    rule: str
    reason: dict[str, str]


class TracePoint(Part):
    """Where a solve stood: seconds since its start, best checked score, proven bound.

    Attributes
    ----------
    note
        Of a run that was continued: ``resumed``: a saved plan stood the recount and was gone on from; ``plan_dropped``,
        ``rank_dropped``: the saved plan under way, or that of a finished solve, did not.
    """

    seconds: float
    score: int | None = None
    bound: int | None = None
    note: Literal["resumed", "plan_dropped", "rank_dropped"] | None = None


class Conflict(Part):
    """Rules that can't all be met.

    Attributes
    ----------
    rules
        The rules in conflict: they can't all be met, and without any one of them the rest of them can. A round
        may have further conflicts beside this one.
    minimal
        That this was proven of every one of them.
    villages
        The villages (and townships of captains) whose own rows have a part in it.
    about
        What the rows over several villages that have a part in it are about: {unit}, {cadre}, …
    local
        Whether every one of ``villages`` and ``about`` is proven to be needed.
    short
        The least amounts by which the rules that can give would have to: {rule, subjects, amount}.
    sentences
        The conflict in words, by language.
    """

    rules: tuple[str, ...]
    minimal: bool
    villages: tuple[str, ...] = ()
    about: tuple[dict[str, Any], ...] = ()
    local: bool = False
    short: tuple[dict[str, Any], ...] = ()
    sentences: dict[str, tuple[str, ...]] = {}

    def subjects(self) -> list[dict[str, Any]]:
        """Return what each shortfall is about."""
        return [entry["subjects"] for entry in self.short]


class RankingEnd(Part):
    """Why there are fewer plans than asked for.

    Attributes
    ----------
    rank
        The first rank without a plan.
    reason
        ``none``: proven that no plan is so different from all of them; ``open``: none was found with the effort or
        time given; ``stopped``.
    sentences
        The same in words, by language.
    """

    rank: int
    reason: Literal["none", "open", "stopped"]
    sentences: dict[str, str] = {}


class Infeasibility(Part):
    """Why there is no plan.

    Attributes
    ----------
    conflict
        Rules that can't all be met.
    repairs
        Changes of the round under which a plan is possible, the cheapest first.
    partial
        What can be posted meanwhile; never to be published. Its ``violations`` begin with every breach of a hard rule as
        the checker counts them, at penalty 0; nothing is proven of its score.
    """

    conflict: Conflict
    repairs: tuple[dict[str, Any], ...] = ()
    partial: Plan | None = None


class Result(Part):
    """What a solve found and proved."""

    schema_: Literal["result/1"] = Field(default="result/1", alias="schema")
    status: Status
    plans: tuple[Plan, ...] = ()
    bound: int | None = None
    screening: tuple[ScreeningEntry, ...] = ()
    warnings: tuple[dict[str, Any], ...] = ()
    infeasibility: Infeasibility | None = None
    ranking_ended: RankingEnd | None = None
    trace: tuple[TracePoint, ...] = ()
    provenance: dict[str, Any] = {}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Result:
        """Make a result from ``result/1`` data; its plans are not believed before they are checked.

        Raises
        ------
        InvalidInput
            With every field that is missing, unknown or of the wrong kind.
        """
        return read_part(cls, document, "result")

    def _repr_html_(self) -> str:
        """Return it in short, for notebooks."""
        from matcher.notebook import result_html  # noqa: PLC0415 - what notebooks show knows this, not the reverse

        return result_html(self)

    @property
    def best(self) -> Plan | None:
        """The plan of rank 1, where there is one."""
        return self.plans[0] if self.plans else None

    def document(self) -> dict[str, Any]:
        """Return the result as ``result/1`` data, without blank fields."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)

    def json_text(self) -> str:
        """Return the result as readable JSON text."""
        return json.dumps(self.document(), ensure_ascii=False, indent=1)
