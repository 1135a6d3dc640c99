"""Pictures of solves: score and bound over time, plans against one another."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from matcher.pictures.picture import COLOURS, Picture
from matcher.rulebook import RuleBook
from matcher.words import pictures as words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.codes import Language
    from matcher.plan import Plan
    from matcher.result import Result
    from matcher.round import Round

#: Size of the picture of plans, and how far its points stay from its edges, in pixels.
_WIDTH, _HEIGHT, _MARGIN = 480, 320, 24
#: The areas of the smallest and the largest disc, in square pixels.
_DISCS = (60, 400)
#: Plans nearer than this lie in one spot; rings are so much wider than what they surround. In pixels.
_NEAR, _APART = 6.0, 8.0


def score_over_time(result: Result, language: Language = "zh") -> Picture:
    """Return the best score and the proven bound over the seconds of a solve."""
    rows = []
    first = next((point.seconds for point in result.trace if point.score is not None), 0.0)
    for point in (point for point in result.trace if point.seconds >= first):
        for name, value in ((words.SCORE, point.score), (words.BOUND, point.bound)):
            if value is not None:
                rows.append({"seconds": point.seconds, "what": name.in_(language), "value": value})
    last = max((point.seconds for point in result.trace), default=0.0)
    ends = {row["what"]: row["value"] for row in rows}
    rows += [{"seconds": last, "what": what, "value": value} for what, value in ends.items()]
    data = pd.DataFrame(rows, columns=["seconds", "what", "value"])
    names = [words.SCORE.in_(language), words.BOUND.in_(language)]
    chart = (
        alt.Chart(data)
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(
            x=alt.X("seconds:Q", title=words.SECONDS.in_(language)),
            y=alt.Y("value:Q", title=words.SCORE.in_(language), scale=_scale(result)),
            color=alt.Color("what:N", scale=alt.Scale(domain=names, range=list(COLOURS[:2])), title=None),
        )
        .properties(width=560, height=280)
    )
    return Picture(chart, words.SCORE_OVER_TIME.in_(language))


def _scale(result: Result) -> alt.Scale:
    """Return an axis from the first plan's score to the bound at that time: what is above says nothing yet."""
    first = next((point for point in result.trace if point.score is not None), None)
    if first is None or first.score is None or first.bound is None:
        return alt.Scale(zero=False)
    margin = max(1.0, (first.bound - first.score) / 20)
    return alt.Scale(domain=[first.score - margin, first.bound + margin], nice=False)


def pareto(round_: Round, plans: Mapping[str, Plan], language: Language = "zh") -> Picture:
    """Return plans as discs: need fit and coverage against changes, the worst index as size.

    A plan that lies where one before it does is a ring around that one's disc.

    Parameters
    ----------
    round_
        Its weights count, whatever those were that a plan was made with.
    plans
        The plans by name: scenarios of a study, kinds of plan, ranks. Changes are counted against the plan in force, or else
        those in office, or else the first of these plans.
    """
    current = {(row.cadre, row.village, row.role) for row in round_.baseline or round_.incumbents}
    weights = {
        item.rule.id: item.weight
        for item in RuleBook.of(round_.rules).terms
        if item.on and item.rule.id in ("need_fit", "need_coverage")
    }
    rows = []
    for name, plan in plans.items():
        held = {(post.cadre, post.village, post.role) for post in plan.posts}
        current = current or held
        rows.append(
            {
                "name": name,
                "fit": sum(weights.get(term.id, 0) * term.points for term in plan.terms),
                "changes": len(current - held),
                "worst": min((row.index for row in plan.villages), default=1.0),
            }
        )
    data = pd.DataFrame(rows, columns=["name", "fit", "changes", "worst"])
    data["ring"] = _rings(data)
    return _points(data, language)


def _points(data: pd.DataFrame, language: Language) -> Picture:
    """Return plans as discs; one that lies where another does is a ring around it, so that none is hidden."""
    data["around"] = ((max(_DISCS) ** 0.5 + _APART * data["ring"]) ** 2).round(1)
    inside = alt.Scale(zero=False, nice=False, padding=_MARGIN)
    base = alt.Chart(data).encode(
        x=alt.X(
            "changes:Q",
            title=words.CHANGES.in_(language),
            scale=inside,
            axis=alt.Axis(format="d", tickMinStep=1),
        ),
        y=alt.Y("fit:Q", title=words.FIT.in_(language), scale=inside),
        color=alt.Color(
            "name:N",
            scale=alt.Scale(domain=list(data["name"]), scheme="tableau20"),
            title=words.RING.in_(language) if data["ring"].any() else None,
        ).legend(orient="right", labelLimit=260, titleLimit=260, symbolType="circle"),
    )
    worst = data["worst"].min(), data["worst"].max()
    sizes = alt.Scale(domain=[min(worst[0], worst[1] - 0.01), worst[1]], range=list(_DISCS))
    size = alt.Size("worst:Q", scale=sizes, title=words.WORST.in_(language)).legend(
        orient="right", direction="vertical"
    )
    discs = base.transform_filter(alt.datum.ring == 0).encode(size=size)
    rings = base.transform_filter(alt.datum.ring > 0).encode(size=alt.Size("around:Q", scale=None))
    chart = alt.layer(
        discs.mark_point(filled=True, opacity=0.9, stroke="white", strokeWidth=1),
        rings.mark_point(filled=False, opacity=1, strokeWidth=2.5),
    ).properties(width=_WIDTH, height=_HEIGHT)
    return Picture(chart, words.PARETO.in_(language))


def _rings(data: pd.DataFrame) -> list[int]:
    """Return for every plan how many before it lie where it does, as near as the picture can tell apart."""
    across, up = (
        pixels * (data[axis] - data[axis].min()) / max(data[axis].max() - data[axis].min(), 1)
        for axis, pixels in (("changes", _WIDTH - 2 * _MARGIN), ("fit", _HEIGHT - 2 * _MARGIN))
    )
    spots = list(zip(across, up, strict=True))
    return [sum(hypot(x - a, y - b) < _NEAR for a, b in spots[:n]) for n, (x, y) in enumerate(spots)]
