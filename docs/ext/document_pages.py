"""The fields of plan/1, result/1 and the settings, from the models; the meanings stand here, one a field."""

from __future__ import annotations

import types
from typing import Any, Literal, Union, get_args, get_origin

from markdown import cell, code, table
from meanings import MEANINGS
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from matcher import certificate, checkpoint, explanation, plan, result, settings

#: The models of each page in the order in which they are shown.
MODELS: dict[str, tuple[type[BaseModel], ...]] = {
    "plan": (
        plan.Plan, plan.Post, plan.Bundle, plan.TermPoints, plan.VillagePoints, plan.Violation, plan.Reserve,
        plan.Substitute, plan.Floor, plan.Distance, plan.First, plan.Tradeoff, plan.TermChange,
        explanation.Explanation, explanation.TeamReason, explanation.Need, explanation.PostReason, explanation.Brings,
        certificate.Certificate, certificate.Price, certificate.BlockBound,
    ),
    "result": (
        result.Result, result.ScreeningEntry, result.TracePoint, result.RankingEnd, result.Infeasibility, result.Conflict,
    ),
    "checkpoint": (checkpoint.Checkpoint, checkpoint.Stage, checkpoint.SavedFloor, checkpoint.Finished),
    "settings": (settings.Settings, settings.Relax),
}  # fmt: skip


def page(name: str) -> str:
    """Return the tables of a page's models."""
    return "\n".join(_section(model) for model in MODELS[name])


def anchor(model: type[BaseModel]) -> str:
    """Return the label of a model, for links."""
    return f"model-{model.__name__.lower()}"


def _section(model: type[BaseModel]) -> str:
    meanings = MEANINGS[model.__name__]
    rows = []
    for name, field in model.model_fields.items():
        shown = field.alias or name
        needed = "**Needed.** " if field.is_required() else ""
        meaning = needed + meanings[shown].replace("|", "\\|")
        rows.append([code(shown), _type(field.annotation) + _default(field), meaning])
    stale = meanings.keys() - {field.alias or name for name, field in model.model_fields.items()} - {""}
    if stale:
        raise LookupError(f"docs/ext/meanings.py speaks of {sorted(stale)}, which {model.__name__} has not")
    intro = f"{meanings['']}\n\n" if "" in meanings else ""
    return f"({anchor(model)})=\n\n## `{model.__name__}`\n\n{intro}{table(['field', 'form', 'meaning'], rows, 'fields')}"


def _default(field: Any) -> str:
    if field.default is PydanticUndefined or field.default in (None, "", (), {}):
        return ""
    return f"<br>blank: {code(field.default)}"


def _type(annotation: Any) -> str:
    """Return what stands in JSON, in words."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        parts = [_type(part) for part in arguments if part is not type(None)]
        return " or ".join(dict.fromkeys(parts))
    if origin is Literal:
        return " · ".join(code(value) for value in arguments)
    if origin is tuple:
        return f"list of {_type(arguments[0])}"
    if origin is dict:
        return "map"
    if hasattr(annotation, "__metadata__"):
        return _type(arguments[0])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[`{annotation.__name__}`](#{anchor(annotation)})"
    return {str: "text", int: "whole number", float: "number", bool: "`true` / `false`"}.get(
        annotation, cell(annotation)
    )
