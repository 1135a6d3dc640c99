"""Compile the pricing now, so that the first solve needn't: ``python -m matcher.pricing.compile``."""

from __future__ import annotations

import numpy as np

from matcher import synth
from matcher.model.instance import Instance
from matcher.pricing.pricer import Pricer
from matcher.round import Round


def compile_now() -> None:
    """Price a small block of an invented county in every way."""
    instance = Instance(Round.from_document(synth.generate("huaxi", seed=1).document))
    place = next(iter(instance.screening.places.values()))
    block = instance.block(place)
    pricer = Pricer(
        block,
        [(row.row, None if row.mode == "hard" else row.weight) for row in block.rows],
        block.objective,
        {},
    )
    best = pricer.best(np.zeros(1, np.int64))
    pricer.best(np.zeros(1, np.int64), absent=[pricer.people[0]])
    if best.bound is not None:
        pricer.teams_above(np.zeros(1, np.int64), best.bound, 1000)


if __name__ == "__main__":
    compile_now()
