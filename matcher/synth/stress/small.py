"""A builder of small rounds in which everybody could hold every post, until a case takes that away."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from matcher.synth import words
from matcher.synth.document import Document, without_blanks
from matcher.synth.draws import Draws
from matcher.synth.months import birth_month

AS_OF: Final = date(2025, 5, 1)
COUNTY: Final = "芷澜县"
_BUREAUS: Final = ("农业农村局", "财政局", "司法局", "文化和旅游局", "教育局", "民政局", "水务局", "林业局")


class Small:
    """A small round under construction.

    Parameters
    ----------
    name
        What the round is called.
    text
        Its Chinese title.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.draws = Draws("stress", name)
        self.villages: list[Document] = []
        self.units: list[Document] = []
        self.cadres: list[Document] = []
        self._names = iter(words.villages(self.draws, 40))

    def village(self, township: str = "苇渡镇", **fields: Any) -> str:
        """Add a village, a team of three unless told otherwise, and return its id."""
        id_ = f"9999001{201 + len(self.villages):03d}"
        row = {"id": id_, "name": next(self._names) + "村", "county": COUNTY, "township": township}
        plain = {"types": ["lifted"], "needs": {"industry": 4, "project": 3}, "hardship": 3, "residents": 2}
        self.villages.append({**row, **plain, "notes": words.SYNTHETIC, **fields})
        return id_

    def unit(self, **fields: Any) -> str:
        """Add a county bureau that may lead three villages and send many, and return its id."""
        number = len(self.units)
        row = {
            "id": f"U{number + 1:02d}",
            "name": COUNTY + _BUREAUS[number % len(_BUREAUS)],
            "level": "county",
        }
        plain = {"kind": "政府机关", "county": COUNTY, "quota": 20, "max_villages": 3, "funds": 10 + number}
        self.units.append({**row, **plain, "resources": {"industry": 2}, **fields})
        return str(self.units[-1]["id"])

    def cadre(self, unit: str, age: int = 42, **fields: Any) -> str:
        """Add someone who may hold any post of the round, and return the id."""
        id_ = f"C{len(self.cadres) + 1:02d}"
        female = len(self.cadres) % 4 == 3
        row = {"id": id_, "name": words.person(self.draws, female), "sex": "female" if female else "male"}
        plain = {
            "birth_month": birth_month(AS_OF, age, len(self.cadres) % 12),
            "ethnicity": "汉族",
            "political_status": "中共党员",
            "party_joined": "2015-07-01",
            "work_started": "2012-08-01",
            "education": "本科",
            "rank": "section_staff",
            "specialties": {"industry": 3},
            "appraisals": ["称职", "称职", "称职"],
            "willing": True,
        }
        self.cadres.append({**row, "unit": unit, **plain, **fields})
        return id_

    def document(self, **tables: Any) -> Document:
        """Return the round as ``round/1`` data."""
        return {
            "schema": "round/1",
            "id": f"stress-{self.name}",
            "name": f"{self.text}（合成示例）",
            "region": f"合成省合成市{COUNTY}（{words.SYNTHETIC}）",
            "as_of": AS_OF.isoformat(),
            "starts_on": "2025-06-01",
            "villages": [without_blanks(row) for row in self.villages],
            "units": [without_blanks(row) for row in self.units],
            "cadres": [without_blanks(row) for row in self.cadres],
            **{name: rows for name, rows in tables.items() if rows},
        }


def without_rule(rule: str) -> Any:
    """Return a change that switches a rule off."""

    def mended(document: Document) -> Document:
        rows = [row for row in document.get("rules", []) if row["id"] != rule]
        return {**document, "rules": [*rows, {"id": rule, "mode": "off"}]}

    return mended


def without_decision(place: int) -> Any:
    """Return a change that drops one decision."""

    def mended(document: Document) -> Document:
        rows = list(document["decisions"])
        del rows[place]
        return {**document, "decisions": rows}

    return mended
