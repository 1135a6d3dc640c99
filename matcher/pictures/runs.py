"""Pictures of solves: score and bound over time, plans against one another."""

from __future__ import annotations

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
    """Return plans as points: need fit and coverage against changes, the worst index as size.

    Parameters
    ----------
    round_
        Its weights count, whatever those were that a plan was made with.
    plans
        The plans by name: scenarios of a study, kinds of plan, ranks. Changes are counted against the plan in force, or else
        those in office, or else the first of these plans.
    """
    current = {(row.cadre, row.village) for row in round_.baseline or round_.incumbents}
    weights = {
        item.rule.id: item.weight
        for item in RuleBook.of(round_.rules).terms
        if item.on and item.rule.id in ("need_fit", "need_coverage")
    }
    rows = []
    for name, plan in plans.items():
        held = {(post.cadre, post.village) for post in plan.posts}
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
    colour = alt.Color("name:N", sort=None, scale=alt.Scale(scheme="tableau20"), title=None)
    size = alt.Size("worst:Q", scale=alt.Scale(zero=False, range=[60, 400]), title=words.WORST.in_(language))
    points = (
        alt.Chart(data)
        .mark_point(filled=True, opacity=0.85)
        .encode(
            x=alt.X("changes:Q", title=words.CHANGES.in_(language), scale=alt.Scale(zero=False)),
            y=alt.Y("fit:Q", title=words.FIT.in_(language), scale=alt.Scale(zero=False)),
            color=colour.legend(orient="right", labelLimit=260),
            size=size.legend(orient="right"),
        )
    )
    return Picture(points.properties(width=480, height=320), words.PARETO.in_(language))
