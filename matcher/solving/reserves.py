"""Reserves: for every post, who else could take it, and what that would change."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

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
    links = {link.name: link for link in instance.links}
    found: list[Reserve] = []
    for place in places:
        where = instance.screening.places[place]
        block = blocks[place] if blocks is not None else instance.block(where)
        uses = _Uses(block)
        for post in posts_at(instance, where, teams[place]):
            seat = _OneSeat(block, uses, teams[place], (post.cadre, post.role), totals, links)
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
        self.rows: dict[int, list[int]] = defaultdict(list)
        self.loads: dict[int, list[Any]] = defaultdict(list)
        for helper, definition in block.definitions.items():
            for variable in _read_by(definition):
                self.helpers[variable].append(helper)
        for number, row in enumerate(block.rows):
            for variable in row.row.expression.terms:
                self.rows[variable].append(number)
        for name, load in block.loads.items():
            for variable in load.terms:
                self.loads[variable].append(name)


def _read_by(definition: Any) -> Iterator[int]:
    if isinstance(definition, AnyOf):
        yield from definition.members
    elif isinstance(definition, Product):
        yield from {**definition.flag.terms, **definition.amount.terms}
    else:
        yield from definition.expression.terms


class _OneSeat:
    """One seat of a plan: the score with its holder, and with somebody else."""

    def __init__(
        self,
        block: Block,
        uses: _Uses,
        team: Team,
        member: tuple[str, str],
        totals: Mapping[Any, int],
        links: Mapping[Any, Link],
    ) -> None:
        self.block = block
        self.links = links
        self.role = member[1]
        self.uses = uses
        with_holder = self.block.values(team)
        self.rest = self.block.values([other for other in team if other != member])
        self.totals = {name: totals.get(name, 0) for name in block.loads}
        self.touched = set()
        for name, load in self.block.loads.items():
            moved = load.value(self.rest) - load.value(with_holder)
            if moved:
                self.totals[name] += moved
                self.touched.add(name)
        self.soft = {name for name in self.block.loads if name in links and links[name].mode == "soft"}
        self.objective = self.block.objective
        self.rest_worth = self.objective.value(self.rest)
        self.row_values = [row.row.expression.value(self.rest) for row in self.block.rows]
        self.row_amounts = [
            amount_of(value, row.row) for value, row in zip(self.row_values, self.block.rows, strict=True)
        ]
        self.broken = {
            i for i, row in enumerate(self.block.rows) if row.mode == "hard" and self.row_amounts[i]
        }
        self.before = self._score(totals, with_holder)

    def _score(self, totals: Mapping[Any, int], values: list[int]) -> int:
        """Return what the seat's holder decides: the block's points less its rows' and links' penalties."""
        score = self.objective.value(values)
        for row in self.block.rows:
            score -= row.weight * amount_of(row.row.expression.value(values), row.row)
        for name in self.soft:
            score -= self.links[name].weight * amount_of(totals.get(name, 0), self.links[name].row)
        return score

    def change(self, cadre: str) -> int | None:
        """Return the change of the score with ``cadre`` in the seat; None where a hard rule would break."""
        deltas = self._deltas(self.block.variable[cadre, self.role])
        amounts = list(self.row_amounts)
        values: dict[int, int] = defaultdict(int)
        moved: dict[Any, int] = defaultdict(int)
        for variable, delta in deltas.items():
            for number in self.uses.rows[variable]:
                values[number] += delta * self.block.rows[number].row.expression.terms[variable]
            for name in self.uses.loads[variable]:
                moved[name] += delta * self.block.loads[name].terms[variable]
        for number, delta in values.items():
            amounts[number] = amount_of(self.row_values[number] + delta, self.block.rows[number].row)
        if any(
            amounts[number]
            for number in self.broken | values.keys()
            if self.block.rows[number].mode == "hard"
        ):
            return None
        score = self.rest_worth
        score += sum(delta * self.objective.terms.get(variable, 0) for variable, delta in deltas.items())
        score -= sum(row.weight * amount for row, amount in zip(self.block.rows, amounts, strict=True))
        penalty = self._link_penalty(moved)
        return None if penalty is None else score - penalty - self.before

    def _link_penalty(self, moved: dict[Any, int]) -> int | None:
        """Return the soft links' penalties with ``moved`` loads; None where a hard one would break."""
        penalty = 0
        for name in self.touched | self.soft | moved.keys():
            link = self.links.get(name)
            if link is None:
                continue
            hard = link.mode == "hard"
            amount = amount_of(self.totals.get(name, 0) + moved.get(name, 0), link.row)
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
            new = [h for h in self.uses.helpers[waiting.pop()] if h not in reached]
            reached.update(new)
            waiting += new
        return reached

    def _after(self, expression: Linear, deltas: dict[int, int]) -> int:
        value = expression.value(self.rest)
        return value + sum(delta * expression.terms.get(v, 0) for v, delta in deltas.items())
