"""Questions: what tells one from another, so that the same is not worked on twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.storage.canonical import canonical_json, digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_ASKED = ("kind", "settings", "seed", "versions")


def digest_of_question(row: Mapping[str, Any]) -> str:
    """Return the digest of what a run asks: of the round and the plans by their content, not by their names.

    Parameters
    ----------
    row
        The run's row; its ``question`` has the digests of the round and of the plans.
    """
    question = {name: value for name, value in row["question"].items() if name != "plan"}
    return digest_of(canonical_json({**{name: row[name] for name in _ASKED}, "question": question}))
