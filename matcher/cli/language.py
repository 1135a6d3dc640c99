"""Which language to speak: known before anything is parsed, so that help and refusals speak it too."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from matcher.cli.options import LANGUAGE_VARIABLE, Lang

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.codes import Language


def language_of(arguments: Sequence[str]) -> Language:
    """Return the language that the arguments ask for, else the environment, else Chinese."""
    asked = os.environ.get(LANGUAGE_VARIABLE, "")
    for number, argument in enumerate(arguments):
        if argument == "--lang":
            asked = "".join(arguments[number + 1 : number + 2])
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return "en" if asked == Lang.EN else "zh"
