"""Repairs: the cheapest changes of the round under which a plan is possible, each proven by a checked plan."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from matcher.edits import edited
from matcher.solving.infeasible.elastic import Bend, cheapest_bend, named_subject
from matcher.solving.infeasible.proving import as_broken, merged, proven, stands, steps_of
from matcher.solving.infeasible.releases import freed, releases
from matcher.solving.infeasible.repair import Repair
from matcher.solving.methods import SMALL, decisions_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from matcher.giving import Giving
    from matcher.model.instance import Instance
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.infeasible.elastic import Subject
    from matcher.solving.stopping import Stop

#: Repairs looked for.
HOW_MANY = 3
#: Elastic models tried for them, and how many of them in a large round.
TRIES, LARGE_TRIES = 10, 2
#: Deterministic work for one that is another way than the cheapest.
ANOTHER = 3.0
#: In a large round, ways to bend the rules that cost more than so many times the cheapest, and this besides, are not
#: looked for.
DEARER, LITTLE = 2, 200


def find_repairs(
    instance: Instance,
    giving: Mapping[str, Giving],
    settings: Settings,
    stop: Stop,
    decisions: Iterable[int],
    bend: Bend | None,
    *,
    on_first: Callable[[], None] = lambda: None,
) -> list[Repair]:
    """Return the cheapest repairs of an infeasible instance, several where there are, the cheapest first.

    Looked at are the cheapest way to bend the rules (``bend``), others that leave one of its steps alone, and decisions in
    conflict (``decisions``, by number) taken back by themselves: what such a decision forbids elsewhere is then open
    again, which no bending of the rules as they are can see. Each is looked at again under the rules as they then are,
    and only what a checked plan bears out is returned. ``on_first`` is called once there is one.
    """
    round_, large = instance.round, decisions_of(instance) > SMALL
    looking = _Looking(round_, giving, settings, stop, on_first)
    if bend is None:
        looking.keep(_by_freeing(instance, giving, settings, stop))
    elif large:  # its teams are at hand, while a decision taken back is a whole solve
        looking.at(bend, first=True)
    few = bend is None or not large  # or else the bend says what goes together
    for repair in releases(round_, giving, settings, stop, decisions, together=few):
        looking.keep(repair)
        looking.seen |= {frozenset([named_subject("decisions", step.subjects)]) for step in repair.steps}
    for way, first in _ways(instance, giving, settings, stop, bend, looking.found):
        looking.at(way, first=first)
    return _told(looking.found)


@dataclass
class _Looking:
    """The repairs found so far; ``seen`` is what the ways to bend the rules were about that were looked at."""

    round: Round
    giving: Mapping[str, Giving]
    settings: Settings
    stop: Stop
    on_first: Callable[[], None]
    found: list[Repair] = field(default_factory=list)
    seen: set[frozenset[Subject]] = field(default_factory=set)

    def keep(self, repair: Repair | None) -> None:
        """Keep a repair, where there is one."""
        if repair is not None:
            self.found.append(repair)
            if len(self.found) == 1:
                self.on_first()

    def at(self, way: Bend, *, first: bool) -> None:
        """Look at a way to bend the rules, and keep it if it works."""
        about = frozenset(named_subject(item.rule, item.breach.subjects) for item in way.broken)
        if about not in self.seen:
            self.seen.add(about)
            self.keep(proven(self.round, way, self.giving, self.settings, self.stop, first=first))


def _told(found: list[Repair]) -> list[Repair]:
    """Return repairs, the cheapest first, without those that change more than another does."""
    told: list[Repair] = []
    for repair in sorted(found, key=lambda one: (one.cost, len(one.steps), -one.plan.score)):
        if not any(_within(one, repair) for one in told):
            # Of two that are the same, one may be proven the cheapest and the other have the better plan.
            same = (one for one in found if _within(one, repair) and _within(repair, one))
            told.append(replace(repair, cheapest=any(one.cheapest for one in same)))
    return [replace(one, cheapest=one.cheapest and one.cost == told[0].cost) for one in told]


def _ways(
    instance: Instance,
    giving: Mapping[str, Giving],
    settings: Settings,
    stop: Stop,
    bend: Bend | None,
    found: Sequence[Repair],
) -> Iterator[tuple[Bend, bool]]:
    """Yield the cheapest way to bend the rules (``bend``), and others that leave some of its steps alone.

    Parameters
    ----------
    found
        The repairs so far; it grows meanwhile.

    Yields
    ------
    tuple[Bend, bool]
        A way, and whether it is the cheapest.
    """
    waiting: list[frozenset[Subject]] = [frozenset()]
    tried: set[frozenset[Subject]] = set()
    for _ in range(LARGE_TRIES if decisions_of(instance) > SMALL else TRIES):
        if not waiting or len(found) >= HOW_MANY or stop.now:
            break
        firm = waiting.pop(0)
        tried.add(firm)
        way = bend
        if firm:
            most = None if not found else DEARER * max(repair.cost for repair in found) + LITTLE
            seed, workers = settings.seed, settings.workers
            way = cheapest_bend(
                instance, giving, firm, stop, work=ANOTHER, seed=seed, most=most, workers=workers
            )
        if way is None:
            continue
        about = [named_subject(item.rule, item.breach.subjects) for item in way.broken]
        waiting += [
            firm | {one} for one in about if firm | {one} not in tried and firm | {one} not in waiting
        ]
        yield way, not firm


def _by_freeing(
    instance: Instance, giving: Mapping[str, Giving], settings: Settings, stop: Stop
) -> Repair | None:
    """Return a repair that takes decisions back first and bends rules then, where rules alone can't be bent."""
    found = freed(instance, giving, settings, stop)
    if found is None:
        return None
    first, bend = found
    changed = edited(instance.round, [step.edit for step in first])
    rest = steps_of(changed, bend.broken, giving)
    if rest is None or any(step.rule == "decisions" for step in rest):
        return None
    # Decisions go by their numbers: what takes them away comes last.
    steps = (*merged(changed, rest), *first)
    plan = stands(edited(instance.round, [step.edit for step in steps]), bend)
    if plan is None:
        return None
    steps = tuple(as_broken(step, plan) for step in steps)
    return Repair(steps, sum(step.price * step.amount for step in steps), cheapest=False, plan=plan)


def _within(one: Repair, other: Repair) -> bool:
    """Return whether everything that one repair changes, another changes too."""
    return all(step.edit in other.edits for step in one.steps)
