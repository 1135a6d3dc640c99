"""A run and its repeat: whether their posts are equal, and where that is not promised, why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.jobs.states import ENDED
from api.runs import repository
from api.runs.words import UNEQUAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import sqlalchemy as sa

    from api.runs.repository import Run


def compared(connection: sa.Connection, original: Run, repeat: Run) -> dict[str, Any]:
    """Return what a repeat shows.

    ``equal`` says whether all plans have the same posts and scores, once there are answers to compare; ``reasons``
    say why equality is not promised, and are none where it is.
    """
    both = (original, repeat)
    if not all(run.state in ENDED for run in both):
        return _document(original, None, ["not_ended"])
    digests = [run.result_digest for run in both if run.result_digest is not None]
    if len(digests) < len(both):
        return _document(original, None, ["no_answer"])
    first, second = (repository.document(connection, digest) for digest in digests)
    equal = _essence(first) == _essence(second)
    return _document(original, equal, _reasons(both, (first["provenance"], second["provenance"])))


def _document(original: Run, equal: bool | None, codes: Iterable[str]) -> dict[str, Any]:
    said = [{"code": code, "sentence": {"zh": UNEQUAL[code].zh, "en": UNEQUAL[code].en}} for code in codes]
    return {"of": original.id, "equal": equal, "reasons": said}


def _essence(answer: Mapping[str, Any]) -> Any:
    """Return what must be equal: of results posts and scores, of other answers all that was said but how it came about."""
    if "status" in answer:
        return answer["status"], _posts(answer)
    if "scenarios" in answer:
        return [(one["name"], one["result"] and _essence(one["result"])) for one in answer["scenarios"]]
    if "result" in answer:
        return _essence(answer["result"])
    plan = answer.get("plan")
    said = {name: value for name, value in answer.items() if name not in ("provenance", "plan", "turns")}
    return said, plan and _posts({"plans": [plan]})


def _posts(result: Mapping[str, Any]) -> list[tuple[int, list[list[tuple[str, str]]]]]:
    """Return score and posts of every plan, the posts in an order of their own."""
    return [
        (plan["score"], sorted(sorted(post.items()) for post in plan["posts"]))
        for plan in result.get("plans", ())
    ]


def _reasons(
    both: tuple[Run, Run], provenances: tuple[Mapping[str, Any], Mapping[str, Any]]
) -> Iterator[str]:
    """Yield why equality is not promised."""
    if any("continued" in provenance for provenance in provenances):
        yield "continued"
    if any(run.asked == "stop" for run in both):
        yield "stopped"
    # A limit that was not reached changes nothing.
    elif "time_limit" in both[0].settings and not all(one["reproducible"] for one in provenances):
        yield "time_limited"
    first, second = provenances
    if first["rules"] != second["rules"]:
        yield "other_rules"
    if first["versions"] != second["versions"]:
        yield "other_versions"
