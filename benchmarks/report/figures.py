"""The pictures, each a chart that can be written as SVG and as PNG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from benchmarks.growth import fit_of, times
from benchmarks.measuring.rows import relative
from benchmarks.report.results import shown_as
from benchmarks.rounds import CASES
from benchmarks.targets import GROWTH_GAP

if TYPE_CHECKING:
    from benchmarks.measuring.rows import Row
    from benchmarks.report.results import Results

Chart = Any
#: Colours that people who see red and green alike can tell apart; the product's are the strong ones.
COLOURS = ("#0B5FA5", "#D55E00", "#CC79A7", "#009E73", "#E69F00", "#7A7A7A", "#56B4E9", "#8C6D31", "#333333")
#: Shapes beside the colours, for print without colour.
SHAPES = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "triangle-down",
    "triangle-left",
    "triangle-right",
    "circle",
)
#: A gap of nothing has no place on a logarithmic axis: it is drawn here.
CLOSED = 1e-5
#: Gaps wider than this say nothing more: they are drawn here.
OPEN = 10.0
#: The rounds that differ in size alone.
_SIZES = {case.name for case in CASES if case.group == "size"}
_WIDTH, _HEIGHT, _COLUMNS = 330, 200, 2
_ALL_OF_IT = 680


def figures(results: Results) -> dict[str, tuple[str, Chart]]:
    """Return the pictures by file name, with their captions; those without data are left out."""
    made = {
        "score-over-time": (
            "Score of the best plan over the seconds of the whole process.",
            _scores(results),
        ),
        "gap-over-time": (
            f"Proven gap over the seconds of the whole process. A closed gap (optimal) is drawn at {CLOSED:.3%}, "
            f"a gap above {OPEN:.0%} at that.",
            _gaps(results),
        ),
        "time-by-size": (
            f"Seconds to a proven gap of {GROWTH_GAP:.1%} against size, with the fitted line.",
            _growth(results),
        ),
        "win-loss": (
            "Who has the best plan: how far each method's score is below the best of the round, or why it has none.",
            _standing(results),
        ),
        "memory": ("Peak memory of all processes of a run together.", _memory(results)),
    }
    return {name: (caption, chart) for name, (caption, chart) in made.items() if chart is not None}


def _style(chart: Chart) -> Chart:
    return (
        chart.configure(font="sans-serif", background="white")
        .configure_axis(labelFontSize=11, titleFontSize=12, titleFontWeight="normal", gridColor="#E6E6E6")
        .configure_legend(labelFontSize=12, titleFontSize=12, orient="top", symbolStrokeWidth=2.5, title=None)
        .configure_header(labelFontSize=13, labelFontWeight="bold", title=None)
        .configure_view(stroke="#BBBBBB")
    )


def _colour(results: Results) -> Chart:
    scale = alt.Scale(domain=results.names, range=list(COLOURS[: len(results.names)]))
    return alt.Color("method:N", scale=scale, legend=alt.Legend(columns=4, labelLimit=260))


def _shape(results: Results) -> Chart:
    scale = alt.Scale(domain=results.names, range=list(SHAPES[: len(results.names)]))
    return alt.Shape("method:N", scale=scale)


def _facets(results: Results, data: pd.DataFrame, y: Chart) -> Chart | None:
    """Return step lines over time, one small picture a round."""
    if data.empty:
        return None
    x = alt.X("seconds:Q", title="seconds", scale=alt.Scale(type="sqrt", domainMin=0, nice=True))
    base = alt.Chart(data).encode(x=x, y=y, color=_colour(results))
    lines = base.mark_line(interpolate="step-after", strokeWidth=2, opacity=0.85)
    ends = (
        base.mark_point(size=45, filled=True, opacity=1)
        .encode(shape=_shape(results))
        .transform_filter("datum.end")
    )
    labels = [label for label in results.labels if label in set(data["round"])]
    facet = alt.Facet("round:N", sort=labels, header=alt.Header(labelAnchor="start"))
    width = _WIDTH if len(labels) > 1 else _ALL_OF_IT
    layered = alt.layer(lines, ends).properties(width=width, height=_HEIGHT)
    chart = layered.facet(facet, columns=min(_COLUMNS, len(labels))).resolve_scale(
        x="independent", y="independent"
    )
    return _style(chart)


def _first_seeds(results: Results) -> list[Row]:
    """Return the compared runs of the first seed of each round: pictures over time show one of them."""
    first = {row.round: min(r.seed for r in results.rows if r.round == row.round) for row in results.rows}
    return [row for row in results.best if row.seed == first[row.round]]


def _steps(results: Results, value: Any) -> pd.DataFrame:
    """Return the points of the step lines, each line drawn on to the end of its run."""
    points = []
    for row in _first_seeds(results):
        mine = [(seconds, value(score, bound)) for seconds, score, bound in row.trace] if row.solved else []
        mine = [(seconds, number) for seconds, number in mine if number is not None]
        if mine:
            mine.append((max(row.seconds, mine[-1][0]), mine[-1][1]))
        points += [
            {"round": row.label, "method": shown_as(row), "seconds": s, "value": v, "end": i == len(mine) - 1}
            for i, (s, v) in enumerate(mine)
        ]
    return pd.DataFrame(points, columns=["round", "method", "seconds", "value", "end"])


def _scores(results: Results) -> Chart | None:
    y = alt.Y("value:Q", title="score", scale=alt.Scale(zero=False), axis=alt.Axis(format=",d"))
    return _facets(results, _steps(results, lambda score, _bound: score), y)


def _gaps(results: Results) -> Chart | None:
    def gap(score: int | None, bound: int | None) -> float | None:
        found = relative(score, bound)
        return None if found is None else min(OPEN, max(CLOSED, found))

    ticks = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10]
    axis = alt.Axis(values=ticks, labelExpr="datum.value * 100 + ' %'")
    y = alt.Y(
        "value:Q",
        title="proven gap",
        scale=alt.Scale(type="log", domain=[CLOSED, OPEN], nice=False),
        axis=axis,
    )
    return _facets(results, _steps(results, gap), y)


def _growth(results: Results) -> Chart | None:
    """Return seconds against villages, both logarithmic, a line for each method that reached every size.

    Only of rounds that differ in nothing but their size: kinds of round differ in more.
    """
    points: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for name in results.names:
        mine = (row for row in results.best if shown_as(row) == name and row.round in _SIZES)
        found = times(mine, GROWTH_GAP)
        reached = {villages: seconds for villages, seconds in found.items() if seconds is not None}
        points += [{"method": name, "villages": v, "seconds": s} for v, s in reached.items()]
        line = fit_of(found)
        if line is not None:
            ends = (min(reached), max(reached))
            note = f"exponent {line.exponent:.2f}"
            lines += [
                {
                    "method": name,
                    "villages": v,
                    "seconds": line.seconds(v),
                    "note": note if v == ends[1] else "",
                }
                for v in ends
            ]
    if not points or len({point["villages"] for point in points}) < 2:
        return None
    sizes = sorted({point["villages"] for point in points})
    spread = alt.Scale(type="log", domain=[sizes[0] / 1.15, sizes[-1] * 1.15], nice=False)
    axis = alt.Axis(values=sizes, format="d")
    x = alt.X("villages:Q", title="villages", scale=spread, axis=axis)
    y = alt.Y("seconds:Q", title="seconds", scale=alt.Scale(type="log"), axis=alt.Axis(format="~g"))
    dots = alt.Chart(pd.DataFrame(points)).mark_point(size=70, filled=True, opacity=1)
    layers = [dots.encode(x=x, y=y, color=_colour(results), shape=_shape(results))]
    if lines:
        fitted = alt.Chart(pd.DataFrame(lines)).encode(x=x, y=y, color=_colour(results))
        layers += [
            fitted.mark_line(strokeDash=[6, 4], strokeWidth=1.5),
            fitted.mark_text(align="right", dx=-14, dy=-16, fontSize=12).encode(text="note:N"),
        ]
    return _style(alt.layer(*layers).properties(width=_ALL_OF_IT, height=320))


def _standing(results: Results) -> Chart | None:
    """Return rounds against methods: how far below the best each is, or why it has no plan; None of one method."""
    if len(results.names) < 2:
        return None
    cells = []
    for row in results.best:
        behind = results.behind(row)
        word = row.status if behind is None else "best" if behind == 0 else f"−{behind:.2%}"
        kind = "no plan" if behind is None else "best" if behind == 0 else "behind"
        cells.append({"round": row.label, "method": shown_as(row), "word": word, "kind": kind})
    if not cells:
        return None
    scale = alt.Scale(domain=["best", "behind", "no plan"], range=["#BFE3D0", "#FBE3C0", "#E3E3E3"])
    base = alt.Chart(pd.DataFrame(cells)).encode(
        x=alt.X(
            "method:N",
            sort=results.names,
            title=None,
            axis=alt.Axis(orient="top", labelAngle=0, labelLimit=140),
        ),
        y=alt.Y("round:N", sort=results.labels, title=None),
    )
    boxes = base.mark_rect(stroke="white", strokeWidth=2).encode(
        color=alt.Color("kind:N", scale=scale, legend=alt.Legend(orient="bottom"))
    )
    words = base.mark_text(fontSize=12).encode(text="word:N")
    width = max(_ALL_OF_IT, 115 * len(results.names))
    return _style(alt.layer(boxes, words).properties(width=width, height=alt.Step(30)))


def _memory(results: Results) -> Chart | None:
    """Return the peak memory of each run, rounds from the top, a mark for each method."""
    ran = [row for row in results.best if row.status not in ("not installed", "failed")]
    if not ran:
        return None
    data = pd.DataFrame({"round": r.label, "method": shown_as(r), "peak": max(1.0, r.peak)} for r in ran)
    low, high = min(data["peak"]) / 1.3, max(data["peak"]) * 1.3
    x = alt.X(
        "peak:Q",
        title="MiB",
        scale=alt.Scale(type="log", domain=[low, high], nice=False),
        axis=alt.Axis(format=",d"),
    )
    y = alt.Y("round:N", sort=results.labels, title=None, axis=alt.Axis(grid=True))
    marks = alt.Chart(data).mark_point(size=90, filled=True, opacity=0.9)
    chart = marks.encode(x=x, y=y, color=_colour(results), shape=_shape(results))
    return _style(chart.properties(width=_ALL_OF_IT, height=alt.Step(30)))
