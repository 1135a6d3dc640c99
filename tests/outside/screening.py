"""Who may hold which seat: for a cadre and a seat, the ids of all screening rules that refuse it."""

from collections.abc import Iterator

from .facts import COUNTY_OR_ABOVE, TEAM_ROLES, Cadre, Facts, Incumbent, Place, Seat, Village

REFUSED_GRADES = ("基本称职", "不称职")


class Screening:
    """Answers per cadre and seat, remembered; whether the seat itself exists is `seats`' question."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._everywhere: dict[str, list[str]] = {}
        self._by_seat: dict[tuple[str, Seat], list[str]] = {}

    def eligible(self, cadre: str, seat: Seat) -> bool:
        return not self.refusals(cadre, seat)

    def refusals(self, cadre: str, seat: Seat) -> list[str]:
        key = (cadre, seat)
        if key not in self._by_seat:
            self._by_seat[key] = self._refusals(self.facts.cadres[cadre], seat)
        return self._by_seat[key]

    def any_seat(self, cadre: str) -> bool:
        """Whether the cadre passes for at least one seat of the round."""
        return any(self.eligible(cadre, seat) for seat in seats(self.facts))

    def _refusals(self, cadre: Cadre, seat: Seat) -> list[str]:
        if cadre.id not in self._everywhere:
            self._everywhere[cadre.id] = list(_for_every_post(self.facts, cadre))
        found = [*self._everywhere[cadre.id], *_at_place(self.facts, cadre, seat)]
        if seat.role in ("first_secretary", "captain"):
            found += _as_first_secretary(self.facts, cadre)
        if seat.role == "captain":
            found += _as_captain(self.facts, cadre, seat)
        return [rule for rule in found if rule == "township_captain" or self._in_effect(rule)]

    def _in_effect(self, rule: str) -> bool:
        return self.facts.rules[rule].on


def seats(facts: Facts) -> Iterator[Seat]:
    """Every seat of the round, once a role and place; captaincies only when their rule is on."""
    for village in facts.villages.values():
        for role in TEAM_ROLES:
            if village.most(role) > 0:
                yield Seat(role, village.id)
    if facts.rules["township_captain"].on:
        for place in facts.townships:
            yield Seat("captain", "", place)


def _for_every_post(facts: Facts, cadre: Cadre) -> Iterator[str]:
    """Rules that shut a cadre out of all posts alike."""
    params = {name: rule.params for name, rule in facts.rules.items()}
    if not set(_codes(params["qualification"]["items"])) <= cadre.conditions:
        yield "qualification"
    if cadre.flags & set(_codes(params["negative_list"]["items"])):
        yield "negative_list"
    if any(grade in REFUSED_GRADES for grade in cadre.appraisals):
        yield "appraisal_floor"
    rows = facts.rows_of(cadre.id)
    due = int(params["rotation_due"]["months"])
    if any(row.months is not None and row.months >= due and not row.extended for row in rows):
        yield "rotation_due"
    if any(_recalled(row, params["recall"]["min_days"]) for row in rows):
        yield "recall"


def _codes(items: object) -> list[str]:
    """Codes of a rule's items, given as {code: wording}, as codes, or as [{code, wording}]."""
    assert isinstance(items, dict | list | tuple)
    return [item["code"] if isinstance(item, dict) else item for item in items]


def _recalled(row: Incumbent, min_days: int) -> bool:
    return row.triggers or (row.days is not None and row.days < min_days)


def _as_first_secretary(facts: Facts, cadre: Cadre) -> Iterator[str]:
    full_months = facts.rules["party_membership"].params["months"]
    work_months = facts.rules["work_experience"].params["months"]
    member = cadre.political_status == "中共党员" and cadre.party_months is not None
    if not member or (cadre.party_months or 0) < full_months:
        yield "party_membership"
    if cadre.work_months is None or cadre.work_months < work_months:
        yield "work_experience"
    if facts.units[cadre.unit].level not in COUNTY_OR_ABOVE:
        yield "lead_unit_level"


def _as_captain(facts: Facts, cadre: Cadre, seat: Seat) -> Iterator[str]:
    """What the captains' own rule asks on top, whatever the screening rules say."""
    assert seat.place is not None
    allowed = facts.rules["township_captain"].params["units"]
    units = allowed.get("/".join(seat.place), allowed.get(seat.place[1]))
    county_level = facts.units[cadre.unit].level in COUNTY_OR_ABOVE
    if not cadre.section or not county_level or (units is not None and cadre.unit not in units):
        yield "township_captain"


def _at_place(facts: Facts, cadre: Cadre, seat: Seat) -> Iterator[str]:
    """Rules that depend on the village or, for a captain, the township."""
    village = facts.villages.get(seat.village)
    place = village.place if village else seat.place
    assert place is not None
    if _too_old(facts, cadre, seat):
        yield "age_limit"
    if _must_stay_away(facts, cadre, village, place):
        yield "recusal"
    if not _serves(facts, cadre, place):
        yield "service_area"
    if _decided_against(facts, cadre, seat):
        yield "decisions"


def _too_old(facts: Facts, cadre: Cadre, seat: Seat) -> bool:
    params = facts.rules["age_limit"].params
    if cadre.age <= params["max_age"]:
        return False
    own = {(row.seat.village, row.seat.place) for row in facts.rows_of(cadre.id)}
    return params["incumbents"] != "keep" or (seat.village, seat.place) not in own


def _must_stay_away(facts: Facts, cadre: Cadre, village: Village | None, place: Place) -> bool:
    """A captain stays away from home townships at either level, team members at level township only."""
    if village and village.id in cadre.home_villages:
        return True
    if village and facts.rules["recusal"].params["level"] != "township":
        return False
    known = {facts.villages[home].place for home in cadre.home_villages & facts.villages.keys()}
    return place in known | cadre.home_places


def _serves(facts: Facts, cadre: Cadre, place: Place) -> bool:
    unit = facts.units[cadre.unit]
    if unit.level == "county":
        return place[0] == unit.place[0]
    if unit.level != "township":
        return True
    if facts.rules["service_area"].params["township_scope"] == "county":
        return place[0] == unit.place[0]
    return place == unit.place


def _decided_against(facts: Facts, cadre: Cadre, seat: Seat) -> bool:
    for decision in facts.decisions:
        if decision.cadre == cadre.id:
            if decision.kind == "drop" or (decision.kind == "lock" and not decision.covers(seat)):
                return True
            if decision.kind == "forbid" and decision.covers(seat):
                return True
        elif seat.role == "first_secretary" and decision.seat.village == seat.village:
            if decision.kind == "bind" and decision.unit != cadre.unit:
                return True
            if decision.kind == "unbind" and decision.unit == cadre.unit:
                return True
    return False
