"""The notebooks run from top to bottom, show nothing that loads from a network, and leave pictures that can be read."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from typing import TYPE_CHECKING, Any

import jupytext
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from PIL import Image

from tests.docs.pages import DOCS, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOTEBOOKS = sorted(page.stem for page in (DOCS / "notebooks").glob("*.md") if page.stem != "index")
#: Names of XML vocabularies, which nobody loads.
NAMES = re.compile(r'xmlns(?::\w+)?="[^"]*"')
LOADS = re.compile(r"https?://|<script|<link|@import|url\((?!#)", re.IGNORECASE)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def run(name: str, folder: Path) -> Any:
    """Run a notebook in a copy of its folder beside the samples; return it with its outputs."""
    shutil.copytree(DOCS / "notebooks", folder / "docs" / "notebooks")
    (folder / "data").symlink_to(ROOT / "data")
    notebook = jupytext.read(folder / "docs" / "notebooks" / f"{name}.md")
    path = {"metadata": {"path": str(folder / "docs" / "notebooks")}}
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources=path).execute()
    return notebook


def shown(notebook: Any, kind: str) -> Iterator[str]:
    """What the cells show of one kind."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if kind in output.get("data", {}):
                yield output["data"][kind]


def edge_is_white(png: bytes) -> bool:
    """Whether nothing touches the edge of a picture, so that nothing is cut off there."""
    with Image.open(BytesIO(png)) as opened:
        picture = opened.convert("L")
    width, height = picture.size
    edges = (
        (0, 0, width, 2),
        (0, height - 2, width, height),
        (0, 0, 2, height),
        (width - 2, 0, width, height),
    )
    return all(picture.crop(box).getextrema()[0] == 255 for box in edges)


def test_there_are_five() -> None:
    assert len(NOTEBOOKS) == 5


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs(name: str, tmp_path: Path) -> None:
    notebook = run(name, tmp_path)
    html = list(shown(notebook, "text/html"))
    assert html
    for text in html:
        assert not LOADS.search(NAMES.sub("", text)), text[:300]
    drawings = [text for text in html if text.lstrip().startswith("<svg")]
    pictures = sorted((tmp_path / "build" / "notebooks" / name).glob("*.png"))
    assert drawings
    assert all(CHINESE.search(text) for text in drawings)
    assert len(pictures) == len(drawings)
    for picture in pictures:
        assert edge_is_white(picture.read_bytes()), picture.name


def test_what_is_cut_off_is_seen() -> None:
    drawn = Image.new("RGB", (40, 40), "white")
    drawn.putpixel((39, 20), (0, 0, 0))
    cut, whole = BytesIO(), BytesIO()
    drawn.save(cut, "PNG")
    Image.new("RGB", (40, 40), "white").save(whole, "PNG")
    assert not edge_is_white(cut.getvalue())
    assert edge_is_white(whole.getvalue())


INTERRUPTED = """
from matcher import Settings, Study, read_round
from matcher.study import weight
study = Study(read_round("data/samples/yuzhong/round.xlsx"), Settings(method="columns", effort="thorough"))
study.add("more fit", weight("need_fit", 2))
study.run()
base = study.scenarios["base"]
print(base.interrupted, base.result.status, base.result.best.score > 0, study.scenarios["more fit"].result)
"""


@pytest.mark.slow
def test_an_interrupt_keeps_the_best_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    """Progress is shown on one line while a study runs; once a plan is there, the kernel is interrupted."""
    monkeypatch.chdir(ROOT)
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        asked = client.execute(INTERRUPTED)
        shown_lines, said, interrupted = [], "", False
        while True:
            message = client.get_iopub_msg(timeout=300)
            if message["parent_header"].get("msg_id") != asked:
                continue
            content = message["content"]
            if message["msg_type"] == "update_display_data":
                shown_lines.append(content["data"]["text/html"])
                if not interrupted and re.search(r"得分\s*\d", shown_lines[-1]):
                    manager.interrupt_kernel()
                    interrupted = True
            elif message["msg_type"] == "stream":
                said += content["text"]
            elif message["msg_type"] == "status" and content["execution_state"] == "idle":
                break
        assert client.get_shell_msg(timeout=60)["content"]["status"] == "ok"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert interrupted
    assert said.strip() == "True feasible True None"
