"""What kinds have on top: qualification conditions, panel scores, decisions, named picks, captains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from matcher.synth.document import Document
    from matcher.synth.draws import Draws
    from matcher.synth.world import Person, World

#: The six conditions of a round that lists its own.
CONDITIONS: Final = {
    "loyal": "政治素质好，坚决贯彻党的路线方针政策",
    "rural": "热爱农村工作，有吃苦奉献精神",
    "able": "有较强的工作能力，敢于担当、善于做群众工作",
    "clean": "事业心和责任感强，作风扎实、清正廉洁",
    "full_time": "能够全脱产驻村工作",
    "staff": "本单位在编在岗工作人员",
}
#: The negative list of a round that has its own: the built-in one and three more.
NEGATIVE_LIST: Final = {
    "sanction": "受处分影响期内或正在被立案审查调查",
    "probation": "试用期未满",
    "seconded": "编外聘用或借调人员",
    "recalled": "曾被召回",
    "care": "孕哺期或有重大家庭困难",
    "teacher_medic": "中小学教师、县级医院医护人员",
    "poor_health": "身体条件不适合驻村",
    "near_retirement": "一年内将到龄退休或退出领导岗位",
    "long_leave": "长期病事假或脱产学习",
    "key_position": "单位关键岗位且无人接替",
}
_SOURCE: Final = "合组通〔示例〕1号"


def mark_people(world: World) -> None:
    """Mark named picks, decided leads and answers to conditions."""
    extras, draws = world.profile.extras, world.draws("marks")
    posted = [person for person in world.people if person.posted]
    for person in draws.sample(posted, extras.named_picks):
        person.told["named_pick"] = True
    for village in draws.sample(world.villages, extras.decided_leads):
        village.decided = True
    if extras.own_rules:
        for person in world.people:
            person.told["conditions"] = dict.fromkeys(CONDITIONS, True)
            _shut_out(person, draws)


def _shut_out(person: Person, draws: Draws) -> None:
    """Give some of those not eligible a condition not met or blank, or an item of the round's own list."""
    if person.reason not in ("", "age", "appraisal") and draws.chance(0.4):
        person.told["conditions"][draws.pick(list(CONDITIONS))] = draws.among({False: 3, None: 2})
    if person.reason == "age":
        person.told["flags"] = ["near_retirement"]


def add_extras(world: World, document: Document) -> Document:
    """Return the document with the tables that only some kinds have."""
    extras, draws = world.profile.extras, world.draws("extras")
    rules = _rules(world)
    more: dict[str, list[dict[str, Any]]] = {
        "decisions": _decisions(world, draws) if extras.decisions else [],
        "suitability": _panel(world, extras.panel, draws),
        "rules": rules,
    }
    return {**document, **{name: rows for name, rows in more.items() if rows}}


def _rules(world: World) -> list[dict[str, Any]]:
    extras = world.profile.extras
    rows: list[dict[str, Any]] = []
    if extras.own_rules:
        for rule, items in (("qualification", CONDITIONS), ("negative_list", NEGATIVE_LIST)):
            rows.append(
                {"id": rule, "mode": "on", "params": {"items": dict(items)}, "note": "条件文字为示意"}
            )
    if extras.captains:
        rows.append({"id": "township_captain", "mode": "hard", "note": "每乡镇一名总队长"})
    if extras.panel and not extras.panel_counts:
        rows.append({"id": "suitability", "weight": 0, "note": "面谈分仅供参考，不计分"})
    if extras.units_a_team:
        params = {"max_units": extras.units_a_team}
        note = f"一支工作队原则上来自不超过{extras.units_a_team}个单位"
        rows.append({"id": "team_units", "params": params, "note": note})
    return [{**row, "source": _SOURCE, "note": f"合成示例：{row['note']}"} for row in rows]


def _decisions(world: World, draws: Draws) -> list[dict[str, Any]]:
    """Return decisions that the planted plan keeps: a few of every kind."""
    team = [person for person in world.people if person.seat is not None and person.seat.village is not None]
    locked = draws.sample(team, 5)
    others = [
        person for person in world.people if not person.posted and not person.reason and person.old is None
    ]
    dropped = draws.sample(others, 2)
    rows: list[dict[str, Any]] = []
    for place, person in enumerate(locked):
        village = person.seat.village.id if person.seat and person.seat.village else ""
        if place < 2:
            rows.append({"kind": "lock", "cadre": person.id, "village": village})
        elif place == 2:
            role = person.seat.role if person.seat else ""
            rows.append({"kind": "lock", "cadre": person.id, "village": village, "role": role})
        else:
            rows.append({"kind": "pick", "cadre": person.id})
    rows += [{"kind": "drop", "cadre": person.id} for person in dropped]
    for person in draws.sample(team, 3):
        elsewhere = [v for v in world.villages if person.seat is None or v is not person.seat.village]
        rows.append({"kind": "forbid", "cadre": person.id, "village": draws.pick(elsewhere).id})
    bound, unbound = draws.sample(world.villages, 2)
    rows.append({"kind": "bind", "unit": bound.lead.id if bound.lead else "", "village": bound.id})
    stranger = draws.pick([unit for unit in world.units if unit.leads and unit is not unbound.lead])
    rows.append({"kind": "unbind", "unit": stranger.id, "village": unbound.id})
    return [{**row, "reason": "合成示例：县委已议定"} for row in rows]


def _panel(world: World, count: int, draws: Draws) -> list[dict[str, Any]]:
    """Return that many scores of an interview panel, half of them for posts of the planted plan."""
    able = [person for person in world.people if not person.reason]
    posted = [person for person in able if person.seat is not None and person.seat.village is not None]
    rows: dict[tuple[str, str], int] = {}
    for person in draws.sample(posted, count // 2):
        village = person.seat.village if person.seat else None
        if village is not None:
            rows[person.id, village.id] = draws.between(60, 97)
    while len(rows) < count:
        person, village = draws.pick(able), draws.pick(world.villages)
        if person.unit.serves(village.township) and village is not person.home:
            rows.setdefault((person.id, village.id), draws.between(55, 97))
    pairs = sorted(rows)
    return [{"cadre": cadre, "village": village, "score": rows[cadre, village]} for cadre, village in pairs]
