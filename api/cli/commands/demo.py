"""``matcher demo --serve``: the demo, then the service with the demo's round and one run of it."""

from __future__ import annotations

from typing import Annotated

import typer

from matcher.cli.commands import demo
from matcher.cli.options import Lang, Language


def demo_command(
    serve: Annotated[bool, typer.Option("--serve")] = False,
    port: Annotated[int | None, typer.Option("--port", metavar="N", show_default=False)] = None,
    lang: Language = Lang.ZH,
) -> int:
    """Show the whole way on a small county, and serve it where asked to."""
    status = demo.demo_command(lang)
    if status or not serve:
        return status
    from api.demo import run_demo

    run_demo(demo.SAMPLE, demo.FOLDER / "service", port, lang.value)
    return 0
