"""Timefold, a local search over constraint streams, through its Python package: all rules and terms in force.

It needs a Java development kit (17 or newer) and the package ``timefold``; where one is missing the method
says so and is left out of the comparison.
"""

from __future__ import annotations

import importlib
import re
import shutil
import subprocess
from importlib.util import find_spec
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from benchmarks.methods.base import Ending, Method
from benchmarks.methods.start import instance_of
from matcher.model.definitions import AnyOf, Product
from matcher.solving.state import State

if TYPE_CHECKING:
    from benchmarks.methods.base import Task
    from matcher.model.block import Block
    from matcher.model.encode import Team
    from matcher.model.instance import Instance
    from matcher.rulekit import Linear, LinkRow, Row

#: The oldest Java that it runs on, and the largest round that it is given: it is the slow one by far.
JAVA, MOST_VILLAGES = 17, 120
#: No limit, in whole numbers of 32 bits.
NONE = 1 << 30
#: What the end of a run takes: the last plan is brought back from Java.
CLOSING = 1.0
#: Seconds between two requests to end.
ASKING = 0.2


def missing() -> str | None:
    """Return why it can't run here."""
    if find_spec("timefold") is None:
        return "the Python package timefold is not installed (it needs Python 3.12 or older)"
    java = shutil.which("java")
    if java is None:
        return f"there is no Java; install a development kit of version {JAVA} or newer"
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    if found is None or int(found[1]) < JAVA:
        return f"Java {found[1] if found else 'of an unknown version'} is too old: {JAVA} or newer is needed"
    return None


def run(task: Task) -> Ending:
    """Build seats and streams, search until the time is over, record every better plan."""
    # Importing it starts Java.
    solving = importlib.import_module("timefold.solver")
    config = importlib.import_module("timefold.solver.config")
    from benchmarks.methods import timefold_model as model  # noqa: PLC0415

    instance = instance_of(task)
    if any(
        v >= len(b.seats) for b in instance.blocks.values() for load in b.loads.values() for v in load.terms
    ):
        return Ending("no plan", "a link row depends on helper variables, which the streams here don't carry")
    asked = config.SolverConfig(
        solution_class=model.Posting,
        entity_class_list=[model.Seat],
        random_seed=task.seed,
        environment_mode=config.EnvironmentMode.NON_REPRODUCIBLE,
        score_director_factory_config=config.ScoreDirectorFactoryConfig(
            constraint_provider_function=model.constraints
        ),
    )
    solver = solving.SolverFactory.create(asked).build_solver()

    def take(posting: Any) -> None:
        state = State(instance, _teams(instance, posting))
        broken, score = state.measure()
        if not broken:
            task.record.found(score, state.posts())

    solver.add_event_listener(lambda event: take(event.new_best_solution))
    ended = Event()
    Thread(target=_end_in_time, args=(task, solver, ended), daemon=True).start()
    try:
        take(solver.solve(problem(instance, model)))
    finally:
        ended.set()
    if task.record.score is None:
        return Ending("no plan", "hard rules stay broken")
    return Ending("plan")


def _end_in_time(task: Task, solver: Any, ended: Event) -> None:
    """Ask the solver to end when the time is over, again and again: what is asked before its start is lost.

    Its own limit would count from its start; what comes before, the translation to Java, counts here too.
    """
    ended.wait(max(0.0, task.left - CLOSING))
    while not ended.wait(ASKING):
        solver.terminate_early()


def problem(instance: Instance, model: Any) -> Any:
    """Return the round as seats that are all empty."""
    people = {cadre: model.Person(cadre) for cadre in instance.facts.people}
    links = {link.name: link for link in instance.links if link.rule != "one_post"}
    rows = {
        name: model.Link(number, *_limits(link.row), hard=link.mode == "hard", price=link.weight)
        for number, (name, link) in enumerate(links.items())
    }
    seats: list[Any] = []
    for block in instance.blocks.values():
        place = _place(block, rows, model)
        for role, (_, most) in block.limits.items():
            decisions = {p.id: v for v, (p, r) in enumerate(block.seats) if r == role}
            candidates = [people[cadre] for cadre in decisions]
            for _seat in range(most if candidates else 0):
                seats.append(model.Seat(len(seats), place, role, decisions, candidates))
    return model.Posting(seats)


def _place(block: Block, links: dict[Any, Any], model: Any) -> Any:
    """Return a block as numbers."""
    lines: list[Linear] = [block.objective, *(item.row.expression for item in block.rows)]
    helpers: dict[int, list[int]] = {}
    for variable, definition in block.definitions.items():
        first = len(lines)
        if isinstance(definition, AnyOf):
            lines.append(type(block.points)(dict.fromkeys(definition.members, 1)))
            helpers[variable] = [model.ANY, first, 0, 0]
        elif isinstance(definition, Product):
            lines += [definition.flag, definition.amount]
            helpers[variable] = [model.PRODUCT, first, first + 1, 0]
        else:
            lines.append(definition.expression)
            helpers[variable] = [model.REACHES, first, 0, definition.least]
    members: list[list[int]] = [[] for _ in block.seats]
    for number, line in enumerate(lines):
        for variable, coefficient in line.terms.items():
            target = members[variable] if variable < len(members) else helpers[variable]
            target += [number, coefficient]
    loads: list[list[Any]] = [[] for _ in block.seats]
    for name, load in block.loads.items():
        for variable, coefficient in load.terms.items() if name in links else ():
            loads[variable].append(model.Load(links[name], coefficient))
    rows = [
        [number, *map(int, _limits(item.row)), int(item.mode == "hard"), item.weight]
        for number, item in enumerate(block.rows, 1)
    ]
    place = model.Place(
        block.place.id, [line.constant for line in lines], members, list(helpers.values()), rows, loads
    )
    empty = place.judged([])
    place.empty_points, place.empty_broken = empty.points, empty.broken
    return place


def _limits(row: Row | LinkRow) -> tuple[int, int, int, bool]:
    """Return least, most, step and whether a violation counts once."""
    least = -NONE if row.at_least is None else row.at_least
    return least, NONE if row.at_most is None else row.at_most, row.step, row.flat


def _teams(instance: Instance, posting: Any) -> dict[str, Team]:
    """Return the teams of a solution."""
    teams: dict[str, Team] = {place: [] for place in instance.blocks}
    for seat in posting.seats:
        if seat.person is not None:
            teams[seat.place.id].append((seat.person.id, seat.role))
    return teams


TIMEFOLD = Method("timefold", "Timefold", "Timefold", run, missing=missing, most_villages=MOST_VILLAGES)
