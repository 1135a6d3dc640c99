"""The synthetic counties and stress rounds, from their registries."""

from __future__ import annotations

from markdown import cell, code, table

from matcher.synth import PROFILES
from matcher.synth.stress import STRESS


def kinds() -> str:
    """Return the kinds of counties."""
    rows = []
    for profile in PROFILES:
        posts = sum(size * teams for size, teams in profile.sizes.items())
        counts = (
            len(profile.counties),
            profile.villages,
            posts,
            sum(profile.units.values()),
            profile.candidates,
        )
        rows.append([code(profile.kind), cell(profile.title), *(f"{count:,}" for count in counts)])
    return table(["kind", "invented name", "counties", "villages", "team posts", "units", "candidates"], rows)


def stress() -> str:
    """Return the stress rounds with the answers they must get."""
    rows = [
        [
            code(case.name), cell(case.text), str(case.expected.status),
            ", ".join(code(name) for name in (*case.expected.rules, *case.expected.warnings)),
        ]
        for case in STRESS
    ]  # fmt: skip
    return table(["name", "what is odd", "exit status", "rules and warnings named"], rows)
