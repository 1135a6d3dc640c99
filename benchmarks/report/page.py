"""Writing the report: HTML in one file that needs nothing else, and Markdown with pictures beside it."""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING

import vl_convert

from benchmarks.report.figures import figures
from benchmarks.report.results import Results, newest
from benchmarks.report.tables import (
    conditions_table,
    findings_table,
    helped_table,
    markdown_table,
    replies_table,
    runs_table,
    warm_table,
    wins_table,
)

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.experiments import Answer
    from benchmarks.report.tables import Table

_STYLE = """
body { font: 15px/1.5 sans-serif; color: #222; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; border-bottom: 1px solid #ccc; }
table { border-collapse: collapse; font-size: 13px; margin: .8rem 0; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid #e3e3e3; text-align: left; vertical-align: top; }
td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th { background: #f4f4f4; } .wide { overflow-x: auto; } .bad { color: #a40000; font-weight: bold; }
img { max-width: 100%; height: auto; } figure { margin: 1rem 0; } figcaption { color: #555; font-size: 13px; }
code { background: #f4f4f4; padding: .1rem .3rem; }
"""
_TITLES = {
    "table": "Targets",
    "peers": "Methods compared in the same time",
    "growth": "Time against size",
    "warm": "One change in a running process",
    "questions": "Questions about a plan",
    "infeasible": "Rounds that have no plan",
}
#: Pixels of a PNG for each unit of a picture.
_SCALE = 2.0


def write_report(answer: Answer, folder: Path, command: str) -> Path:
    """Write the report of an answer into ``folder`` and return the path of its HTML page."""
    folder.mkdir(parents=True, exist_ok=True)
    results = Results(newest(answer.rows))
    title = _TITLES[answer.question]
    html = [f"<h1>{title}</h1>", f"<p>Made by <code>{escape(command)}</code>.</p>"]
    text = [f"# {title}", f"Made by `{command}`."]
    for line in results.contradictions():
        html.append(f'<p class="bad">Contradiction: {escape(line)}</p>')
        text.append(f"**Contradiction:** {line}")
    for heading, table in _tables(answer, results, before=True):
        html += [f"<h2>{heading}</h2>", _html_table(table)]
        text += [f"## {heading}", markdown_table(table)]
    for name, (caption, chart) in figures(results).items() if results.rows else ():
        svg = vl_convert.vegalite_to_svg(chart.to_json())
        (folder / f"{name}.svg").write_text(svg, "utf-8")
        (folder / f"{name}.png").write_bytes(vl_convert.vegalite_to_png(chart.to_json(), scale=_SCALE))
        html += [f"<h2>{name.replace('-', ' ').capitalize()}</h2>", _html_picture(svg, caption)]
        text += [f"## {name.replace('-', ' ').capitalize()}", f"![{caption}]({name}.png)", caption]
    for heading, table in _tables(answer, results, before=False):
        html += [f"<h2>{heading}</h2>", _html_table(table)]
        text += [f"## {heading}", markdown_table(table)]
    (folder / "report.md").write_text("\n\n".join(text) + "\n", "utf-8")
    page = folder / "report.html"
    page.write_text(_html_page(title, html), "utf-8")
    return page


def _tables(answer: Answer, results: Results, *, before: bool) -> list[tuple[str, Table]]:
    """Return the tables that stand before the pictures, or behind them."""
    if before:
        return [
            *([("Targets", findings_table(answer.findings))] if answer.findings else []),
            *([("Changes", warm_table(answer.warm))] if answer.warm else []),
            *([("Questions", replies_table(answer.replies))] if answer.replies else []),
            *([("Rounds", helped_table(answer.helped))] if answer.helped else []),
            *([("Wins and losses", wins_table(results))] if answer.question == "peers" else []),
        ]
    if not results.rows:
        return []
    return [("Every run", runs_table(results)), ("Measured on", conditions_table(results.rows))]


def _html_page(title: str, parts: list[str]) -> str:
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>\n{body}\n</body></html>\n"
    )


def _html_picture(svg: str, caption: str) -> str:
    """Return a picture as a data address, so that names inside one picture can't meet those of another."""
    data = base64.b64encode(svg.encode()).decode()
    return (
        f'<figure><img alt="{escape(caption)}" src="data:image/svg+xml;base64,{data}">'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def _html_table(table: Table) -> str:
    head, rows = table
    lines = "".join("<tr>" + "".join(_html_cell(cell) for cell in row) + "</tr>" for row in rows)
    top = "".join(f"<th>{escape(name)}</th>" for name in head)
    return f'<div class="wide"><table><tr>{top}</tr>{lines}</table></div>'


def _html_cell(cell: str) -> str:
    kind = ' class="bad"' if cell in ("MISSED", "wrong") else ' class="n"' if _is_number(cell) else ""
    return f"<td{kind}>{escape(cell)}</td>"


def _is_number(cell: str) -> bool:
    return cell in ("—", "∞") or cell.replace(",", "").replace(".", "").rstrip("%").isdigit()
