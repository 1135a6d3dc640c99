"""The round itself: one selection round, frozen after validation."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from pydantic import model_validator

from matcher.problems import InvalidInput, Problem
from matcher.round import frames, intake, integrity, oddities
from matcher.round.facts import Facts
from matcher.round.fields import RoundFields
from matcher.round.records import (
    BaselinePost,
    Cadre,
    Decision,
    Incumbent,
    RuleOverride,
    Suitability,
    Unit,
    Village,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


class Round(RoundFields):
    """A selection round: villages with needs, units with resources, candidates, and the rules in force.

    Build it with :meth:`from_document` (JSON data), :meth:`from_frames` (pandas) or
    :func:`matcher.tables.read_round` (workbook, CSV folder, JSON file): these report every problem at
    once. A round never changes; :meth:`patched` makes a new one.
    """

    villages: tuple[Village, ...]
    units: tuple[Unit, ...]
    cadres: tuple[Cadre, ...]
    incumbents: tuple[Incumbent, ...] = ()
    decisions: tuple[Decision, ...] = ()
    suitability: tuple[Suitability, ...] = ()
    baseline: tuple[BaselinePost, ...] = ()
    rules: tuple[RuleOverride, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        problems = integrity.errors(self)
        if problems:
            raise InvalidInput(problems)
        return self

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Round:
        """Make a round from ``round/1`` data.

        Parameters
        ----------
        document
            The parsed JSON document.

        Raises
        ------
        InvalidInput
            With every problem of the document, not just the first.
        """
        return cls.model_validate(intake.validated(document))

    @classmethod
    def from_frames(cls, tables: Mapping[str, pd.DataFrame], **fields: Any) -> Round:
        """Make a round from one DataFrame a table, as :meth:`frames` gives them.

        Parameters
        ----------
        tables
            Table name (``villages``, ``units``, ``cadres`` …) to DataFrame; its columns are field
            names, lists and maps are Python lists and dicts, blanks are None or NaN. Ids are text.
        **fields
            The round's own fields: ``id``, ``as_of``, ``name`` …

        Raises
        ------
        InvalidInput
            With every problem of the tables.
        """
        return cls.from_document(frames.document_from(tables, fields))

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return one DataFrame a table, with every field as a column, empty tables included."""
        return frames.frames_of(self)

    def document(self) -> dict[str, Any]:
        """Return the round as ``round/1`` data, without blank fields."""
        fields = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        return {key: _without_blanks(value) for key, value in fields.items() if not _is_blank(value)}

    def canonical_json(self) -> str:
        """Return the one JSON text of this round: sorted keys, no white space, no blank fields."""
        return json.dumps(self.document(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()

    @cached_property
    def facts(self) -> Facts:
        """What follows from the records: ages, needs, strengths, who is where now."""
        return Facts(self)

    @cached_property
    def warnings(self) -> tuple[Problem, ...]:
        """Oddities that a real round may have; none of them stops a solve."""
        return tuple(oddities.warnings(self))

    def _repr_html_(self) -> str:
        """Return it in short, for notebooks."""
        from matcher.notebook import round_html  # noqa: PLC0415 - what notebooks show knows this, not the reverse

        return round_html(self)

    def patched(self, **changes: Any) -> Round:
        """Return a new round with other fields; ``changes`` are as in the document.

        Raises
        ------
        InvalidInput
            When the changed round is not valid.
        """
        return Round.from_document({**self.document(), **changes})


def _is_blank(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, list | dict) and not value)


def _without_blanks(value: Any) -> Any:
    """Drop the blank fields of records (a list of dicts), leaving maps and values inside maps alone."""
    if not isinstance(value, list):
        return value
    return [
        {k: v for k, v in row.items() if not _is_blank(v)} if isinstance(row, dict) else row for row in value
    ]
