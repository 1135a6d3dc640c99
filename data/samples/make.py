"""Makes the samples of this folder anew: ``./dev python data/samples/make.py``.

Everything in them is invented by :mod:`matcher.synth`. Their digests are frozen in ``digests.json``; a test
holds the generator and the files to them.
"""

from __future__ import annotations

import json
from pathlib import Path

from matcher.round import Round
from matcher.synth import county
from matcher.synth.stress import STRESS, Stress
from matcher.tables import write_json, write_workbook
from matcher.tables.overtype import overtype

HERE = Path(__file__).parent
KINDS = ("huaxi", "louxing", "qinyang", "yuzhong")
SEED = 1


def make_county(kind: str) -> str:
    """Write one synthetic county as workbook and JSON; return its digest."""
    round_ = Round.from_document(county(kind, SEED))
    folder = HERE / kind
    folder.mkdir(exist_ok=True)
    write_json(round_, folder / "round.json")
    write_workbook(round_, folder / "round.xlsx")
    return round_.digest


def make_stress(case: Stress) -> str:
    """Write one stress round as workbook (with its oddly typed cells) and JSON, and the answer it must get."""
    round_ = Round.from_document(case.build())
    folder = HERE / "stress" / case.name
    folder.mkdir(parents=True, exist_ok=True)
    write_json(round_, folder / "round.json")
    write_workbook(round_, folder / "round.xlsx")
    if case.cells:
        overtype(folder / "round.xlsx", case.cells)
    answer = {
        "text": case.text,
        "status": case.expected.status,
        "rules": list(case.expected.rules),
        "subjects": list(case.expected.subjects),
        "amount": case.expected.amount,
        "warnings": list(case.expected.warnings),
    }
    (folder / "answer.json").write_text(
        json.dumps(answer, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return round_.digest


def main() -> None:
    """Make every sample and freeze the digests."""
    digests = {kind: make_county(kind) for kind in KINDS}
    digests |= {f"stress/{case.name}": make_stress(case) for case in STRESS}
    text = json.dumps(digests, ensure_ascii=False, indent=1) + "\n"
    (HERE / "digests.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
