"""Links of the API's document: from the answer that names something to what can be asked of it next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_VARIABLE = re.compile(r"{(\w+)}")
_REFERENCE = "#/components/schemas/"
_GIVES_ONE = ("get", "post", "put", "patch")

#: What the ``id`` of an answer fills in an address, where no address gives just that answer.
_IDENTIFIERS = {"PlanHead": "plan_id", "MadeKeyView": "key_id"}


def link(document: Mapping[str, Any]) -> None:
    """Put links into all answers that are about one thing with an ``id``."""
    known = _IDENTIFIERS | _shown_alone(document)
    for _, method, operation in _operations(document):
        for status, answer in operation["responses"].items():
            variable = known.get(_schema_of(answer), "")
            if variable and method in _GIVES_ONE and status.startswith("2"):
                answer["links"] = _links(document, variable, operation["operationId"])


def _links(document: Mapping[str, Any], variable: str, own: str) -> dict[str, Any]:
    """Return the links to every operation whose address is complete with that variable."""
    found = {}
    for path, _, operation in _operations(document):
        name = operation["operationId"]
        if name != own and set(_VARIABLE.findall(path)) == {variable}:
            given = {variable: "$response.body#/id"}
            if any(parameter["name"] == "If-Match" for parameter in operation.get("parameters", [])):
                given["header.If-Match"] = "$response.header.ETag"
            found[name] = {"operationId": name, "parameters": given}
    return found


def _shown_alone(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the variable of each address that shows one thing, by the schema of what it shows."""
    found = {}
    for path, method, operation in _operations(document):
        variables = _VARIABLE.findall(path)
        if method == "get" and len(variables) == 1 and path.endswith("_id}"):
            found[_schema_of(operation["responses"].get("200", {}))] = variables[0]
    found.pop("", None)
    return found


def _schema_of(answer: Mapping[str, Any]) -> str:
    """Return the name of the schema of an answer, blank where it has none of a name."""
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).removeprefix(_REFERENCE)


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation
