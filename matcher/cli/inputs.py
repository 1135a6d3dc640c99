"""Reading what a command is given: rounds, and plans from plan or result documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from matcher.cli.refusals import refuse
from matcher.exports import Material, PlanRefused
from matcher.plan import Plan
from matcher.problems import InvalidInput, Location
from matcher.result import Result
from matcher.tables import Limits, located_warnings, read_document, round_of
from matcher.tables.json_file import read_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matcher.certificate import Certificate
    from matcher.exports import Background
    from matcher.problems import Problem
    from matcher.round import Round


ReadT = TypeVar("ReadT")


@dataclass(frozen=True, slots=True)
class Read:
    """A round that was read, with its warnings located in the file."""

    round: Round
    warnings: tuple[Problem, ...]


def read_located(path: Path) -> Read:
    """Read a round with its warnings.

    Raises
    ------
    InvalidInput
        With every problem, each with its place in the file.
    """
    source = read_document(path)
    round_ = round_of(source)
    return Read(round_, located_warnings(source, round_))


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans of a file, and where they come from if it says so."""

    plans: tuple[Plan, ...]
    provenance: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One plan of a file, with those ranked better, and where it comes from."""

    plan: Plan
    better: tuple[Plan, ...]
    provenance: dict[str, Any]


def plan_of_rank(path: Path, rank: int) -> Ranked:
    """Read the plan of one rank.

    Raises
    ------
    InvalidInput
        When the file can't be read.
    Refused
        When it holds no plan of that rank.
    """
    read = read_plans(path)
    if rank > len(read.plans):
        raise refuse("no_such_rank", "--rank", path=path.name, rank=rank)
    return Ranked(read.plans[rank - 1], read.plans[: rank - 1], read.provenance)


def checked(background: Background, path: Path, ranked: Ranked) -> Material:
    """Check a plan of a file against the round at hand.

    Raises
    ------
    Refused
        When it does not stand the recount there: most likely it was found for another round.
    """
    try:
        return Material.checked(background, ranked.plan, ranked.provenance, ranked.better)
    except PlanRefused as refused:
        raise refuse("plan_of_other_round", path=path.name) from refused


def with_prices(material: Material, path: Path) -> Certificate:
    """Return the certificate of a plan, for questions that its prices answer.

    Raises
    ------
    Refused
        Where it has none, or one of another round.
    """
    certificate = material.plan.certificate
    if certificate is None:
        raise refuse("no_certificate", path=path.name)
    if certificate.round_digest != material.round.digest:
        raise refuse("prices_of_other_round", path=path.name)
    return certificate


def read_plans(path: Path) -> Plans:
    """Read the plans of a ``plan/1`` or ``result/1`` document.

    Raises
    ------
    InvalidInput
        When the file can't be read, or with every field that is missing, unknown or of the wrong kind.
    Refused
        When it is neither, or holds no plan.
    """
    if path.exists() and path.suffix.lower() != ".json":
        raise refuse("not_a_plan", path=path.name)
    try:
        document = read_json(path, Limits())
    except InvalidInput as error:
        if any(problem.code == "not_a_round" for problem in error.problems):
            raise refuse("not_a_plan", path=path.name) from None
        raise
    schema = document.get("schema")
    if schema == "plan/1":
        return Plans((_located(path, lambda: Plan.from_document(document)),), {})
    if schema != "result/1":
        raise refuse("not_a_plan", path=path.name)
    result = _located(path, lambda: Result.from_document(document))
    if not result.plans:
        raise refuse("no_plan_in_file", path=path.name)
    for place, plan in enumerate(result.plans, start=1):
        if plan.rank != place:
            raise refuse("ranks_out_of_order", path=path.name, place=place, rank=plan.rank)
    return Plans(result.plans, result.provenance)


def _located(path: Path, read: Callable[[], ReadT]) -> ReadT:
    """Return what ``read`` reads; what is wrong with it has its path in the file as its place."""
    try:
        return read()
    except InvalidInput as error:
        raise InvalidInput(
            problem.at(Location(path.name, column=problem.field)) for problem in error.problems
        ) from None
