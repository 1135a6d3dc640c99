"""Parameters that several screening rules share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from matcher.rulekit import Params

#: A number of whole months.
Months = Annotated[int, Field(ge=0, le=1200, strict=True)]


class MonthsParams(Params):
    """``months``: a number of whole months; each rule sets its default."""

    months: Months = 0
