"""``matcher synth``: a synthetic round of a kind, of a free size, or a stress round."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from matcher.cli.desk import Desk
from matcher.cli.options import Force, Lang, Language
from matcher.cli.refusals import refuse
from matcher.cli.rounds_out import check_round_out, write_round
from matcher.cli.status import Status
from matcher.round import Round
from matcher.synth import KINDS, county, county_of
from matcher.synth.stress import STRESS, Stress
from matcher.tables.overtype import overtype

What = Annotated[list[str], typer.Argument(metavar="[KIND] OUT")]
Villages = Annotated[int | None, typer.Option("--villages", metavar="N")]
Seed = Annotated[int, typer.Option("--seed", metavar="N")]
StressName = Annotated[str | None, typer.Option("--stress", metavar="NAME")]
Candidates = Annotated[int | None, typer.Option("--candidates", metavar="N")]
Counties = Annotated[int | None, typer.Option("--counties", metavar="N")]


def synth_command(
    what: What,
    *,
    villages: Villages = None,
    seed: Seed = 1,
    stress: StressName = None,
    candidates: Candidates = None,
    counties: Counties = None,
    force: Force = False,
    lang: Language = Lang.ZH,
) -> int:
    """Make a synthetic round."""
    desk = Desk(lang.value)
    *kinds, out = what
    if len(kinds) + (villages is not None) + (stress is not None) != 1:
        raise refuse("synth_what")
    check_round_out(Path(out), force=force)
    if stress is not None:
        document = _stress(stress)
    elif villages is not None:
        document = _of_size(villages, seed, counties, candidates)
    else:
        document = _of_kind(kinds[0], seed)
    write_round(desk, Round.from_document(document), Path(out))
    if stress is not None and Path(out).suffix.lower() == ".xlsx":
        overtype(Path(out), _case(stress).cells, desk.language)
    return Status.DONE


def _of_kind(kind: str, seed: int) -> dict[str, Any]:
    if kind not in KINDS:
        raise refuse("synth_kind", value=kind, known=" ".join(KINDS))
    return county(kind, seed)


def _of_size(villages: int, seed: int, counties: int | None, candidates: int | None) -> dict[str, Any]:
    try:
        return county_of(villages, seed, counties=counties, candidates=candidates)
    except ValueError as error:
        raise refuse("synth_size", "--villages", message=error) from None


def _stress(name: str) -> dict[str, Any]:
    return _case(name).build()


def _case(name: str) -> Stress:
    cases = {case.name: case for case in STRESS}
    if name not in cases:
        raise refuse("synth_stress", "--stress", value=name, known=" ".join(cases))
    return cases[name]
