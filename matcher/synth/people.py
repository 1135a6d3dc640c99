"""Who people are: sex, Party, rank, work, appraisals. Ages, specialties and kin have modules of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from matcher.synth import words
from matcher.synth.months import birth_month, day_before
from matcher.synth.reasons import FLAGS

if TYPE_CHECKING:
    from matcher.synth.draws import Draws
    from matcher.synth.world import Person, World

_WOMEN, _PARTY = 0.25, 0.70
_INSTITUTIONS: Final = frozenset({"公益一类", "公益二类", "高校院所", "国企"})
_EDUCATIONS: Final = {"高中中专": 4, "大专": 20, "本科": 62, "硕士": 13, "博士": 1}
#: What people of a rank call their post.
_POSITIONS: Final = {
    "section_deputy": ("副职领导",),
    "section_chief": ("正职领导",),
    "tech_senior": ("高级专业技术人员",),
    "county_staff": ("调研员",),
    "county_deputy": ("班子成员",),
    "worker": ("驾驶员", "工勤人员"),
    "tech_junior": ("技术员", "助理工程师"),
    "tech_mid": ("工程师", "中级专业技术人员", "站所负责人"),
    "clerk": ("科员", "办公室科员"),
    "section_staff": ("办公室主任", "业务股股长", "综合股股长", "主任科员"),
}


def introduce(world: World) -> None:
    """Give everyone sex, Party membership, rank and the rest of what the cadre table tells of a person."""
    draws = world.draws("people")
    count = len(world.people)
    for person in _chosen(world, draws, round(_WOMEN * count), "women"):
        person.female = True
    for person in _chosen(world, draws, round(_PARTY * count), "party"):
        person.party = True
    for person in _chosen(world, draws, round(world.profile.section_share * count), "section"):
        person.section = True
    for person in world.people:
        person.told = _told(world, person, draws)


def _chosen(world: World, draws: Draws, count: int, what: str) -> list[Person]:
    """Choose that many people, likelier ones rather."""
    order = sorted((-_likeliness(person, what, draws), place) for place, person in enumerate(world.people))
    return [world.people[place] for _, place in order[:count]]


def _likeliness(person: Person, what: str, draws: Draws) -> float:
    score = draws.unit()
    if what == "women":
        return score + (0.5 if person.reason == "care" else 0.0)
    if what == "party":
        return score + (9.0 if person.leads else 0.0)
    captain = person.seat is not None and person.seat.role == "captain"
    score += 0.04 * person.age + (0.25 if person.leads else 0.0) + (0.2 if not person.unit.county else 0.0)
    return score + (9.0 if captain else 0.0) - (3.0 if person.age < 30 else 0.0)


def _told(world: World, person: Person, draws: Draws) -> dict[str, Any]:
    rank = _rank(person, draws)
    past = draws.below(12)
    worked = (person.age - draws.between(20, min(24, person.age - 1))) * 12 + past
    return {
        "name": words.person(draws, person.female),
        "sex": "female" if person.female else "male",
        "birth_month": birth_month(world.as_of, person.age, past),
        "ethnicity": _ethnicity(world, draws),
        **_politics(world, person, draws),
        "work_started": day_before(
            world.as_of, worked if person.reason != "probation" else draws.between(3, 11)
        ),
        "education": draws.among(_EDUCATIONS),
        "position": draws.pick(_POSITIONS[rank]),
        "rank": rank,
        "grassroots_years": draws.between(0, min(12, max(0, person.age - 24))) if draws.chance(0.6) else 0,
        "appraisals": _appraisals(person, draws),
        "flags": [FLAGS[person.reason]] if person.reason in FLAGS else [],
        "willing": draws.among({True: 55, False: 8, None: 37}),
    }


def _rank(person: Person, draws: Draws) -> str:
    institution = person.unit.kind in _INSTITUTIONS
    if person.section:
        if institution:
            return draws.among({"tech_senior": 55, "section_deputy": 35, "section_chief": 10})
        if not person.unit.county:
            return draws.among(
                {"section_deputy": 45, "section_chief": 40, "county_staff": 10, "county_deputy": 5}
            )
        return draws.among({"section_deputy": 68, "section_chief": 32})
    if institution:
        return draws.among({"tech_junior": 42, "tech_mid": 40, "clerk": 12, "worker": 6})
    return draws.among({"clerk": 75, "section_staff": 22, "worker": 3} if person.age < 34 else
                       {"clerk": 32, "section_staff": 63, "worker": 5})  # fmt: skip


def _ethnicity(world: World, draws: Draws) -> str:
    if world.profile.extras.languages:
        return draws.among({"汉族": 42, "布依族": 32, "苗族": 14, "水族": 9, "侗族": 3})
    return draws.among({"汉族": 94, "回族": 3, "土家族": 3})


def _politics(world: World, person: Person, draws: Draws) -> dict[str, str]:
    """Return political status and the day of full Party membership: long ago, for first secretaries."""
    if not person.party:
        shares = {"中共预备党员": 6, "共青团员": 34, "群众": 60} if person.age <= 28 else {
            "中共预备党员": 3, "民主党派": 7, "群众": 90}  # fmt: skip
        return {"political_status": draws.among(shares)}
    most = max(1, (person.age - 20) * 12)
    months = (
        draws.between(min(14, most), most) if person.leads or draws.chance(0.97) else draws.between(1, 11)
    )
    return {
        "political_status": "中共党员",
        "party_joined": day_before(world.as_of, months, draws.between(1, 28)),
    }


def _appraisals(person: Person, draws: Draws) -> list[str]:
    """Return the last three appraisals, newest first; institutions say 合格 for 称职."""
    able = draws.chance(0.3)
    grades = [
        draws.among({"优秀": 55 if able else 8, "称职": 44 if able else 91, "不定等次": 1}) for _ in range(3)
    ]
    if person.reason == "appraisal":
        grades[draws.below(3)] = draws.among({"基本称职": 3, "不称职": 1})
    if person.unit.kind in _INSTITUTIONS:
        same = {"称职": "合格", "基本称职": "基本合格", "不称职": "不合格"}
        grades = [same.get(grade, grade) for grade in grades]
    return grades
