"""The arguments and options that several commands share; their help stands in :mod:`matcher.words.commands`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Lang(StrEnum):
    """The two languages."""

    ZH = "zh"
    EN = "en"


#: The name of the variable that sets the language where no option does.
LANGUAGE_VARIABLE = "MATCHER_LANG"

Language = Annotated[
    Lang, typer.Option("--lang", envvar=LANGUAGE_VARIABLE, show_envvar=False, show_default=False)
]
RoundPath = Annotated[Path, typer.Argument(metavar="ROUND")]
PlanPath = Annotated[Path, typer.Argument(metavar="PLAN.json")]
JsonOut = Annotated[Path | None, typer.Option("--json", metavar="FILE")]
XlsxOut = Annotated[Path | None, typer.Option("--xlsx", metavar="FILE")]
Sets = Annotated[list[str] | None, typer.Option("--set", metavar="RULE.PARAM=VALUE")]
Locks = Annotated[list[str] | None, typer.Option("--lock", metavar="CADRE=VILLAGE[:ROLE]")]
Force = Annotated[bool, typer.Option("--force")]
Baseline = Annotated[Path | None, typer.Option("--baseline", metavar="PLAN")]
Gap = Annotated[float, typer.Option("--gap", metavar="G", show_default=False)]
Limit = Annotated[float | None, typer.Option("--limit", metavar="SECONDS")]
Effort = Annotated[str, typer.Option("--effort", metavar="EFFORT", show_default=False)]
