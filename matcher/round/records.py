"""The tables of a round, one record class a table.

Field names are the names in JSON, in workbooks' English headers and in the database. Records are
frozen; collections in them are tuples and :class:`FrozenDict`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, NoReturn

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic_core import PydanticCustomError

from matcher import codes


class FrozenDict(dict[str, Any]):
    """A dict that can't be changed after it was made, so that a validated round stays valid."""

    def _refuse(self, *_args: object, **_kwargs: object) -> NoReturn:
        raise TypeError("a validated round can't be changed: make a new one with Round.patched()")

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = _refuse
    __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(sorted((k, str(v)) for k, v in self.items())))

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (dict(self),))


def _one_of(code_list: codes.CodeList) -> AfterValidator:
    """Validate that a text is a code of ``code_list``."""

    def known(value: str) -> str:
        if value in code_list:
            return value
        near = code_list.nearest(value)
        raise PydanticCustomError(
            "unknown_code",
            "unknown {list} code",
            {"list": code_list.name, "nearest": near.code if near else "", "value": value[:60]},
        )

    return AfterValidator(known)


def _frozen(value: Any) -> Any:
    """Return JSON data with its maps frozen and its lists as tuples."""
    if isinstance(value, dict):
        return FrozenDict({key: _frozen(item) for key, item in value.items()})
    return tuple(_frozen(item) for item in value) if isinstance(value, list | tuple) else value


def _without_blanks(given: dict[str, Any]) -> FrozenDict:
    """Leave out what is blank: a blank condition is the same as none given."""
    return FrozenDict({key: value for key, value in given.items() if value is not None})


def _no_repeats(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) < len(values):
        repeated = next(v for i, v in enumerate(values) if v in values[:i])
        raise PydanticCustomError("repeated_value", "repeated value", {"value": repeated[:60]})
    return values


_MONTH = re.compile(r"(\d{4})-(\d{2})")


def _month(value: Any) -> str:
    """Validate a ``YYYY-MM`` month."""
    match = _MONTH.fullmatch(value) if isinstance(value, str) else None
    if match is None or not (1 <= int(match[2]) <= 12 and 1900 <= int(match[1]) <= 2100):  # noqa: PLR2004
        raise PydanticCustomError("not_a_month", "not a month", {"value": str(value)[:60]})
    return match[0]


def _date(value: Any) -> Any:
    """Take an ISO date; a month alone is its first day."""
    if isinstance(value, date) or value is None:
        return value
    text = f"{value}-01" if isinstance(value, str) and _MONTH.fullmatch(value) else value
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(text)) else _no_date(value)
    except ValueError:
        return _no_date(value)


def _no_date(value: object) -> NoReturn:
    raise PydanticCustomError("not_a_date", "not a date", {"value": str(value)[:60]})


def _number(value: float) -> int | float:
    """Write a whole number without a decimal point, so that one value has one JSON form."""
    return int(value) if float(value).is_integer() else value


Id = Annotated[str, Field(min_length=1, max_length=64, strict=True)]
#: Blank text names nobody, as null does.
OptionalId = Annotated[
    Annotated[str, Field(max_length=64, strict=True)] | None, AfterValidator(lambda text: text or None)
]
Name = Annotated[str, Field(min_length=1, max_length=200, strict=True)]
Words = Annotated[str, Field(max_length=2000, strict=True)]
Month = Annotated[str, BeforeValidator(_month)]
Day = Annotated[date, BeforeValidator(_date)]
Count = Annotated[int, Field(ge=0, le=1_000_000_000, strict=True)]
Amount = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False), AfterValidator(_number),
                   PlainSerializer(_number)]  # fmt: skip
Seats = Annotated[int, Field(ge=0, le=50, strict=True)]
YesNo = Annotated[bool, Field(strict=True)]
OneToFive = Annotated[int, Field(ge=1, le=5, strict=True)]
Many = Annotated[tuple[Id, ...], AfterValidator(_no_repeats)]

VillageType = Annotated[str, _one_of(codes.VILLAGE_TYPES)]
Specialty = Annotated[str, _one_of(codes.SPECIALTIES)]
Role = Annotated[str, _one_of(codes.ROLES)]
#: The highest level of a specialty.
HIGHEST_LEVEL = 5
Level = Annotated[int, Field(ge=1, le=HIGHEST_LEVEL, strict=True)]
Need = Annotated[int, Field(ge=0, le=5, strict=True)]
SpecialtyLevels = Annotated[dict[Specialty, Level], AfterValidator(FrozenDict)]
NeedLevels = Annotated[dict[Specialty, Need], AfterValidator(FrozenDict)]
Appraisal = Annotated[str, _one_of(codes.APPRAISALS)]


class Record(BaseModel):
    """Base of every row of a table."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)

    #: The fields that name a record, for messages and frames.
    key: ClassVar[tuple[str, ...]] = ()


class Village(Record):
    """A village that gets a team."""

    key = ("id",)

    id: Id
    name: Name
    county: Words = ""
    township: Name
    types: Annotated[tuple[VillageType, ...], AfterValidator(_no_repeats)] = ()
    needs: NeedLevels = FrozenDict()
    hardship: OneToFive = 1
    residents: Seats | None = None
    support_min: Seats | None = None
    support_max: Seats | None = None
    languages: Many = ()
    lead_unit: OptionalId = None
    current_lead_unit: OptionalId = None
    population: Count | None = None
    households: Count | None = None
    income: Amount | None = None
    disputes: Count | None = None
    distance_km: Amount | None = None
    notes: Words = ""


class Unit(Record):
    """A dispatching unit: who may send people and lead villages."""

    key = ("id",)

    id: Id
    name: Name
    level: Annotated[str, _one_of(codes.UNIT_LEVELS)]
    kind: Annotated[str, _one_of(codes.UNIT_KINDS)] | None = None
    county: Words = ""
    township: Words = ""
    quota: Count | None = None
    max_villages: Count = 1
    funds: Amount = 0
    projects: Count = 0
    leader: Words = ""
    strength: OneToFive | None = None
    resources: SpecialtyLevels = FrozenDict()
    rating: Annotated[str, _one_of(codes.RATINGS)] | None = None


class Cadre(Record):
    """A candidate."""

    key = ("id",)

    id: Id
    name: Name
    sex: Annotated[str, _one_of(codes.SEXES)] | None = None
    birth_month: Month
    ethnicity: Words = ""
    political_status: Annotated[str, _one_of(codes.POLITICAL_STATUSES)] | None = None
    party_joined: Day | None = None
    work_started: Day | None = None
    education: Annotated[str, _one_of(codes.EDUCATIONS)] | None = None
    position: Words = ""
    rank: Annotated[str, _one_of(codes.RANKS)] | None = None
    unit: Id
    specialties: SpecialtyLevels = FrozenDict()
    grassroots_years: Amount = 0
    appraisals: tuple[Appraisal, ...] = ()
    native_village: OptionalId = None
    spouse_native_village: OptionalId = None
    kin_villages: Many = ()
    native_township: Words = ""
    spouse_native_township: Words = ""
    spouse: OptionalId = None
    conditions: Annotated[dict[Id, YesNo | None], AfterValidator(_without_blanks)] = FrozenDict()
    flags: Many = ()
    languages: Many = ()
    willing: YesNo | None = None
    named_pick: YesNo = False


class Posting(Record):
    """Base of the tables that name a cadre's post: a village, or a captain's township."""

    cadre: Id
    village: OptionalId = None
    county: Words = ""
    township: Words = ""
    role: Role


class Incumbent(Posting):
    """Someone who is in office now."""

    key = ("cadre",)

    since: Day | None = None
    days_per_month: Annotated[float, Field(ge=0, le=31), PlainSerializer(_number)] | None = None
    appraisal: Appraisal | None = None
    recall: Annotated[
        tuple[Annotated[str, _one_of(codes.RECALL_TRIGGERS)], ...], AfterValidator(_no_repeats)
    ] = ()
    extension_approved: YesNo = False


class Decision(Record):
    """What has been decided already."""

    kind: Annotated[str, _one_of(codes.DECISION_KINDS)]
    cadre: OptionalId = None
    unit: OptionalId = None
    village: OptionalId = None
    county: Words = ""
    township: Words = ""
    role: Role | None = None
    reason: Words = ""


class Suitability(Record):
    """The interview panel's score for a pairing."""

    key = ("cadre", "village")

    cadre: Id
    village: Id
    score: Annotated[int, Field(ge=0, le=100, strict=True)]


class BaselinePost(Posting):
    """A post of the plan in force."""

    key = ("cadre",)


class RuleOverride(Record):
    """An override of a built-in screening rule, plan rule or score term."""

    key = ("id",)

    id: Id
    mode: Literal["hard", "soft", "off", "on"] | None = None
    weight: Annotated[int, Field(ge=0, le=1_000_000, strict=True)] | None = None
    params: Annotated[dict[str, Any], AfterValidator(_frozen)] = FrozenDict()
    source: Words = ""
    note: Words = ""


#: The tables of a round in their order, each with its record class.
TABLES: dict[str, type[Record]] = {
    "villages": Village,
    "units": Unit,
    "cadres": Cadre,
    "incumbents": Incumbent,
    "decisions": Decision,
    "suitability": Suitability,
    "baseline": BaselinePost,
    "rules": RuleOverride,
}
