"""Solving a few places again while everybody else stays put."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.model.encode import ModelEncoder
from matcher.rulekit import Linear
from matcher.solving.cpsat import run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.model.encode import Team
    from matcher.solving.state import State
    from matcher.solving.stopping import Stop

#: The price of breaking a hard rule by one unit while a first feasible plan is being looked for.
BREACH_PRICE = 100_000


def solve_again(
    state: State,
    places: Iterable[str],
    stop: Stop,
    *,
    elastic: bool,
    work: float,
    seed: int,
    points: bool = True,
) -> tuple[dict[str, Team] | None, float]:
    """Return better teams for ``places``, the rest being as in ``state``.

    Parameters
    ----------
    elastic
        Whether hard rules may be broken at :data:`BREACH_PRICE`.
    work
        Deterministic work to spend.
    points
        False to leave the score aside and keep as many posts as they are as the hard rules let.

    Returns
    -------
    teams
        New teams, or None where none were found.
    work
        Deterministic work spent.
    """
    chosen = list(places)
    instance = state.instance
    base = state.loads_without(chosen)
    absent = state.posted_outside(chosen)
    touched = {name for place in chosen for name in instance.blocks[place].loads}
    links = [link for link in instance.links if link.name in touched and (points or link.mode == "hard")]
    loads = {link.name: (link.row.at_least, link.row.at_most) for link in links if link.rule != "one_post"}
    encoder = ModelEncoder(elastic=BREACH_PRICE if elastic else None)
    for place in chosen:
        block = instance.blocks[place]
        kept = Linear({block.variable[member]: 1 for member in state.teams[place]})
        rows = [row for row in block.rows if points or row.mode == "hard"]
        encoder.add_block(block, block.objective if points else kept, rows=rows, loads=loads, absent=absent)
    for link in links:
        if link.rule != "one_post":
            encoder.add_link(link, base[link.name])
        elif len(chosen) > 1 and link.row.key not in absent:
            encoder.add_link(link)
    encoder.maximize()
    encoder.hint({place: state.teams[place] for place in chosen})
    outcome = run(encoder, stop, work=work, seed=seed)
    return outcome.teams, outcome.work
