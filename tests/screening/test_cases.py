"""Every screening rule against its cases: one candidate, x, and which seats the rule shuts to them.

A case names the seats that are shut; all others of the round are open. The rule is read as the engine
reads it (refusals), as the checker does (permits), as the outside auditor does, and switched off.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from matcher import screening
from matcher.codes import TEAM_ROLES, Language
from matcher.plan import Post
from matcher.round import Round, Seat
from matcher.rulekit import Refusal, ScreeningRule
from tests.outside import facts as outside_facts
from tests.outside.reading import read_round as outside_round
from tests.outside.screening import Screening as OutsideScreening
from tests.rulekit.case_files import Case, Data, as_list, cases_in, several
from tests.rulekit.readings import Table, audited, for_the_auditor
from tests.rulekit.rounds import every_other_rule_off, round_of

CASES = cases_in(Path(__file__).parent / "cases")
RULES: dict[str, ScreeningRule[Any]] = {rule.id: rule for rule in screening.RULES}
VILLAGES: Data = {"V": {"township": "河口"}, "W": {"township": "山前"}}
#: Of section rank, so that the seats of captains are theirs to lose.
SOMEBODY: Data = {"unit": "U", "rank": "section_deputy"}
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def document_of(case: Case, *, on: bool = True) -> Data:
    """The round of a case, its rule alone in force, with seats of every role."""
    data = case.data
    villages = data["villages"] or VILLAGES
    round_data: Data = {
        "round": data["round"],
        "villages": {id_: {"support_max": 1} | fields for id_, fields in villages.items()},
        "units": {"U": data.get("unit") or {}} | data["units"],
        "people": {"x": SOMEBODY | (data.get("cadre") or {})} | data["people"],
        "decisions": data.get("decisions"),
    }
    if "incumbent" in data:
        round_data["incumbents"] = [{"cadre": "x"} | data["incumbent"]]
    document = round_of(round_data)
    captains = {"id": "township_captain", "mode": "soft", "weight": 0}
    rules = [row for row in every_other_rule_off(case.rule) if row["id"] != "township_captain"]
    if case.rule != "decisions":
        rules.append({"id": case.rule, "mode": "on" if on else "off", "params": data["params"]})
    document["rules"] = [*rules, captains]
    return document


@cache
def table_of(case: Case) -> Table:
    return Table.of(document_of(case))


def seats_of(round_: Round) -> list[Seat]:
    facts = round_.facts
    seats = [place.seat(role) for place in facts.places.values() for role in TEAM_ROLES]
    return [*seats, *(place.seat("captain") for place in facts.townships.values())]


def shut_seats(case: Case, round_: Round) -> set[Seat]:
    """The seats that the case says are shut: ``everything``, roles, or places with ``all`` or their roles."""
    shut = case.data.get("shut") or {}
    assert bool(shut) == (case.verdict == "refused"), f"{case}: refused, and only then, with shut seats"
    seats = seats_of(round_)
    if shut == "everything":
        return set(seats)
    if not isinstance(shut, dict):
        return {seat for seat in seats if seat.role in several(shut)}
    found = {
        seat
        for place, roles in shut.items()
        for seat in seats
        if place in (seat.village, _captains_place(seat)) and (roles == "all" or seat.role in several(roles))
    }
    named = {seat.village or _captains_place(seat) for seat in found}
    assert named == set(shut), f"{case}: no such seats"
    return found


def _captains_place(seat: Seat) -> str | None:
    """A captain's place as cases write it: ``township``, or ``county/township`` where counties are named."""
    return None if seat.village else "/".join(part for part in seat.township if part)


def refusals_of(table: Table, rule: ScreeningRule[Any]) -> list[Refusal]:
    params = next(item.params for item in table.book.screening if item.rule.id == rule.id)
    facts = table.round.facts
    return list(rule.refusals(facts, facts.people["x"], params))


def post_in(seat: Seat) -> Post:
    if seat.village is not None:
        return Post(cadre="x", role=seat.role, village=seat.village)
    return Post(cadre="x", role=seat.role, county=seat.township[0], township=seat.township[1])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_engines_refusals(case: Case) -> None:
    table, rule = table_of(case), RULES[case.rule]
    refusals = refusals_of(table, rule)
    shut = shut_seats(case, table.round)
    assert {seat for seat in seats_of(table.round) if any(r.covers(seat) for r in refusals)} == shut
    for language in LANGUAGES:
        sentences = [rule.say(refusal.data, language) for refusal in refusals]
        assert all(sentences)
        if "says" in case.data:
            assert list(dict.fromkeys(sentences)) == as_list(case.data["says"][language])
    assert case.data.get("refusals", len(refusals)) == len(refusals)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_model_has_no_such_decision(case: Case) -> None:
    """Neither the screening of the whole round nor the model knows a shut seat, and they know every open one."""
    table = table_of(case)
    instance = table.instance
    shut = shut_seats(case, table.round)
    may_lead_a_township = table.round.units[0].level != "township"
    for seat in seats_of(table.round):
        place = seat.village or "/".join(seat.township)
        is_open = seat not in shut and (seat.role != "captain" or may_lead_a_township)
        assert (("x", seat.role) in instance.blocks[place].variable) == is_open, seat
        assert ("x" in {p.id for p in instance.screening.eligible[place][seat.role]}) == is_open, seat


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_check_permits_the_rest(case: Case) -> None:
    table, rule = table_of(case), RULES[case.rule]
    shut = shut_seats(case, table.round)
    person = table.round.facts.people["x"]
    params = next(item.params for item in table.book.screening if item.rule.id == rule.id)
    for seat in seats_of(table.round):
        assert rule.permits(table.round.facts, person, seat, params) == (seat not in shut), seat
        post = post_in(seat)
        assert table.view([post]).permits(person, seat) == ([rule.id] if seat in shut else [])
        refused = [row for row in table.recount([post]).broken if row.rule == rule.id and _names(row)]
        assert bool(refused) == (seat in shut)


def _names(broken: Any) -> bool:
    """Whether a breach is of a posting, and not of the plan rule of the same name (``decisions``)."""
    return "cadre" in broken.breach.subjects


@pytest.mark.parametrize("case", [case for case in CASES if audited(case.rule)], ids=str)
def test_the_outside_auditor_agrees(case: Case) -> None:
    document = document_of(case)
    round_ = Round.from_document(document)
    audit = OutsideScreening(outside_round(for_the_auditor(document)))
    shut = shut_seats(case, round_)
    for seat in seats_of(round_):
        asked = outside_facts.Seat(seat.role, seat.village or "", None if seat.village else seat.township)
        assert (case.rule in audit.refusals("x", asked)) == (seat in shut), seat


@pytest.mark.parametrize("case", [case for case in CASES if case.rule != "decisions"], ids=str)
def test_off_it_shuts_nothing(case: Case) -> None:
    table = Table.of(document_of(case, on=False))
    instance = table.instance
    assert not instance.screening.refusals
    person = table.round.facts.people["x"]
    assert not any(table.view([]).permits(person, seat) for seat in seats_of(table.round))
