"""A blank is a blank: left out, null or empty text, it is the same round."""

import pytest

from tests.outside.brute_force import best_plan
from tests.outside.small import Row

from .judged import best_of, optimum, round_of
from .tiny_rounds import seeded_round

# Optional fields of text in every table; dates and codes have their own tests where tables are read.
TEXTS: dict[str, tuple[str, ...]] = {
    "villages": ("county", "lead_unit", "current_lead_unit", "notes"),
    "units": ("leader",),
    "cadres": (
        "native_village", "spouse_native_village", "native_township", "spouse_native_township", "spouse",
        "position", "ethnicity",
    ),
    "incumbents": ("village", "county", "township"),
    "decisions": ("cadre", "unit", "village", "county", "township", "reason"),
    "baseline": ("village", "county", "township"),
    "rules": ("source", "note"),
}  # fmt: skip


def filled(doc: Row, blank: str | None) -> Row:
    """The round with a blank written down wherever a field of text says nothing."""
    tables = {
        table: [
            dict.fromkeys(fields, blank) | {k: v for k, v in row.items() if v} for row in doc.get(table, ())
        ]
        for table, fields in TEXTS.items()
    }
    for table, rows in tables.items():
        for row, before in zip(rows, doc.get(table, ()), strict=True):
            row |= {k: v for k, v in before.items() if k not in TEXTS[table]}
    return doc | tables


@pytest.mark.parametrize("blank", ["", None], ids=["empty", "null"])
def test_blank_texts(blank: str | None) -> None:
    for seed in range(5000, 5040):
        doc = seeded_round(seed)
        written = filled(doc, blank)
        assert round_of(written).digest == round_of(doc).digest
        assert optimum(written) == best_plan(written).score == best_of(doc).score
