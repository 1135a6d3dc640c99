"""Dispatching units: names, trades, money, what they can bring and how many villages they may lead."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from matcher.synth import words
from matcher.synth.catalog import BUREAUS, RELATED, SPECIALTY_SHARES, Bureau
from matcher.synth.draws import Draws, apportion
from matcher.synth.world import Unit, World

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOWNSHIP_TRADES: Final = {
    "party": 5,
    "civil_affairs": 2,
    "agritech": 3,
    "industry": 2,
    "law": 2,
    "project": 2,
}
_LEAD_SHARES: Final = {1: 70, 2: 22, 3: 8}
#: Units may lead at least this many times the villages in all, counting those whose people can lead.
_LEAD_ROOM: Final = 1.25
#: Bureaus that are called 厅 in a province.
_DEPARTMENTS: Final = (
    "公安局", "司法局", "应急管理局", "工业和信息化局", "自然资源局", "生态环境局", "农业农村局",
    "财政局", "审计局", "交通运输局", "住房和城乡建设局", "文化和旅游局", "教育局", "民政局",
    "人力资源和社会保障局", "退役军人事务局", "商务局",
)  # fmt: skip
_MOST_FUNDS, _TOP_FUNDS = 59.0, (60.0, 300.0)


def establish(world: World) -> None:
    """Make the units of a world."""
    draws = world.draws("units")
    for level, count in world.profile.units.items():
        if level == "township":
            _township_offices(world, count, draws)
        else:
            _bureaus(world, level, count, draws)
    for unit in world.units:
        unit.headcount = min(400, max(10, round(draws.lognormal(45, 0.75))))
        unit.leader = words.person(draws, female=draws.chance(0.2))
    _choose_strong(world, draws)
    for unit in world.units:
        _endow(unit, draws, world.profile.strong_share)
    _allow_leads(world, draws)
    red, blue = world.profile.extras.ratings
    rated = draws.sample([unit for unit in world.units if unit.leads], red + blue)
    for place, unit in enumerate(rated):
        unit.rating = "red" if place < red else "blue"


def _bureaus(world: World, level: str, count: int, draws: Draws) -> None:
    """Add the bureaus of a level; a level of several counties shares them out by villages."""
    profile = world.profile
    if level != "county":
        holder = {"province": "合成省", "prefecture": profile.prefecture}[level]
        for bureau in _chosen(count, draws):
            _add(world, level, bureau, holder, "")
        return
    villages = [sum(v.township.county == county for v in world.villages) for county in profile.counties]
    for county, some in zip(profile.counties, apportion(count, villages), strict=True):
        for bureau in _chosen(some, draws):
            _add(world, level, bureau, county, county)


def _chosen(count: int, draws: Draws) -> list[Bureau]:
    """Choose bureaus so that trades stand to each other as people's specialties do, important ones first."""
    wanted = apportion(count, list(SPECIALTY_SHARES.values()))
    chosen: list[Bureau] = []
    for trade, some in zip(SPECIALTY_SHARES, wanted, strict=True):
        of_trade = [bureau for bureau in BUREAUS if bureau.trade == trade]
        leading = of_trade[: max(1, some // 2)][:some]
        rest = draws.sample(of_trade[len(leading) :], some - len(leading))
        chosen += [bureau for bureau in of_trade if bureau in leading or bureau in rest]
    return chosen


def _add(world: World, level: str, bureau: Bureau, holder: str, county: str) -> None:
    number = len(world.units)
    name = holder + bureau.name
    if level == "province" and bureau.name in _DEPARTMENTS:
        name = name[:-1] + "厅"
    id_ = f"U{number + 1:04d}"
    world.units.append(Unit(number, id_, name, level, bureau.kind, bureau.trade, county, bureau=bureau))


def _township_offices(world: World, count: int, draws: Draws) -> None:
    """Add township offices: those without posted villages surely, others as far as the count goes."""
    empty = world.townships[world.profile.townships :]
    others = draws.sample(world.posted_townships, count - len(empty))
    trades = draws.dealt(_TOWNSHIP_TRADES, count)
    for township in sorted([*empty, *others], key=lambda t: t.number):
        number = len(world.units)
        office = "办事处" if township.name.endswith("街道") else "人民政府"
        name = (f"{township.county}" if len(world.profile.counties) > 1 else "") + township.name + office
        trade = trades.pop()
        unit = Unit(
            number, f"U{number + 1:04d}", name, "township", "乡镇街道", trade, township.county, township
        )
        world.units.append(unit)


def _choose_strong(world: World, draws: Draws) -> None:
    """Mark the units with resources far above the others: the strong bureaus first, then the biggest."""
    count = round(len(world.units) * world.profile.strong_share)
    able = [unit for unit in world.units if unit.leads]
    bureaus = draws.shuffled([unit for unit in able if unit.bureau is not None and unit.bureau.strong])
    others = [unit for unit in able if unit.bureau is None or not unit.bureau.strong]
    others.sort(key=lambda unit: (-unit.headcount, unit.number))
    for unit in (bureaus + others)[:count]:
        unit.strong = True
        unit.headcount = max(unit.headcount, draws.between(60, 160))


def _endow(unit: Unit, draws: Draws, strong_share: float) -> None:
    """Give a unit its funds, its projects and the resources that follow its trade."""
    if unit.strong:
        low, high = _TOP_FUNDS
        unit.funds = round(low + (high - low) * draws.unit() * draws.unit(), 1)
        unit.projects = draws.between(3, 12)
    else:
        unit.funds = round(min(_MOST_FUNDS, max(0.5, draws.lognormal(7.0, 0.85))), 1)
        unit.projects = min(4, draws.poisson(0.8))
    far_above = unit.strong and strong_share > 0.15
    level = (
        draws.between(4, 5) if unit.strong else draws.between(1, 3) if unit.township else draws.between(2, 4)
    )
    unit.resources = {unit.trade: level}
    related = draws.sample(RELATED[unit.trade], 2 if unit.strong else draws.between(0, 2))
    for code in related:
        unit.resources[code] = max(1, level - draws.between(0 if far_above else 1, 1 if far_above else 2))
    if unit.strong and "industry" not in unit.resources:
        unit.resources["industry"] = draws.between(3, 5)


def lead_room(shares: Sequence[float], needed: float) -> list[float]:
    """Tilt shares of 1, 2, 3 … villages a unit until their mean is ``needed`` (as it is, if it suffices)."""
    low, high = 1.0, 64.0
    for _ in range(60):
        middle = (low + high) / 2
        if _mean(shares, middle) < needed:
            low = middle
        else:
            high = middle
    tilt = 1.0 if _mean(shares, 1.0) >= needed else high
    return _tilted(shares, tilt)


def _tilted(shares: Sequence[float], tilt: float) -> list[float]:
    weights, factor = [], 1.0
    for share in shares:
        weights.append(share * factor)
        factor *= tilt
    return weights


def _mean(shares: Sequence[float], tilt: float) -> float:
    weights = _tilted(shares, tilt)
    above = below = 0.0
    for count, weight in enumerate(weights, 1):
        above += count * weight
        below += weight
    return above / below


def _allow_leads(world: World, draws: Draws) -> None:
    """Say how many villages each unit may lead: the bigger ones more, in all enough with room to choose.

    The share of units that may lead one, two and three holds where it gives that room; where units
    are few for the villages, it is tilted as little as needed.
    """
    able = [unit for unit in world.units if unit.leads]
    needed = world.profile.villages * _LEAD_ROOM
    shares = lead_room(list(_LEAD_SHARES.values()), needed / len(able))
    _, two, three = apportion(len(able), shares)
    short = max(0, math.ceil(needed) - (len(able) + two + 2 * three))
    three += math.ceil(short / 2)
    size = {unit.number: unit.headcount * (0.4 + 1.2 * draws.unit()) for unit in able}
    able.sort(key=lambda unit: (-size[unit.number], unit.number))
    for place, unit in enumerate(able):
        unit.max_villages = 3 if place < three else 2 if place < three + two else 1
