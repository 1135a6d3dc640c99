"""Stress rounds without a plan, each for one reason only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.synth.stress.case import Expected, Stress
from matcher.synth.stress.small import COUNTY, Small, without_decision, without_rule

if TYPE_CHECKING:
    from matcher.synth.document import Document


def _staffed(name: str, text: str, villages: int, units: int, people: int) -> Small:
    """Return a round with that many villages, units and people, people by turns from the units."""
    small = Small(name, text)
    for number in range(villages):
        small.village("苇渡镇" if number % 2 == 0 else "榛桥乡")
    bureaus = [small.unit() for _ in range(units)]
    for number in range(people):
        small.cadre(bureaus[number % units], age=30 + number % 20)
    return small


def short_pool() -> Document:
    """Four villages of three, ten people who may be posted, three who may not: two seats stay empty."""
    small = _staffed("short_pool", "编制多于人选的县", 4, 3, 10)
    for flags in (["poor_health"], ["seconded"], ["probation"]):
        small.cadre("U01", flags=flags)
    return small.document()


def missing_specialty() -> Document:
    """Five villages, one of them ``weak_org``; two people have met party building, none can do it."""
    small = _staffed("missing_specialty", "无人懂党建的县", 4, 3, 22)
    small.village(types=["weak_org"], needs={"party": 5, "law": 2})
    small.cadres[3]["specialties"] = {"industry": 3, "party": 2}
    small.cadres[8]["specialties"] = {"party": 1, "law": 4}
    small.cadres.append({**small.cadres[0], "id": "C90", "specialties": {"party": 5}, "flags": ["recalled"]})
    return small.document()


def native_cluster() -> Document:
    """Two villages of a township, and everybody was born in one of them, while recusal is by township.

    With recusal by village each half may still serve the other half's village.
    """
    small = Small("native_cluster", "同乡回避的乡镇")
    own = [small.village("苇渡镇"), small.village("苇渡镇")]
    small.village("榛桥乡")
    bureaus = [small.unit() for _ in range(3)]
    office = small.unit(
        name="苇渡镇人民政府", level="township", kind="乡镇街道", township="苇渡镇", max_villages=1
    )
    for number in range(14):
        unit = office if number in (6, 13) else bureaus[number % 3]
        small.cadre(unit, native_village=own[number % 2], native_township=f"{COUNTY}/苇渡镇")
    rules = [{"id": "recusal", "mode": "on", "params": {"level": "township"}, "note": "合成示例：按乡镇回避"}]
    return small.document(rules=rules)


def two_for_one_seat() -> Document:
    """Two people are locked as first secretary of one village."""
    small = _staffed("two_for_one_seat", "一村两任第一书记的锁定", 4, 3, 20)
    rows = [_lock(cadre, small.villages[1]["id"], "first_secretary") for cadre in ("C01", "C02")]
    return small.document(decisions=[*rows, _lock("C03", small.villages[0]["id"], "resident")])


def one_in_two_villages() -> Document:
    """One person is locked to two villages."""
    small = _staffed("one_in_two_villages", "一人两村的锁定", 4, 3, 20)
    rows = [_lock("C05", small.villages[0]["id"]), _lock("C05", small.villages[2]["id"])]
    return small.document(decisions=[*rows, _lock("C03", small.villages[1]["id"], "resident")])


def _lock(cadre: str, village: str, role: str = "") -> dict[str, Any]:
    row = {"kind": "lock", "cadre": cadre, "village": village, "reason": "合成示例"}
    return {**row, "role": role} if role else row


def young_short() -> Document:
    """Nine posts, four of them for people of 35 or younger, and three of these.

    One is 35 for another month, one has just turned 36, one of 29 may not be posted.
    """
    small = Small("young_short", "年轻干部差一名的县")
    for number in range(3):
        small.village("苇渡镇" if number < 2 else "榛桥乡")
    bureaus = [small.unit() for _ in range(3)]
    for number, age in enumerate((27, 31, 44, 47, 50, 39, 41, 52, 46, 43, 38, 49)):
        small.cadre(bureaus[number % 3], age=age)
    small.cadre(bureaus[0], birth_month="1989-06")
    small.cadre(bureaus[1], birth_month="1989-05")
    small.cadre(bureaus[2], age=29, flags=["poor_health"])
    rules = [{"id": "young_share", "mode": "hard", "params": {"min_posts": 4}, "note": "合成示例：硬性要求"}]
    return small.document(rules=rules)


def unit_over_leads() -> Document:
    """One unit has to lead two villages and may lead one: decided in the village table, and bound."""
    small = _staffed("unit_over_leads", "包村数超限的单位", 4, 4, 20)
    small.units[1]["max_villages"] = 1
    small.villages[0]["lead_unit"] = "U02"
    row = {"kind": "bind", "unit": "U02", "village": small.villages[2]["id"], "reason": "合成示例"}
    return small.document(decisions=[row])


def _with_one_resident(document: Document) -> Document:
    return {**document, "villages": [{**row, "residents": 1} for row in document["villages"]]}


def _ids(*places: int) -> tuple[str, ...]:
    return tuple(f"9999001{201 + place:03d}" for place in places)


CASES = (
    Stress(
        "short_pool", "a minimum that the pool can't fill", short_pool,
        Expected(3, rules=("team_structure", "one_post"), amount=2),
        mended=_with_one_resident,
    ),
    Stress(
        "missing_specialty", "a specialty nobody has", missing_specialty,
        Expected(3, rules=("type_specialty",), subjects=(*_ids(4), "party"), amount=1),
        mended=without_rule("type_specialty"),
    ),
    Stress(
        "native_cluster", "all candidates of a township come from its villages", native_cluster,
        Expected(3, rules=("recusal",), subjects=_ids(0, 1), amount=6),
        mended=without_rule("recusal"),
    ),
    Stress(
        "two_for_one_seat", "two locks that contradict each other: one seat", two_for_one_seat,
        Expected(3, rules=("decisions",), subjects=("C01", "C02", *_ids(1))),
        mended=without_decision(1),
    ),
    Stress(
        "one_in_two_villages", "two locks that contradict each other: one cadre", one_in_two_villages,
        Expected(3, rules=("decisions",), subjects=("C05", *_ids(0, 2))),
        mended=without_decision(0),
    ),
    Stress(
        "young_short", "the young share (hard) impossible by one post", young_short,
        Expected(3, rules=("young_share",), amount=1),
        mended=without_rule("young_share"),
    ),
    Stress(
        "unit_over_leads", "a unit bound to lead more than it may", unit_over_leads,
        Expected(3, rules=("lead_unit",), subjects=("U02", *_ids(0, 2)), amount=1),
        mended=without_decision(0),
    ),
)  # fmt: skip
