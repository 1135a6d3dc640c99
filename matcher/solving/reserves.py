"""Reserves: for every post, who else could take it, and what that would change."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from matcher.garbage_collection import paused
from matcher.model.definitions import AnyOf, Product
from matcher.plan import Reserve, Substitute
from matcher.solving.state import State, amount_of, posts_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from matcher.model.block import Block
    from matcher.model.encode import Team
    from matcher.model.instance import Instance, Link
    from matcher.rulekit import Linear

#: Substitutes named for each post.
HOW_MANY = 3


def reserves(instance: Instance, teams: Mapping[str, Team]) -> tuple[Reserve, ...]:
    """Return the best unposted substitutes of every post who keep all hard rules.

    Only the one person changes; ``change`` is the difference of the whole score. Ties go by id.
    """
    state = State(instance, teams)
    posted = {cadre for team in teams.values() for cadre, _ in team}
    return reserves_at(instance, list(instance.blocks), state.teams, state.totals, posted, instance.blocks)


def reserves_at(
    instance: Instance,
    places: Sequence[str],
    teams: Mapping[str, Team],
    totals: Mapping[Any, int],
    posted: Collection[str],
    blocks: Mapping[str, Block] | None = None,
) -> tuple[Reserve, ...]:
    """Return the substitutes at some places.

    Parameters
    ----------
    teams
        The teams of these places.
    totals
        What all teams of the plan put on the link rows, by name.
    posted
        Everybody who holds a post anywhere.
    blocks
        The places' blocks where they are at hand; else each is made and let go.
    """
    links = {link.name: link for link in instance.links if not link.of_question}
    found: list[Reserve] = []
    for place in places:
        where = instance.screening.places[place]
        with paused():
            block = blocks[place] if blocks is not None else instance.block(where)
            here = _Here(block, teams[place], totals, links)
        for post in posts_at(instance, where, teams[place]):
            seat = _OneSeat(here, (post.cadre, post.role))
            changes = []
            for person in instance.screening.eligible[place][post.role]:
                if person.id not in posted:
                    change = seat.change(person.id)
                    if change is not None:
                        changes.append(Substitute(cadre=person.id, change=change))
            changes.sort(key=lambda substitute: (-substitute.change, substitute.cadre))
            found.append(
                Reserve(
                    cadre=post.cadre,
                    role=post.role,
                    village=post.village,
                    county=post.county,
                    township=post.township,
                    substitutes=tuple(changes[:HOW_MANY]),
                )
            )
    return tuple(found)


class _Uses:
    """Where each variable of a block is used, so that a change of one decision is followed only there."""

    def __init__(self, block: Block) -> None:
        self.helpers: dict[int, list[int]] = defaultdict(list)
        self.rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.loads: dict[int, list[tuple[Any, int]]] = defaultdict(list)
        for helper, definition in block.definitions.items():
            for variable in _read_by(definition):
                self.helpers[variable].append(helper)
        for number, row in enumerate(block.rows):
            for variable, coefficient in row.row.expression.terms.items():
                self.rows[variable].append((number, coefficient))
        for name, load in block.loads.items():
            for variable, coefficient in load.terms.items():
                self.loads[variable].append((name, coefficient))

    def moved(self, deltas: Mapping[int, int]) -> tuple[dict[int, int], dict[Any, int]]:
        """Return by how much rows and loads move when variables do."""
        rows: dict[int, int] = defaultdict(int)
        loads: dict[Any, int] = defaultdict(int)
        for variable, delta in deltas.items():
            for number, coefficient in self.rows.get(variable, ()):
                rows[number] += delta * coefficient
            for name, coefficient in self.loads.get(variable, ()):
                loads[name] += delta * coefficient
        return rows, loads


def _read_by(definition: Any) -> Iterator[int]:
    if isinstance(definition, AnyOf):
        yield from definition.members
    elif isinstance(definition, Product):
        yield from {**definition.flag.terms, **definition.amount.terms}
    else:
        yield from definition.expression.terms


class _Here:
    """A place with its team as the plan has it.

    Parameters
    ----------
    totals
        What all teams of the plan put on the link rows, by name.
    """

    def __init__(
        self, block: Block, team: Team, totals: Mapping[Any, int], links: Mapping[Any, Link]
    ) -> None:
        self.block = block
        self.team = team
        self.links = links
        self.uses = _Uses(block)
        self.objective = block.objective
        self.values = block.values(team)
        self.worth = self.objective.value(self.values)
        self.rows = [row.row.expression.value(self.values) for row in block.rows]
        self.totals = {name: totals.get(name, 0) for name in block.loads}
        self.soft = {name for name in block.loads if name in links and links[name].mode == "soft"}
        #: What the team decides of the score: its points less its rows' and links' penalties.
        self.score = self.worth
        for row, value in zip(block.rows, self.rows, strict=True):
            self.score -= row.weight * amount_of(value, row.row)
        for name in self.soft:
            self.score -= links[name].weight * amount_of(self.totals[name], links[name].row)


class _OneSeat:
    """One seat of a plan: the score with its holder, and with somebody else."""

    def __init__(self, here: _Here, member: tuple[str, str]) -> None:
        self.here = here
        self.block = block = here.block
        self.role = member[1]
        self.rest = block.values([other for other in here.team if other != member])
        left = {
            variable: after - before
            for variable, (before, after) in enumerate(zip(here.values, self.rest, strict=True))
            if after != before
        }
        rows, loads = here.uses.moved(left)
        self.rest_worth = here.worth + _times(here.objective, left)
        self.totals = {**here.totals, **{name: here.totals[name] + delta for name, delta in loads.items()}}
        self.touched = here.soft | {name for name, delta in loads.items() if delta}
        self.row_values = [value + rows.get(number, 0) for number, value in enumerate(here.rows)]
        self.row_amounts = [
            amount_of(value, row.row) for value, row in zip(self.row_values, block.rows, strict=True)
        ]
        self.broken = {i for i, row in enumerate(block.rows) if row.mode == "hard" and self.row_amounts[i]}

    def change(self, cadre: str) -> int | None:
        """Return the change of the score with ``cadre`` in the seat; None where a hard rule would break."""
        deltas = self._deltas(self.block.variable[cadre, self.role])
        rows, loads = self.here.uses.moved(deltas)
        amounts = list(self.row_amounts)
        for number, delta in rows.items():
            amounts[number] = amount_of(self.row_values[number] + delta, self.block.rows[number].row)
        if any(
            amounts[number] for number in self.broken | rows.keys() if self.block.rows[number].mode == "hard"
        ):
            return None
        score = self.rest_worth + _times(self.here.objective, deltas)
        score -= sum(row.weight * amount for row, amount in zip(self.block.rows, amounts, strict=True))
        penalty = self._link_penalty(loads)
        return None if penalty is None else score - penalty - self.here.score

    def _link_penalty(self, moved: Mapping[Any, int]) -> int | None:
        """Return the soft links' penalties with ``moved`` loads; None where a hard one would break."""
        penalty = 0
        for name in self.touched | moved.keys():
            link = self.here.links.get(name)
            if link is None:
                continue
            hard = link.mode == "hard"
            amount = amount_of(self.totals[name] + moved.get(name, 0), link.row)
            if hard and amount:
                return None
            penalty += 0 if hard else link.weight * amount
        return penalty

    def _deltas(self, variable: int) -> dict[int, int]:
        """Return how every variable changes when ``variable`` becomes 1 in the rest of the team."""
        deltas = {variable: 1}
        for helper in sorted(self._reached(variable)):
            definition = self.block.definitions[helper]
            if isinstance(definition, AnyOf):
                after = 1
            elif isinstance(definition, Product):
                after = self._after(definition.flag, deltas) * self._after(definition.amount, deltas)
            else:
                after = int(self._after(definition.expression, deltas) >= definition.least)
            if after != self.rest[helper]:
                deltas[helper] = after - self.rest[helper]
        return deltas

    def _reached(self, variable: int) -> set[int]:
        """Return the helper variables that ``variable`` may move."""
        reached: set[int] = set()
        waiting = [variable]
        while waiting:
            new = [h for h in self.here.uses.helpers.get(waiting.pop(), ()) if h not in reached]
            reached.update(new)
            waiting += new
        return reached

    def _after(self, expression: Linear, deltas: Mapping[int, int]) -> int:
        return expression.value(self.rest) + _times(expression, deltas)


def _times(expression: Linear, deltas: Mapping[int, int]) -> int:
    """Return by how much an expression moves when variables do."""
    return sum(delta * expression.terms.get(variable, 0) for variable, delta in deltas.items())
