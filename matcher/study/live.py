"""Live progress in a notebook: one line that is written over; nothing where there is no notebook."""

from __future__ import annotations

import time
from html import escape
from typing import TYPE_CHECKING

from matcher.words.notebook import WORKING
from matcher.words.result import PHASE

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.solving.incumbent import Progress

#: Seconds between two updates of the line.
EVERY = 0.3


def live() -> Callable[[str, Progress], None] | None:
    """Return what shows the progress of scenarios in the notebook that this runs in; None outside of one."""
    try:
        from IPython import get_ipython  # noqa: PLC0415 - only a notebook has it
        from IPython.display import HTML, display  # noqa: PLC0415
    except ImportError:
        return None
    if get_ipython() is None:
        return None
    from matcher import notebook  # noqa: PLC0415 - only a notebook needs it

    handle = display(HTML(""), display_id=True)
    last = 0.0

    def told(name: str, progress: Progress) -> None:
        nonlocal last
        if handle is None or time.monotonic() - last < EVERY:
            return
        last = time.monotonic()
        phase = PHASE[progress.phase].in_(notebook.language) if progress.phase in PHASE else progress.phase
        gap = "—" if progress.gap is None else f"{progress.gap:.2%}"
        score = "—" if progress.score is None else progress.score
        bound = "—" if progress.bound is None else progress.bound
        text = WORKING.in_(notebook.language).format(
            name=name, phase=phase, score=score, bound=bound, gap=gap, seconds=f"{progress.seconds:.1f}"
        )
        handle.update(HTML(escape(text)))

    return told
