"""The generated pages of the rule catalogue: one for every rule, in both languages, the same every time."""

from pathlib import Path

import pytest

from docs.ext.rule_pages import write_pages
from tests.rulekit.registries import TESTS, Entry, entries

ENTRIES = entries()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "rules"
    write_pages(folder)
    return folder


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_every_rule_has_its_page_in_both_languages(entry: Entry, folder: Path) -> None:
    page = (folder / f"{entry.rule.id}.md").read_text(encoding="utf-8")
    assert page.startswith("# ")
    for field in ("name", "sentence", "why", "allowed", "refused", "words"):
        text = getattr(entry.rule, field)
        assert text.zh in page
        assert text.en in page
    assert "默认" in page
    for name in entry.rule.Params.model_fields:
        assert f"| `{name}` | `" in page
    assert f"`{entry.source.relative_to(TESTS.parent).as_posix()}`" in page


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_every_rule_stands_in_its_index(entry: Entry, folder: Path) -> None:
    index = {"screening": "screening", "constraints": "plan-rules", "scoring": "score-terms"}[entry.package]
    page = (folder / f"{index}.md").read_text(encoding="utf-8")
    assert f"[`{entry.rule.id}`]({entry.rule.id}.md) | {entry.rule.name.zh} | {entry.rule.name.en} |" in page


def test_every_page_is_in_the_contents_once(folder: Path) -> None:
    listed = []
    for page in sorted(folder.glob("*.md")):
        text = page.read_text(encoding="utf-8")
        if "```{toctree}" in text:
            listed += text.split("```{toctree}\n:hidden:\n\n")[1].split("```")[0].split()
    assert sorted([*listed, "index"]) == sorted(page.stem for page in folder.glob("*.md"))


def test_the_same_rules_give_the_same_pages(folder: Path, tmp_path: Path) -> None:
    first = {page.name: page.read_bytes() for page in folder.iterdir()}
    stale = tmp_path / "rules" / "gone.md"
    stale.parent.mkdir()
    stale.write_text("# A rule that is no more\n", encoding="utf-8")
    pages = write_pages(tmp_path / "rules")
    assert {page.name: page.read_bytes() for page in (tmp_path / "rules").iterdir()} == first
    assert {page.name for page in pages} == set(first)
    before = [page.stat().st_mtime_ns for page in pages]
    write_pages(tmp_path / "rules")
    assert [page.stat().st_mtime_ns for page in pages] == before


def test_what_a_page_says_of_modes_and_limits(folder: Path) -> None:
    page = (folder / "young_share.md").read_text(encoding="utf-8")
    assert "| **默认 Default** | 软，权重30 | soft, weight 30 |" in page
    assert "the whole round: it links villages" in page
    assert "| `min_share` | `0.2` | 数 number 0 – 1 |" in page
    assert "each team by itself, and it links villages" in (folder / "lead_unit.md").read_text(
        encoding="utf-8"
    )
    assert '| `level` | `"village"` | `village` / `township` |' in (folder / "recusal.md").read_text("utf-8")
