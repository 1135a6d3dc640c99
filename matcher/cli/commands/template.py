"""``matcher template``: an empty workbook to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matcher.cli.desk import Desk
from matcher.cli.options import Force, Lang, Language
from matcher.cli.outputs import check_outputs, naming, written
from matcher.cli.refusals import refuse
from matcher.cli.status import Status
from matcher.tables import write_template
from matcher.words import command_line as words

Out = Annotated[Path, typer.Argument(metavar="OUT.xlsx")]


def template_command(out: Out, *, force: Force = False, lang: Language = Lang.ZH) -> int:
    """Write an empty workbook with headers, choices and help."""
    desk = Desk(lang.value)
    check_outputs({"OUT.xlsx": out}, force=True)
    if out.exists() and not force:
        raise refuse("output_exists", "OUT.xlsx", path=out)
    with naming(out):
        write_template(out, desk.language)
    written(desk, words.TEMPLATE_FILE, out)
    return Status.DONE
