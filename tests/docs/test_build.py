"""The documentation builds without a warning, and nothing on its pages comes from the network."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from matcher.rulebook import catalogue
from tests.docs.pages import DOCS, ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

#: What makes a browser fetch something: in HTML, and in style sheets.
_FETCHED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\bsrc=["'](?:https?:)?//"""
    r"""|<link\b[^>]*\bhref=["'](?:https?:)?//"""
    r"""|url\(\s*["']?(?:https?:)?//|@import\s+["'](?:https?:)?//"""
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of freshly built pages."""
    target = tmp_path_factory.mktemp("docs")
    command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-b", "html"]
    done = subprocess.run(
        [*command, "-d", str(target / "trees"), str(DOCS), str(target / "html")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return target / "html"


def test_nothing_is_fetched_from_elsewhere(built: Path) -> None:
    files = [file for file in built.rglob("*") if file.suffix in (".html", ".css", ".svg")]
    assert len(files) > 20
    fetched = {file.relative_to(built): _FETCHED.findall(file.read_text("utf-8")) for file in files}
    assert {file: found for file, found in fetched.items() if found} == {}


def test_scripts_fetch_nothing_from_elsewhere(built: Path) -> None:
    calls = re.compile(r"""(?:fetch|import|importScripts|open)\(\s*["'`](?:https?:)?//""")
    scripts = list(built.rglob("*.js"))
    assert scripts
    assert [script.name for script in scripts if calls.search(script.read_text("utf-8"))] == []


def test_links_to_places_on_pages_resolve(built: Path) -> None:
    anchors = {
        page: set(re.findall(r'\bid="([^"]+)"', page.read_text("utf-8"))) for page in built.rglob("*.html")
    }
    missing = []
    for page in anchors:
        for link in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', page.read_text("utf-8")):
            if re.match(r"https?:|mailto:", link):
                continue
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            if not target.exists() or (anchor and target in anchors and anchor not in anchors[target]):
                missing.append((page.relative_to(built).as_posix(), link))
    assert missing == []


def test_chinese_is_found_by_pairs(built: Path) -> None:
    index = (built / "searchindex.js").read_text("utf-8")
    for pair in ("上界", "花名", "轮换"):
        assert json.dumps(pair).strip('"') in index


def test_every_rule_and_term_stands_in_both_guides(built: Path) -> None:
    for guide in ("guide.html", "zh/guide.html"):
        text = (built / guide).read_text("utf-8")
        assert [id_ for id_ in catalogue() if f">{id_}<" not in text] == []
