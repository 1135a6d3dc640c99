"""Oddities that a real round may have: worth a warning, no reason to refuse it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.problems import Problem, shortened
from matcher.rulebook import RuleBook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.round.model import Round


def warnings(round_: Round) -> Iterator[Problem]:
    """Yield the oddities of a round that stands."""
    facts = round_.facts
    untyped = [village.id for village in round_.villages if not village.types]
    if untyped:
        typed = len(round_.villages) - len(untyped)
        details = {"typed": typed, "villages": len(round_.villages), "untyped": untyped}
        yield Problem("types_do_not_add_up", "villages", None, "types", "", details, "warning")
    for index, village in enumerate(round_.villages):
        if not village.needs:
            given = bool(facts.needs_of(village))
            code = "needs_from_types" if given else "no_needs"
            yield Problem(code, "villages", index, "needs", "", {"village": village.id}, "warning")
    sending = {cadre.unit for cadre in round_.cadres}
    for index, unit in enumerate(round_.units):
        if unit.id not in sending:
            yield Problem("unit_without_cadres", "units", index, "id", unit.id, {}, "warning")
    start = round_.starts_on or round_.as_of
    for index, row in enumerate(round_.incumbents):
        if row.since is None:
            yield Problem("since_blank", "incumbents", index, "since", "", {"cadre": row.cadre}, "warning")
        elif row.since > start:
            yield Problem("since_after_start", "incumbents", index, "since", str(row.since), {}, "warning")
    yield from _joined_without(round_)
    yield from _unclear_townships(round_)
    yield from _odd_spouses(round_)
    yield from _unasked_conditions(round_)
    yield from _idle_weights(round_)
    yield from _unknown_captains(round_)


def _unclear_townships(round_: Round) -> Iterator[Problem]:
    """Yield native townships that are nearly one of the round's: as written, the recusal would be lost."""
    known = {village.township for village in round_.villages}
    for index, cadre in enumerate(round_.cadres):
        for field in ("native_township", "spouse_native_township"):
            text = getattr(cadre, field)
            if text and "/" not in text and text not in known:
                near = sorted(name for name in known if text.endswith(name) or name.startswith(text))
                if near:
                    details = {"nearest": near[0]}
                    yield Problem(
                        "township_unclear", "cadres", index, field, shortened(text), details, "warning"
                    )


def _joined_without(round_: Round) -> Iterator[Problem]:
    """Yield cadres with a date of full membership who are no full members."""
    for index, cadre in enumerate(round_.cadres):
        if cadre.party_joined is not None and cadre.political_status not in (None, "中共党员"):
            details = {"status": cadre.political_status}
            value = cadre.party_joined.isoformat()
            yield Problem("joined_not_member", "cadres", index, "party_joined", value, details, "warning")


def _odd_spouses(round_: Round) -> Iterator[Problem]:
    spouse = {cadre.id: cadre.spouse for cadre in round_.cadres}
    for index, cadre in enumerate(round_.cadres):
        other = spouse.get(cadre.spouse or "")
        if other is not None and other != cadre.id:
            yield Problem("spouse_disagrees", "cadres", index, "spouse", cadre.spouse or "", {}, "warning")


def _unasked_conditions(round_: Round) -> Iterator[Problem]:
    """Yield the conditions that no rule of the round asks about."""
    seen = {code for row in round_.rules if row.id == "qualification" for code in row.params.get("items", ())}
    for index, cadre in enumerate(round_.cadres):
        for code in cadre.conditions:
            if code not in seen:
                seen.add(code)
                yield Problem("condition_not_asked", "cadres", index, "conditions", code, {}, "warning")


def _idle_weights(round_: Round) -> Iterator[Problem]:
    """Yield weights of plan rules that are not soft, where they say nothing."""
    book = RuleBook.of(round_.rules)
    modes = {item.rule.id: item.mode for item in book.plan}
    for index, row in enumerate(round_.rules):
        if row.weight is not None and modes.get(row.id, "soft") != "soft":
            details = {"rule": row.id, "mode": modes[row.id]}
            yield Problem("weight_unused", "rules", index, "weight", str(row.weight), details, "warning")


def _unknown_captains(round_: Round) -> Iterator[Problem]:
    """Yield townships and units of the captains' rule that this round does not have (a rule set may serve several)."""
    facts = round_.facts
    known = {township for _, township in facts.townships} | {"/".join(t) for t in facts.townships}
    for index, row in enumerate(round_.rules):
        if row.id != "township_captain":
            continue
        for township, units in row.params.get("units", {}).items():
            if township not in known:
                yield Problem(
                    "unknown_township", "rules", index, "params", shortened(township), {}, "warning"
                )
            for unit in units:
                if unit not in facts.units:
                    details = {"target": "units"}
                    yield Problem(
                        "dangling_id", "rules", index, "params", shortened(unit), details, "warning"
                    )
