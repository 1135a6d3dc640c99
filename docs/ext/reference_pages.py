"""Writes what the pages include: tables from the code, into ``docs/generated``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import code_pages
import command_pages
import document_pages
import rule_pages
import rule_tables
import sheet_pages
import synthetic_pages
from markdown import write as write_page

if TYPE_CHECKING:
    from pathlib import Path


def write(docs: Path) -> None:
    """Write every generated part; pages that did not change are left alone."""
    for name, text in parts().items():
        write_page(docs / "generated" / f"{name}.md", text)
    rule_pages.write_pages(docs / "rules")


def parts() -> dict[str, str]:
    """Return every generated part by name."""
    found = {
        "codes": code_pages.page(),
        "needs-zh": code_pages.needs("zh"),
        "needs-en": code_pages.needs("en"),
    }
    found["commands"] = command_pages.page("en")
    found |= {f"exit-{language}": command_pages.exit_statuses(language) for language in ("zh", "en")}  # type: ignore[arg-type]
    found |= {name: document_pages.page(name) for name in document_pages.MODELS}
    for table, sheet in sheet_pages.sheets().items():
        found[f"sheet-{table}"] = sheet_pages.planners_table(sheet)
        if table != "needs_by_type":
            found[f"fields-{table}"] = sheet_pages.fields_table(sheet)
    found |= {"synth-kinds": synthetic_pages.kinds(), "stress": synthetic_pages.stress()}
    found["repair-prices"] = rule_tables.repair_prices()
    for kind in ("screening", "plan", "terms"):
        found[f"rules-{kind}-zh"] = rule_tables.rules_table(kind, "zh")
        found[f"rules-{kind}-en"] = rule_tables.rules_table(kind, "en")
    return found
