"""Names of scenarios: what is one, and what stands in braces in the name of a grid."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Any

from matcher.problems import InvalidInput, Problem, shortened

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

#: Characters of a scenario's name at most.
LONGEST = 100


def must_be_a_name(name: Any, taken: Collection[str]) -> None:
    """Refuse what can't be the name of a further scenario.

    Raises
    ------
    InvalidInput
        Where it is taken, empty, too long, or no text that can be saved.
    """
    if not (
        isinstance(name, str)
        and 0 < len(name) <= LONGEST
        and name == name.encode("utf-8", "replace").decode()
    ):
        raise InvalidInput(
            [Problem("scenario_name", "study", None, "name", shortened(name), {"most": LONGEST})]
        )
    if name in taken:
        raise InvalidInput([Problem("scenario_taken", "study", field="name", value=name)])


def name_of(pattern: str, values: Mapping[str, Any]) -> str:
    """Return the name of one scenario of a grid, its values in the place of the braces.

    Raises
    ------
    InvalidInput
        Where something else than the name of a value stands in braces.
    """
    try:
        fields = [field for _, field, _, _ in Formatter().parse(pattern) if field is not None]
        if set(fields) <= set(values):
            return pattern.format(**values)
    except (ValueError, TypeError):  # broken braces, or a format that the value does not have
        pass
    raise InvalidInput(
        [Problem("scenario_braces", "study", None, "name", shortened(pattern), {"known": ", ".join(values)})]
    )
