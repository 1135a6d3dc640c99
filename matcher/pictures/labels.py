"""Labels of pictures: names, told apart where several villages or units have the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from matcher.exports.names import Names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matcher.codes import Language
    from matcher.round import Round


def village_names(round_: Round, language: Language = "zh") -> dict[str, str]:
    """Return each village's label: its name, with the township where others have that name, with the id where it must be."""
    names = Names(round_.facts, language)
    return _apart({village.id: village.name for village in round_.villages}, names.village_at)


def unit_names(round_: Round) -> dict[str, str]:
    """Return each unit's label: its name, with the id where others have that name."""
    return _apart({unit.id: unit.name for unit in round_.units}, lambda _: "")


def _apart(names: Mapping[str, str], longer: Callable[[str], str]) -> dict[str, str]:
    once = Counter(names.values())
    labels = {id_: name if once[name] == 1 else longer(id_) or name for id_, name in names.items()}
    still = Counter(labels.values())
    return {id_: label if still[label] == 1 else f"{label} {id_}" for id_, label in labels.items()}
