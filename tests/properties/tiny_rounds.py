"""Tiny rounds: one to four villages, three to eight cadres, everything that a rule may read.

`tiny_round` draws a round document from a `random.Random`; `tiny_rounds` is the strategy of the same rounds.
About two thirds of them have a plan. A `focus` makes one rule matter in most of the rounds drawn.
"""

from random import Random
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.outside.facts import TEAM_ROLES
from tests.outside.reading import read_round
from tests.outside.screening import Screening
from tests.outside.small import Row, cadre, captain, post, unit, village
from tests.outside.teams import how_many

from .draws import Draws
from .rule_draws import DECISIONS, PLAN_RULES, SCREENING_RULES, TERMS, rule_rows

SPECIALTIES = ("party", "law", "industry", "project")
TYPES = ("weak_org", "conflict", "lifted", "general")
TOWNSHIPS = ("Hekou", "Shan")
# Just before and just after a birthday that counts: 36, 46, 56 at the middle of 2025; and some in between.
BIRTHS = (
    "1995-03", "1992-11", "1991-04", "1990-01", "1989-07", "1989-06", "1986-06", "1985-01", "1983-06",
    "1979-07", "1979-06", "1976-02", "1972-05", "1969-07",
)  # fmt: skip
TOO_OLD = ("1969-06", "1966-01")
GRADES = ("优秀", "优秀", "优秀", "称职", "合格", "不定等次")
POOR_GRADES = ("基本称职", "不称职", "基本合格", "不合格")
RANKS = (
    "clerk",
    "section_staff",
    "section_deputy",
    "section_chief",
    "tech_senior",
    "tech_mid",
    "worker",
    None,
)
ENOUGH_SEATS = 5  # for eight cadres, of whom some are refused
MOST_TEAMS = 4_000  # how many plans, screening alone considered, a round may have: brute force stays quick

THEMES = (*PLAN_RULES, *SCREENING_RULES, *TERMS, *DECISIONS)


def drawn(examples: int) -> settings:
    """The same examples on every run and every machine, however slow it is."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def tiny_rounds() -> st.SearchStrategy[Row]:
    return st.builds(tiny_round, st.randoms(use_true_random=False))


def seeded_round(seed: int, focus: str = "") -> Row:
    return tiny_round(Random(f"{focus} {seed}"), focus)


def tiny_round(chance: Random, focus: str = "") -> Row:
    """Draw a round; with a focus, that rule's row is always in its `rules` table."""
    draws = Draws(chance, [focus] if focus else chance.sample(THEMES, chance.randint(0, 2)))
    doc: Row = {
        "schema": "round/1",
        "id": "tiny",
        "as_of": draws.one(["2025-06-01", "2025-06-01", "2025-06-15"]),
    }
    if draws.percent(25):
        doc["starts_on"] = draws.one(["2025-06-30", "2025-07-01"])
    if draws.percent(10):
        doc["needs_by_type"] = {"general": draws.levels(SPECIALTIES, 1, 5, 2)}
    counties = ["Qing", "Hua"] if draws.percent(15, "service_area", rich=20) else [draws.one(["Qing", ""])]
    doc["villages"] = _villages(draws, counties)
    doc["units"] = _units(draws, counties)
    _name_leads(draws, doc)
    doc["cadres"] = _cadres(draws, doc)
    doc["incumbents"] = _postings(draws, doc, draws.percent(50, *_OF_INCUMBENTS, rich=90), _in_office)
    doc["baseline"] = _postings(
        draws, doc, draws.percent(25, "min_change", "keep_unit", rich=95), lambda _draws, row: row
    )
    doc["suitability"] = _suitability(draws, doc)
    doc["decisions"] = (
        [] if focus and focus not in (*DECISIONS, "township_captain") else _decisions(draws, doc)
    )
    doc["rules"] = rule_rows(draws, doc, focus)
    _drop_unlisted_flags(doc)
    return _lightened(doc)


_OF_INCUMBENTS = ("rotation_due", "recall", "keep_one", "retain", "age_limit", "keep_bundle")
# The more villages before it, the smaller a team: eight cadres must do.
RESIDENTS: tuple[tuple[int | None, ...], ...] = ((1, 1, 2, 0, None), (0, 1, 1), (0, 0, 0, 1), (0,))
_BIG_TEAMS = ("lone_woman", "team_units", "team_age_mix", "bundled_people")


def _villages(draws: Draws, counties: list[str]) -> list[Row]:
    rows: list[Row] = []
    areas = draws.has("service_area")
    count = [1, 1, 2] if draws.has(*_BIG_TEAMS) else [2, 2, 3] if areas else [1, 1, 2, 2, 2, 3, 3, 4]
    for n in range(draws.one(count)):
        row = village(
            f"V{n + 1}",
            county=draws.one(counties),
            township=draws.one(TOWNSHIPS),
            hardship=draws.number(1, 5),
        )
        row["residents"] = draws.one(RESIDENTS[0 if areas else n])
        if draws.has(*_BIG_TEAMS) and n == 0:
            row["residents"] = 2
        row["types"] = _types(draws)
        if draws.percent(70):
            row["needs"] = draws.levels(SPECIALTIES, 0, 5, 3)
        if draws.percent(25, "total_posts", *_BIG_TEAMS, rich=80):
            row["support_max"] = draws.number(1, 2)
            draws.maybe(row, 40, "support_min", draws.one([0, 0, 1]))
        draws.maybe(row, 50, "languages", draws.some(["miao", "yi"], 2))
        if not rows or _seats([*rows, row]) <= ENOUGH_SEATS:
            rows.append(row)
    return rows


def _types(draws: Draws) -> list[str]:
    """Two types that ask for specialists where that is the theme, seldom elsewhere."""
    if draws.percent(20, "type_specialty", rich=80):
        return draws.some(TYPES, 2)
    return draws.some(TYPES[2:], 2)


LEVELS = (("county",), ("county", "county", "county", "prefecture", "province", "township"))


def _units(draws: Draws, counties: list[str]) -> list[Row]:
    rows = []
    for n in range(draws.number(2, 4)):
        level = (
            draws.one(LEVELS[n > 0])
            if len(counties) == 1
            else draws.one(["county", "prefecture", "province"])
        )
        if draws.has("service_area", "lead_unit_level") and n < 2:
            level = ("prefecture", "township")[n]
        row = unit(f"U{n + 1}", level=level, county=draws.one(counties), funds=draws.number(0, 3))
        if draws.percent(0, "service_area", rich=15) and any(counties):
            row["county"] = "Elsewhere"
        if level == "township":
            row["township"] = draws.one(TOWNSHIPS)
        row["projects"] = draws.number(0, 2)
        row["max_villages"] = draws.one([0, 1, 1, 2] if draws.has("lead_unit") else [1, 2, 9, 9, 9])
        if draws.percent(25, "unit_quota", rich=90):
            row["quota"] = draws.one([0, 1, 1, 2, 3] if draws.has("unit_quota") else [2, 2, 3, 4])
        if draws.percent(4):
            row |= draws.one([{"max_villages": 0}, {"quota": 0}])
        draws.maybe(row, 30, "strength", draws.number(1, 5))
        draws.maybe(row, 75, "resources", draws.levels(SPECIALTIES, 1, 5, 3))
        row["leader"] = draws.one(["", "Li"])
        rows.append(row)
    return rows


def _name_leads(draws: Draws, doc: Row) -> None:
    """Which unit leads a village now, and which has been decided to."""
    units = [row["id"] for row in doc["units"]]
    for row in doc["villages"]:
        if draws.percent(40, "keep_bundle", rich=100):
            row["current_lead_unit"] = draws.one(units)
        if draws.percent(6, "lead_unit", rich=30):
            row["lead_unit"] = draws.one(units[:2])


def _seats(rows: list[Row]) -> int:
    """How many people the teams need, a blank being two residents."""
    return sum(
        1 + (2 if row["residents"] is None else row["residents"]) + row.get("support_min", 0) for row in rows
    )


def _cadres(draws: Draws, doc: Row) -> list[Row]:
    spare = draws.one([-1, 0, 0, 1, 2]) if draws.has("team_structure") else draws.one([1, 2, 3, 4, 4, 5])
    names = list("abcdefgh")[: max(draws.one([3, 4, 5]), min(8, _seats(doc["villages"]) + spare))]
    draws.chance.shuffle(names)
    alike = draws.percent(30)
    rows: list[Row] = []
    for name in names:
        twin = rows and alike and draws.percent(40)
        rows.append(_twin(draws, draws.one(rows), name) if twin else _cadre(draws, doc, name))
    for one, other in zip(rows[::2], rows[1::2], strict=False):
        if draws.percent(10, "spouses", rich=90):
            one["spouse"] = other["id"]
            draws.maybe(other, 40, "spouse", one["id"])
    return rows


def _cadre(draws: Draws, doc: Row, name: str) -> Row:
    senders = 2 if draws.has("service_area", "lead_unit_level") else 1 + draws.number(0, 3)
    units = doc["units"][:senders]  # the first ones send most people
    row = cadre(name, unit=draws.one(units)["id"], birth_month=draws.one(BIRTHS))
    if draws.percent(4, "age_limit", rich=35):
        row["birth_month"] = draws.one(TOO_OLD)
    row["sex"] = draws.one(["male", "female", "male"] if draws.has("lone_woman") else ["male", "female"])
    row["rank"] = draws.one(RANKS)
    row["specialties"] = draws.levels(SPECIALTIES[:2], 1, 5, 2) | draws.levels(SPECIALTIES[2:], 1, 5, 2)
    row["grassroots_years"] = draws.one([0, 2, 2.5, 3, 5])
    row["appraisals"] = [draws.one(GRADES) for _ in range(draws.number(0, 4))]
    if draws.percent(5, "appraisal_floor", rich=35):
        row["appraisals"].insert(draws.number(0, len(row["appraisals"])), draws.one(POOR_GRADES))
    if draws.percent(12, "party_membership", rich=35):
        row |= draws.one(NOT_A_MEMBER)
    if draws.percent(8, "work_experience", rich=35):
        row["work_started"] = draws.one([None, "2023-07", "2023-06-15", "2023-06-01"])
    if draws.percent(5, "negative_list", rich=35):
        row["flags"] = draws.one([["sanction"], ["debt", "care"], ["debt"], ["dual_posting"]])
    row["conditions"] = {"health": True, "trained": True}
    if draws.percent(6, "qualification", rich=30):
        row["conditions"] = draws.one(
            [{"health": True}, {"health": None, "trained": True}, {"health": False}, {}]
        )
    row |= _home(draws, doc)
    draws.maybe(row, 50, "languages", draws.some(["miao", "yi", "dong"], 2))
    draws.maybe(row, 60, "willing", draws.one([True, True, False]))
    row["named_pick"] = draws.percent(6, "named_picks", rich=40)
    return row


def _twin(draws: Draws, other: Row, name: str) -> Row:
    """Somebody whom the rules can hardly tell from another: what the model leaves out is chosen among such."""
    row = other | {"id": name, "name": name, "named_pick": False}
    draws.maybe(row, 40, "grassroots_years", draws.one([0, 4]))
    draws.maybe(row, 40, "willing", draws.one([True, None]))
    draws.maybe(row, 10, "sex", draws.one(["male", "female"]))
    return row


NOT_A_MEMBER: tuple[Row, ...] = (
    {"political_status": "群众", "party_joined": None},
    {"political_status": "中共预备党员"},
    {"party_joined": None},
    {"party_joined": "2024-06-02"},
    {"party_joined": "2024-06-01"},
    {"party_joined": "2023-06-20"},
)


def _home(draws: Draws, doc: Row) -> Row:
    """Where the cadre, the spouse and kin come from, mostly elsewhere."""
    row: Row = {}
    places = [*(one["id"] for one in doc["villages"]), "elsewhere"]
    townships = ["Hekou", "Shan"]
    if any(one["county"] for one in doc["villages"]):  # a round whose villages are of no county names none
        townships += ["Qing/Hekou", "Hua/Hekou", "Qing/Shan"]
    for field, usual in (("native_village", 15), ("spouse_native_village", 8)):
        if draws.percent(usual, "recusal", rich=35):
            row[field] = draws.one(places)
    if draws.percent(6, "recusal", rich=35):
        row["kin_villages"] = draws.some(places, 2)
    for field in ("native_township", "spouse_native_township"):
        if draws.percent(5, "recusal", rich=30):
            row[field] = draws.one(townships)
    return row


def _postings(draws: Draws, doc: Row, filled: bool, finish: Any) -> list[Row]:
    """Rows that name a cadre's post: at a village, seldom as captain of a township."""
    rows = []
    for one in doc["cadres"] if filled else ():
        if draws.percent(25 if draws.has("keep_one") else 45):
            place = draws.one(doc["villages"])
            row = post(one["id"], place["id"], draws.one(TEAM_ROLES))
            if draws.percent(12, "township_captain", rich=30):
                row = captain(one["id"], place["township"]) | {"county": place["county"]}
            rows.append(finish(draws, row))
    return rows


def _in_office(draws: Draws, row: Row) -> Row:
    if draws.percent(80):
        row["since"] = draws.one(["2025-01", "2024-03-10", "2023-09", "2023-07-01"])
    if draws.percent(8, "rotation_due"):
        row["since"] = draws.one(["2021-04", "2023-06", "2023-06-01", "2023-06-02", "2023-06-30"])
    draws.maybe(row, 20, "extension_approved", True)
    draws.maybe(row, 50, "days_per_month", draws.one([20, 22, 25.5]))
    if draws.percent(6, "recall"):
        row |= draws.one([{"recall": ["weak_performance"]}, {"days_per_month": 19.5}, {"days_per_month": 12}])
    return row


def _suitability(draws: Draws, doc: Row) -> list[Row]:
    pairs = [(one["id"], place["id"]) for one in doc["cadres"] for place in doc["villages"]]
    filled = draws.percent(40, "suitability", rich=100)
    return [
        {"cadre": who, "village": where, "score": draws.number(0, 100)}
        for who, where in (pairs if filled else ())
        if draws.percent(60)
    ]


def _decisions(draws: Draws, doc: Row) -> list[Row]:
    theme = next(iter(draws.themes.intersection(DECISIONS)), None)
    if theme is None and not draws.percent(18, "decisions", rich=100):
        return []
    kinds = [
        theme or draws.one(DECISIONS)
        for _ in range(draws.one([3, 4, 5] if theme == "forbid" else [1, 1, 2, 3]))
    ]
    return [_decision(draws, doc, kind) for kind in kinds]


def _decision(draws: Draws, doc: Row, kind: str) -> Row:
    place = draws.one(doc["villages"])
    if kind in ("bind", "unbind"):
        return {"kind": kind, "unit": draws.one(doc["units"])["id"], "village": place["id"]}
    row = {"kind": kind, "cadre": draws.one(doc["cadres"])["id"]}
    if kind in ("pick", "drop"):
        return row
    if draws.percent(8, "township_captain", rich=40):
        return row | {"county": place["county"], "township": place["township"], "role": "captain"}
    row["village"] = place["id"]
    if draws.percent(50):
        row["role"] = draws.one(TEAM_ROLES)
    if kind == "forbid" and draws.percent(20):
        row |= {"village": None, "role": draws.one([*TEAM_ROLES, "captain"])}
    return row


def _drop_unlisted_flags(doc: Row) -> None:
    """A flag that no list knows is an error; the round's own list knows `debt`."""
    if not any(
        "debt" in row["params"].get("items", ()) for row in doc["rules"] if row["id"] == "negative_list"
    ):
        for row in doc["cadres"]:
            row["flags"] = [flag for flag in row.get("flags", ()) if flag != "debt"]


def _lightened(doc: Row) -> Row:
    """The round with fewer seats, until it has few enough plans to try them all."""
    while True:
        screen = Screening(read_round(doc))
        teams = {row["id"]: how_many(screen, screen.facts.villages[row["id"]]) for row in doc["villages"]}
        plans = 1
        for number in teams.values():
            plans *= max(1, number)
        if plans <= MOST_TEAMS:
            return doc
        row = max(doc["villages"], key=lambda row: teams[row["id"]])
        size = screen.facts.villages[row["id"]]
        if size.support_max:
            row |= {"support_min": 0, "support_max": size.support_max - 1}
        elif size.residents:
            row["residents"] = size.residents - 1
        else:
            return doc
