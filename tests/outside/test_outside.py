"""Rounds counted by hand: what the recount must find, the sums in the comments."""

from typing import Any

import pytest

from .facts import Seat
from .figures import recount
from .reading import read_round
from .screening import Screening
from .small import Row, cadre, captain, only_terms, plan_of, post, round_of, rule, unit, village

FIRST = "first_secretary"


def broken(round_doc: Row, *posts: Row) -> dict[str, int]:
    """Hard rules broken and by how much in all."""
    sums: dict[str, int] = {}
    for row in recount(round_doc, plan_of(*posts))["violations_hard"]:
        sums[row["rule"]] = sums.get(row["rule"], 0) + row["amount"]
    return sums


def penalties(round_doc: Row, *posts: Row) -> dict[str, int]:
    sums: dict[str, int] = {}
    for row in recount(round_doc, plan_of(*posts))["violations"]:
        sums[row["rule"]] = sums.get(row["rule"], 0) + row["penalty"]
    return sums


def points(round_doc: Row, *posts: Row) -> dict[str, int]:
    return {row["id"]: row["points"] for row in recount(round_doc, plan_of(*posts))["terms"]}


def test_ages_months_strengths_and_needs() -> None:
    # 1990-06 at 2025-06-01: 35 to the day. 1989-05: 36. Full member 2024-06-02: 11 months and 30 days: 11.
    # Units by (funds, projects, id): U3 5, U1 10, U2 10 with a project: 1 + 5i//3 is 1, 2, 4.
    facts = read_round(
        round_of(
            [village("V", types=["conflict", "weak_org"])],
            [cadre("a", birth_month="1990-06", party_joined="2024-06-02"), cadre("b", birth_month="1989-05")],
            units=[
                unit("U1", funds=10),
                unit("U2", funds=10, projects=1),
                unit("U3", funds=5),
                unit("T", level="township", township="Hekou", funds=99),
            ],
        )
    )
    assert [facts.cadres[name].age for name in "ab"] == [35, 36]
    assert facts.cadres["a"].party_months == 11
    assert {name: one.strength for name, one in facts.units.items()} == {"U1": 2, "U2": 4, "U3": 1, "T": 1}
    assert facts.villages["V"].needs == {"law": 5, "party": 5}  # conflict {5, 2}, weak_org {2, 5}


def test_team_sizes_come_from_the_first_type_named() -> None:
    by_type = {"red": {"residents": 3, "support_min": 1}, "demo": {"residents": 0}}
    rows = [
        village("V1", types=["general", "red", "demo"], residents=None),
        village("V2", types=["demo"], residents=None, support_max=2),
        village("V3", residents=None),
    ]
    facts = read_round(round_of(rows, [], rules=[rule("team_structure", by_type=by_type)]))
    sizes = {name: (one.residents, one.support_min, one.support_max) for name, one in facts.villages.items()}
    assert sizes == {"V1": (3, 1, 1), "V2": (0, 0, 2), "V3": (2, 0, 0)}


REFUSED: list[tuple[str, Row, str]] = [
    ("party_membership", {"party_joined": "2024-06-02"}, FIRST),
    ("party_membership", {"political_status": "中共预备党员"}, FIRST),
    ("work_experience", {"work_started": None}, FIRST),
    ("lead_unit_level", {"unit": "T"}, FIRST),
    ("service_area", {"unit": "T2"}, "resident"),
    ("service_area", {"unit": "U9"}, "resident"),
    ("age_limit", {"birth_month": "1969-06"}, "support"),  # 56 on the day
    ("negative_list", {"flags": ["dual_posting", "care"]}, "resident"),
    ("appraisal_floor", {"appraisals": ["优秀", "优秀", "基本合格"]}, "resident"),
    ("recusal", {"kin_villages": ["elsewhere", "V"]}, "resident"),
]
PASSED: list[tuple[Row, str]] = [
    ({"party_joined": "2024-06-01"}, FIRST),
    ({"political_status": "群众", "party_joined": None, "work_started": None}, "resident"),
    ({"birth_month": "1969-07"}, FIRST),
    ({"unit": "T"}, "resident"),
    ({"flags": ["dual_posting"]}, FIRST),
    ({"appraisals": ["不定等次", "合格", "优秀", "不称职"]}, FIRST),
    ({"native_township": "/Hekou", "native_village": "W"}, FIRST),
]
SENDERS = [
    unit("U1", county="Qing"),
    unit("U9", county="Other"),
    unit("T", level="township", county="Qing", township="Hekou"),
    unit("T2", level="township", county="Qing", township="Shan"),
]


def refusals(person: Row, role: str, **tables: Any) -> list[str]:
    rows = [village("V", county="Qing"), village("W", county="Qing")]
    facts = read_round(round_of(rows, [cadre("a", **person)], units=SENDERS, **tables))
    return Screening(facts).refusals("a", Seat(role, "V"))


@pytest.mark.parametrize(("rule_id", "person", "role"), REFUSED)
def test_screening_refuses(rule_id: str, person: Row, role: str) -> None:
    assert refusals(person, role) == [rule_id]
    assert refusals(person, role, rules=[rule(rule_id, "off")]) == []


@pytest.mark.parametrize(("person", "role"), PASSED)
def test_screening_passes(person: Row, role: str) -> None:
    assert refusals(person, role) == []


def test_screening_of_incumbents() -> None:
    # Two years to the day at the start of the term are due, a day less is not.
    def held(**fields: Any) -> list[str]:
        row = {"cadre": "a", "village": "W", "role": "resident"} | fields
        return refusals({}, "resident", incumbents=[row], starts_on="2025-07-01")

    assert held(since="2023-07-01", days_per_month=19) == ["rotation_due", "recall"]
    assert held(since="2023-07-02", days_per_month=20) == []
    assert held(since="2020-01", extension_approved=True) == []
    assert held(recall=["weak_performance"]) == ["recall"]


def test_parameters_of_screening() -> None:
    township_level = rule("recusal", level="township")
    assert refusals({"native_village": "W"}, "resident", rules=[township_level]) == [
        "recusal"
    ]  # W is in Hekou too
    assert refusals({"native_township": "Qing/Hekou"}, "resident", rules=[township_level]) == ["recusal"]
    assert refusals({"unit": "T2"}, "resident", rules=[rule("service_area", township_scope="county")]) == []
    keep = rule("age_limit", max_age=39, incumbents="keep")
    for where, expected in (("V", []), ("W", ["age_limit"])):
        row = {"cadre": "a", "village": where, "role": "resident"}
        assert refusals({}, "resident", rules=[keep], incumbents=[row]) == expected
    asked = rule("qualification", items={"health": "身体健康", "trained": "经过培训"})
    assert refusals({"conditions": {"health": True}}, "resident", rules=[asked]) == ["qualification"]
    assert refusals({"conditions": {"health": True, "trained": True}}, "resident", rules=[asked]) == []


def scored_round() -> Row:
    able = {"rank": "section_chief", "grassroots_years": 3, "appraisals": ["优秀", "称职", "优秀"]}
    people = [
        cadre("a", unit="U2", specialties={"party": 3}, willing=True, **able),
        cadre("b", unit="U2", specialties={"law": 4, "party": 2}, birth_month="1990-06", languages=["miao"]),
        cadre("c"),
    ]
    return round_of(
        [village("V", types=["weak_org"], hardship=3, languages=["miao"], current_lead_unit="U1")],
        people,
        units=[unit("U1", funds=10), unit("U2", funds=20, resources={"law": 4, "industry": 5}, leader="Li")],
        incumbents=[{"cadre": "b", "village": "V", "role": "resident", "since": "2024-01"}],
        suitability=[
            {"cadre": "a", "village": "V", "score": 80},
            {"cadre": "c", "village": "V", "score": 65},
        ],
    )


def test_every_term_of_one_village() -> None:
    found = recount(scored_round(), plan_of(post("a", "V", FIRST), post("b", "V")))
    weighted = {row["id"]: row["weighted"] for row in found["terms"]}
    assert weighted == {
        "need_coverage": 42,  # (party 5 + law 2) x 6
        "need_fit": 65,  # a: 3 x 5x3 = 45; b: 2 x max(5x2, 2x4) = 20
        "competence": 16,  # a: (2 + 1 + 1) doubled; b: 0; x 2
        "age_mix": 16,  # 40 and 35: two bands x 8
        "strong_unit": 9,  # U2, the stronger of two: 1 + 5*1//2 = 3; x hardship 3
        "bundled_people": 4,  # b
        "unit_fit": 8,  # law 2 x 4; industry is not needed
        "keep_bundle": 0,
        "retain": 10,  # b
        "local_fit": 4,  # a willing, b speaks it
        "suitability": 152,  # a 80; b has no row: (80 + 65) // 2 = 72
        "min_change": 0,
    }
    assert found["score"] == 326
    assert found["villages"][0]["points"] == 326
    assert found["violations_hard"] == found["violations"] == []
    bundle = {
        "unit": "U2",
        "village": "V",
        "kind": "lead",
        "people": 2,
        "funds": 20,
        "projects": 0,
        "leader": "Li",
    }
    assert found["bundles"] == [bundle]


def test_without_a_first_secretary_nobody_leads() -> None:
    doc = scored_round() | {"rules": [rule("team_structure", "soft", 7), rule("type_specialty", "soft", 3)]}
    found = recount(doc, plan_of(post("b", "V")))
    assert [row["kind"] for row in found["bundles"]] == ["co"]
    # b alone: law 2 x 6, need_fit 20, one band 8, retain 10, language 2, suitability 72. The first
    # secretary's empty seat costs 7; b's party is only 2, so nobody competent for weak_org costs 3.
    assert found["score"] == 12 + 20 + 8 + 10 + 2 + 72 - 7 - 3


def test_minimum_change_and_captains_competence() -> None:
    people = [
        cadre("a"),
        cadre("b"),
        cadre("c", rank="tech_senior", grassroots_years=5),
    ]
    doc = round_of(
        [village("V", county="Qing", residents=0), village("W", county="Qing", residents=0, township="Shan")],
        people,
        rules=[*only_terms("competence"), rule("township_captain", "soft", 5)],
        baseline=[post("a", "V", FIRST), post("b", "V"), captain("c")],
    )
    posts = (post("b", "V", FIRST), post("a", "W", FIRST), captain("c"))
    # b keeps V (in another role), c the captaincy of Hekou, a does not keep V. c counts 1 + 1, undoubled.
    assert points(doc, *posts) == {"competence": 2, "min_change": -1}
    found = recount(doc, plan_of(*posts))
    assert found["score"] == 2 * 2 - 15 - 5  # Shan has no captain
    assert sum(row["points"] for row in found["villages"]) == 0
