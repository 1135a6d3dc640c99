"""``matcher convert``: a round from workbook, JSON or CSV folder into another of them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from matcher.cli.desk import Desk
from matcher.cli.options import Force, Lang, Language
from matcher.cli.rounds_out import check_round_out, write_round
from matcher.cli.status import Status
from matcher.tables import read_round

Source = Annotated[Path, typer.Argument(metavar="IN")]
Out = Annotated[Path, typer.Argument(metavar="OUT")]


class CsvEncoding(StrEnum):
    """How CSV files may be written."""

    MARKED = "utf-8-sig"
    PLAIN = "utf-8"
    CHINESE = "gb18030"


Encoding = Annotated[CsvEncoding, typer.Option("--encoding", show_default=False)]


def convert_command(
    source: Source,
    out: Out,
    *,
    encoding: Encoding = CsvEncoding.MARKED,
    force: Force = False,
    lang: Language = Lang.ZH,
) -> int:
    """Turn a round from workbook, JSON or CSV folder into another."""
    desk = Desk(lang.value)
    check_round_out(out, [source], force=force)
    write_round(desk, read_round(source), out, encoding.value)
    return Status.DONE
