"""Pictures of plans: terms, villages, coverage, bundles, people, movements."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from matcher import codes
from matcher.explaining.explanation import BANDS as AGE_BANDS
from matcher.pictures.labels import unit_names, village_names
from matcher.pictures.picture import COLOURS, Picture
from matcher.rulebook import RuleBook
from matcher.study.changes import moves
from matcher.words import pictures as words
from matcher.words.answers import KINDS
from matcher.words.explanations import BANDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matcher.codes import Language
    from matcher.plan import Plan
    from matcher.round import Round

#: Height of a row of a table-like picture.
_ROW = 16


def terms_by_plan(round_: Round, plans: Sequence[Plan], language: Language = "zh") -> Picture:
    """Return the weighted points of every term, plan by plan."""
    names = {item.rule.id: item.rule.name.in_(language) for item in RuleBook.of(round_.rules).terms}
    rows = [
        {"plan": str(plan.rank), "term": names.get(term.id, term.id), "points": term.weighted}
        for plan in plans
        for term in plan.terms
    ]
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("points:Q", title=words.POINTS.in_(language)),
            y=alt.Y("term:N", sort=None, title=None),
            color=alt.Color("plan:N", scale=alt.Scale(range=list(COLOURS)), title=words.RANK.in_(language)),
            yOffset="plan:N",
        )
        .properties(width=520, height=alt.Step(max(8, 22 // max(1, len(plans)))))
    )
    return Picture(chart, words.TERMS_BY_PLAN.in_(language))


def villages_by_index(round_: Round, plan: Plan, language: Language = "zh") -> Picture:
    """Return the villages by index, the worst served at the top."""
    names = village_names(round_, language)
    rows = [
        {"village": names[row.village], "index": row.index, "order": number}
        for number, row in enumerate(sorted(plan.villages, key=lambda row: (row.index, row.village)))
    ]
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar(color=COLOURS[0])
        .encode(
            x=alt.X("index:Q", title=words.INDEX.in_(language)),
            y=alt.Y("village:N", sort=alt.SortField("order"), title=None, axis=alt.Axis(labelLimit=160)),
        )
        .properties(width=520, height=alt.Step(_ROW))
    )
    return Picture(chart, words.VILLAGES_BY_INDEX.in_(language))


def coverage(round_: Round, plan: Plan, language: Language = "zh") -> Picture:
    """Return needs by village: how urgent each is, and whether somebody of the team covers it."""
    facts, names = round_.facts, village_names(round_, language)
    able: dict[str, set[str]] = {}
    for post in plan.posts:
        if post.village is not None:
            able.setdefault(post.village, set()).update(facts.people[post.cadre].competent)
    rows = [
        {
            "village": names[id_],
            "need": codes.SPECIALTIES[specialty].text.in_(language),
            "strength": need,
            "covered": (words.COVERED if specialty in able.get(id_, ()) else words.UNCOVERED).in_(language),
        }
        for id_, place in facts.places.items()
        for specialty, need in place.needs.items()
        if need
    ]
    data = pd.DataFrame(rows, columns=["village", "need", "strength", "covered"])
    base = alt.Chart(data).encode(
        x=alt.X("need:N", title=None, axis=alt.Axis(labelAngle=-40, orient="top")),
        y=alt.Y("village:N", sort=None, title=None, axis=alt.Axis(labelLimit=160)),
    )
    colours = alt.Scale(
        domain=[words.COVERED.in_(language), words.UNCOVERED.in_(language)], range=["#BFE3D0", "#F4B183"]
    )
    cells = base.mark_rect(stroke="white").encode(color=alt.Color("covered:N", scale=colours, title=None))
    numbers = base.mark_text(fontSize=10).encode(text="strength:Q")
    chart = alt.layer(cells, numbers).properties(width=alt.Step(44), height=alt.Step(_ROW))
    return Picture(chart, words.COVERAGE.in_(language))


def bundles(round_: Round, plan: Plan, language: Language = "zh") -> Picture:
    """Return units by village: who leads, who takes part, with how many people."""
    villages, units = village_names(round_, language), unit_names(round_)
    rows = [
        {
            "unit": units[bundle.unit],
            "village": villages[bundle.village],
            "kind": (words.LEADS if bundle.kind == "lead" else words.TAKES_PART).in_(language),
            "people": bundle.people,
        }
        for bundle in plan.bundles
    ]
    data = pd.DataFrame(rows, columns=["unit", "village", "kind", "people"])
    base = alt.Chart(data).encode(
        x=alt.X("unit:N", title=None, axis=alt.Axis(labelAngle=-60, orient="top", labelLimit=280)),
        y=alt.Y("village:N", sort=None, title=None, axis=alt.Axis(labelLimit=160)),
    )
    colours = alt.Scale(
        domain=[words.LEADS.in_(language), words.TAKES_PART.in_(language)], range=[COLOURS[0], "#B8D4EC"]
    )
    cells = base.mark_rect(stroke="white").encode(color=alt.Color("kind:N", scale=colours, title=None))
    leads = alt.datum.kind == words.LEADS.in_(language)
    numbers = base.mark_text(fontSize=10).encode(
        text="people:Q", color=alt.condition(leads, alt.value("white"), alt.value("#333333"))
    )
    chart = alt.layer(cells, numbers).properties(width=alt.Step(18), height=alt.Step(_ROW))
    return Picture(chart, words.BUNDLES.in_(language))


def mix(round_: Round, plan: Plan, language: Language = "zh") -> Picture:
    """Return ages and specialties: of all candidates, and of those posted."""
    facts = round_.facts
    posted = {post.cadre for post in plan.posts}
    rows = []
    for person in facts.people.values():
        who = (words.POSTED if person.id in posted else words.NOT_POSTED).in_(language)
        rows.append(
            {
                "what": words.AGE.in_(language),
                "value": BANDS[AGE_BANDS[person.band]].in_(language),
                "who": who,
            }
        )
        rows += [
            {
                "what": words.SPECIALTY.in_(language),
                "value": codes.SPECIALTIES[specialty].text.in_(language),
                "who": who,
            }
            for specialty in sorted(person.competent)
        ]
    data = pd.DataFrame(rows, columns=["what", "value", "who"])
    ordered = [band.in_(language) for band in BANDS.values()]
    ordered += [codes.SPECIALTIES[code].text.in_(language) for code in codes.SPECIALTIES]
    colours = alt.Scale(
        domain=[words.POSTED.in_(language), words.NOT_POSTED.in_(language)], range=[COLOURS[0], "#D0D0D0"]
    )
    bars = (
        alt.Chart(data)
        .mark_bar()
        .encode(
            x=alt.X("count():Q", title=words.PEOPLE.in_(language)),
            y=alt.Y("value:N", sort=ordered, title=None),
            color=alt.Color("who:N", scale=colours, title=None),
        )
        .properties(width=300, height=alt.Step(_ROW))
    )
    chart = bars.facet(facet=alt.Facet("what:N", title=None), columns=2).resolve_scale(
        x="independent", y="independent"
    )
    return Picture(chart, words.MIX.in_(language))


def movements(round_: Round, before: Plan, after: Plan, language: Language = "zh") -> Picture:
    """Return who goes from where to where between two plans, a line a cadre, those who go to one village together."""
    facts = round_.facts
    order = {id_: number for number, id_ in enumerate(facts.places)}
    changed = sorted(
        moves(facts, before, after),
        key=lambda move: (move.after is None, order.get((move.after or move.before or ("",))[0], len(order))),
    )
    villages = village_names(round_, language)
    names = Counter(facts.people[move.cadre].record.name for move in changed)

    def who(cadre: str) -> str:
        name = facts.people[cadre].record.name
        return name if names[name] == 1 else f"{name} {cadre}"

    rows = [
        {
            "who": who(move.cadre),
            "kind": KINDS[move.kind].in_(language),
            "before": _seat(villages, move.before, language),
            "after": _seat(villages, move.after, language),
            "start": 0,
            "end": 1,
        }
        for move in changed
    ]
    data = pd.DataFrame(rows, columns=["who", "kind", "before", "after", "start", "end"])
    across = alt.Scale(domain=[-1, 2])
    base = alt.Chart(data).encode(y=alt.Y("who:N", sort=None, title=None, axis=alt.Axis(labelLimit=160)))
    colour = alt.Color("kind:N", scale=alt.Scale(range=list(COLOURS)), title=None)
    from_ = base.encode(x=alt.X("start:Q", scale=across, axis=None))
    to = base.encode(x=alt.X("end:Q", scale=across, axis=None))
    chart = alt.layer(
        from_.mark_rule(strokeWidth=1.5).encode(x2="end:Q", color=colour),
        to.mark_point(shape="triangle-right", filled=True, size=50, opacity=1).encode(color=colour),
        from_.mark_text(align="right", dx=-6).encode(text="before:N"),
        to.mark_text(align="left", dx=8).encode(text="after:N"),
    ).properties(width=560, height=alt.Step(_ROW + 2))
    return Picture(chart, words.MOVEMENTS.in_(language))


def _seat(villages: Mapping[str, str], seat: tuple[str, str] | None, language: Language) -> str:
    if seat is None:
        return words.NOWHERE.in_(language)
    return f"{villages.get(seat[0], seat[0])} {codes.ROLES[seat[1]].text.in_(language)}"
