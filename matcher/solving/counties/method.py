"""The counties method: each county by itself, prices agree on what crosses them, one bound for the whole round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from matcher.solving.certify import certificate_of
from matcher.solving.columns.column import Columns
from matcher.solving.columns.converge import UNPROVEN, Proof
from matcher.solving.columns.market import SCALE, Market
from matcher.solving.columns.outside import Outside
from matcher.solving.counties.allot import Allotment
from matcher.solving.counties.county import Converged, Converging, Opened, Planned, Planning, Terms
from matcher.solving.counties.crew import CountyFailed, Crew, Inline
from matcher.solving.counties.division import Division, parts_of
from matcher.solving.counties.requests import Begin, Failure, Finish, Finished, Open, Work
from matcher.solving.counties.whole import mix_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from matcher.certificate import Certificate
    from matcher.model.encode import Team
    from matcher.model.instance import Instance
    from matcher.plan import Reserve
    from matcher.settings import Settings
    from matcher.solving.columns.column import Column
    from matcher.solving.columns.market import Ints
    from matcher.solving.columns.master import Mix
    from matcher.solving.counties.requests import Answer
    from matcher.solving.incumbent import Incumbent
    from matcher.solving.memory import Memory
    from matcher.solving.stopping import Stop

#: Rounds of pricing in which each county first converges on its share of what crosses, and the gap that is enough.
FIRST_ROUNDS, FIRST_NEAR = 60, 0.01
#: No price that counties find on their shares is taken over above this, in points.
HIGHEST_GUESS = 300.0
#: Rounds of pricing in each county between two looks at the whole, at most; it ends when its own gap is this
#: part of the whole's.
ROUNDS, INNER = 15, 0.1
#: How much of the best prices so far goes into those asked next.
SMOOTHING = 0.6
#: Columns of one block that the master over all counties and a county's next visit begin with.
KEPT = 40
#: The gap of the master at which the first plan is made.
PLAN_AT = 0.01
#: Work that a county puts into improving its plan at first; twice as much each time nothing came of it.
FIRST_EFFORT = 4.0
#: Bound and master are as good as one when they are this near, as a share.
NEAR = 5e-5


class CountiesMethod:
    """One run of the method over a round of several counties.

    Parameters
    ----------
    instance, incumbent
        The problem, and what takes its plans and bounds; its attainable points are filled in.
    """

    def __init__(
        self, instance: Instance, incumbent: Incumbent, settings: Settings, stop: Stop, memory: Memory
    ) -> None:
        self.instance = instance
        self.incumbent = incumbent
        self.settings = settings
        self.stop = stop
        self.memory = memory
        self.places = list(instance.screening.places)
        self.parts = parts_of(instance)
        self.market = Market(instance.links)
        self.columns = Columns(len(self.places))
        self.proof = Proof(np.zeros(len(self.market), np.int64), {}, UNPROVEN)
        self.mix: Mix | None = None
        self.mixed: list[Column] = []
        self.work = 0.0
        self.chosen: dict[int, Column] = {}
        self.reserves: tuple[Reserve, ...] = ()
        self.infeasible_at: str | None = None

    # ------------------------------------------------------------ the run

    def run(self, workers: int) -> None:
        """Run the method; afterwards the incumbent holds what was found."""
        begin = Begin(self.instance.round.document(), self.instance.attainable, self.instance.floor)
        crew = Inline(self.instance) if workers == 1 else Crew(begin, len(self.parts), workers)
        with crew:
            self.crew = crew
            self.incumbent.enter("attainable")
            if self._open():
                self.incumbent.enter("columns")
                if self.memory.empty:
                    self._share()
                self._agree()
            self._finish()

    @property
    def certificate(self) -> Certificate | None:
        """The certificate of the best bound by prices."""
        if not self.proof.bounds:
            return None
        places = list(self.instance.screening.places.values())
        return certificate_of(self.instance, self.market, places, self.proof)

    def _ask(self, asked: Sequence[tuple[int, Any]]) -> list[Answer | Failure]:
        """Ask counties, the largest first; return the answers in the order asked."""
        order = sorted(range(len(asked)), key=lambda i: (-self.parts[asked[i][0]].seats, i))
        answers = self.crew.ask([Work(*asked[i]) for i in order], self.stop)
        found: list[Answer | Failure] = [answers[0]] * len(asked)
        for i, answer in zip(order, answers, strict=True):
            found[i] = answer
        return found

    def _everybody(self, request: Callable[[int], Any]) -> list[Answer | Failure]:
        return self._ask([(part, request(part)) for part in range(len(self.parts))])

    # ------------------------------------------------------------ opening

    def _open(self) -> bool:
        """Open every county; return whether to go on."""
        opened: list[Opened] = []
        teams = self.memory.teams
        answers = self._everybody(
            lambda part: Open(
                self.parts[part], {place: teams[place] for place in self.parts[part].places if place in teams}
            )
        )
        for part, answer in zip(self.parts, answers, strict=True):
            if isinstance(answer, Opened):
                opened.append(answer)
            elif self.stop.now:
                return False
            else:
                raise CountyFailed(_failed(part.name, answer))
        for found in opened:
            self.incumbent.attainable.update(found.attainable)
            self.market.one_sided[found.both_ways] = False
            self.columns.add(found.columns)
        self.incumbent.prove(self.instance.constant + sum(found.most for found in opened))
        self.division = Division(self.parts, [found.loaded for found in opened], len(self.market))
        barren = [found.barren for found in opened if found.barren is not None]
        self.infeasible_at = barren[0] if barren else None
        return not barren and not self.stop.now

    # ------------------------------------------------------------ prices

    def _share(self) -> None:
        """Let every county converge on its share of what crosses counties: a guide, no bound rests on it."""
        # What all counties owe together, one of them may be unable to give a part of.
        owed = self.division.crossing & (self.market.least > 0)
        people = [row for row, link in enumerate(self.market.links) if link.rule == "one_post"]
        shares = self.division.shares(people)
        answers = self._everybody(
            lambda part: Converging(
                Terms(share=shares[part], held=self.division.foreign(part) | owed),
                [],
                np.zeros(len(self.market), np.int64),
                rounds=FIRST_ROUNDS,
                near=FIRST_NEAR,
                work=self.settings.work,
                seed=self.settings.seed,
                guide=True,
            )
        )
        prices = np.zeros(len(self.market))
        for part, answer in enumerate(answers):
            if isinstance(answer, Converged):
                self.work += answer.work
                self.columns.add(answer.columns)
                prices += answer.prices * shares[part]
        self.proof.prices = self.market.allowed(np.clip(prices / SCALE, -HIGHEST_GUESS, HIGHEST_GUESS))

    def _agree(self) -> None:
        """Bring bound, master and plan together, each time where they are farthest apart."""
        effort, limit = FIRST_EFFORT, self.settings.work * len(self.parts)
        self._mix()
        while not self.stop.now and self.work < limit and not self._good_enough:
            gap, short = self._gap(), self._short()
            if gap > PLAN_AT or (gap > NEAR and gap > short / 2):
                if not self._round():
                    break
                self._mix()
            elif not self.chosen:
                if not self._plan():
                    break
            elif not self._improve(effort):
                effort *= 2
                if effort > self.settings.work:
                    break
        if not self.chosen and not self.stop.now:
            self._plan()

    def _short(self) -> float:
        """Return how far the best plan is below the master, as a share; infinite without a plan."""
        score, mix = self.incumbent.score, self.mix
        if score is None or mix is None:
            return float("inf")
        return (mix.value + self.instance.constant - score) / max(1.0, abs(mix.value))

    def _round(self) -> bool:
        """Price all counties at common prices of what crosses; return whether anything came of it."""
        crossing = self.division.crossing
        asked = self._asked()
        known = self._near(self.proof.prices if self.proof.bounds else asked)
        near = max(NEAR / 2, INNER * min(FIRST_NEAR, self._gap()))
        answers = self._everybody(
            lambda part: Converging(
                Terms(held=crossing | self.division.foreign(part), charges=np.where(crossing, asked, 0)),
                known[part],
                asked,
                rounds=ROUNDS,
                near=near,
                work=self.settings.work,
                seed=self.settings.seed,
            )
        )
        prices, bounds = np.where(crossing, asked, 0), {}
        for part, answer in enumerate(answers):
            if not isinstance(answer, Converged) or not answer.bounds:
                return False
            self.work += answer.work
            self.columns.add(answer.columns)
            own = self.division.own[part] & ~crossing
            prices[own] = answer.prices[own]
            bounds.update(answer.bounds)
        total = sum(bounds.values()) + Outside(self.market).limits_worth(prices)
        if total < self.proof.total:
            self.proof = Proof(prices, bounds, total)
            self.incumbent.prove(total // SCALE + self.instance.constant)
        return True

    def _asked(self) -> Ints:
        """Return the prices to ask at next: between those of the best bound and those of the mix."""
        if self.mix is None or not self.proof.bounds:
            return self.proof.prices
        blend = SMOOTHING * self.proof.prices / SCALE + (1 - SMOOTHING) * self.mix.prices
        return self.market.allowed(blend)

    def _near(self, prices: Ints) -> list[list[Column]]:
        """Return, by county, the columns of each block that are worth most at ``prices``."""
        worths = self.columns.reduced(prices)
        by_block: dict[int, list[tuple[int, int]]] = {}
        for number, column in enumerate(self.columns.all):
            by_block.setdefault(column.block, []).append((-int(worths[number]), number))
        found = []
        for part in self.parts:
            best = [sorted(by_block.get(block, ()))[:KEPT] for block in part.numbers]
            found.append([self.columns.all[number] for ranked in best for _, number in ranked])
        return found

    def _mix(self) -> None:
        """Mix the columns that are worth most."""
        self.mixed = [column for part in self._near(self.proof.prices) for column in part]
        self.mix = mix_of(self.mixed, len(self.places), self.market)

    def _gap(self) -> float:
        """Return the gap between bound and master as a share; infinite where teams are missing."""
        if self.mix is None or self.mix.missing > 0.01 or not self.proof.bounds:  # noqa: PLR2004
            return float("inf")
        return max(0.0, self.proof.total / SCALE - self.mix.value) / max(1.0, abs(self.mix.value))

    # ------------------------------------------------------------ plans

    def _plan(self) -> bool:
        """Deal out what crosses counties by the mix, have every county make its plan; return whether there is one."""
        if self.mix is None:
            return False
        self.incumbent.enter("plan")
        allotment = Allotment(self.division, self.market, self.mixed, self.stop)
        near = self._near(self.proof.prices)
        chosen = self._planned(
            [
                (part, self._planning(allotment.terms(part), near[part], FIRST_EFFORT))
                for part in range(len(self.parts))
            ]
        )
        if len(chosen) == len(self.places):
            self.chosen = chosen
        return self._offer(chosen)

    def _planning(
        self, terms: Terms, near: list[Column], effort: float, chosen: Sequence[Column] = ()
    ) -> Planning:
        wanted = NEAR if chosen else max(NEAR, self.settings.gap / 4)
        return Planning(terms, near, self.proof.prices, effort, wanted, list(chosen), self.settings.seed)

    def _improve(self, effort: float) -> bool:
        """Let the counties take what the others left, two at a time; return whether the plan got better."""
        self.incumbent.enter("improve")
        near, before = self._near(self.proof.prices), self.incumbent.score
        for first in range(0, len(self.parts), 2):
            if self._good_enough or self.stop.now:
                break
            pair = [part for part in (first, first + 1) if part < len(self.parts)]
            asked = []
            for turn, part in enumerate(pair):
                numbers = self.parts[part].numbers
                base = self._loads() - self._loads(numbers)
                if len(pair) > 1:
                    base = self._half_open(base, turn)
                terms = Terms(base=base, held=self.division.foreign(part))
                mine = [self.chosen[block] for block in numbers]
                asked.append((part, self._planning(terms, near[part], effort, mine)))
            self._offer({**self.chosen, **self._planned(asked)})
        return self.incumbent.score != before

    def _half_open(self, base: Ints, turn: int) -> Ints:
        """Return the loads with every second row that crosses counties filled up, so that two don't take the same."""
        rows = np.arange(len(self.market))
        capped = self.division.crossing & np.isfinite(self.market.most) & (rows % 2 != turn)
        own = self._loads()
        used = own - base
        full = np.where(np.isfinite(self.market.most), self.market.most, 0).astype(np.int64) - used
        return np.where(capped, np.maximum(base, full), base)

    def _loads(self, blocks: Iterable[int] | None = None) -> Ints:
        """Return what the chosen teams of some blocks, or of all, put on the rows."""
        loads = np.zeros(len(self.market), np.int64)
        for block in self.chosen if blocks is None else blocks:
            column = self.chosen[block]
            for row, amount in zip(column.rows, column.amounts, strict=True):
                loads[row] += amount
        return loads

    def _planned(self, asked: list[tuple[int, Planning]]) -> dict[int, Column]:
        """Return the teams that the counties chose, by block."""
        chosen: dict[int, Column] = {}
        for answer in self._ask(asked):
            if isinstance(answer, Planned):
                self.work += answer.work
                self.columns.add(answer.columns)
                chosen.update((column.block, column) for column in answer.chosen)
        return chosen

    def _offer(self, chosen: dict[int, Column]) -> bool:
        """Have a complete choice checked and keep it if it is the best; return whether it was."""
        columns = list(chosen.values())
        if len(chosen) < len(self.places) or not self._allowed(columns):
            return False
        score = self.market.worth(columns) // SCALE + self.instance.constant
        if self.incumbent.score is not None and score <= self.incumbent.score:
            return False
        teams: dict[str, Team] = {self.places[block]: list(column.team) for block, column in chosen.items()}
        self.incumbent.take(teams, score)
        self.chosen = dict(chosen)
        return True

    def _allowed(self, columns: Sequence[Column]) -> bool:
        """Return whether columns keep every hard link row together."""
        loads = np.zeros(len(self.market), np.int64)
        for column in columns:
            for row, amount in zip(column.rows, column.amounts, strict=True):
                loads[row] += amount
        hard = np.isinf(self.market.penalty)
        return not (hard & ((loads > self.market.most) | (loads < self.market.least))).any()

    # ------------------------------------------------------------ the end

    def _finish(self) -> None:
        """Settle ties and find reserves, county by county."""
        teams = self.incumbent.teams
        if teams is None:
            return
        self.incumbent.enter("reserves")
        posted = frozenset(cadre for team in teams.values() for cadre, _ in team)
        loads = self._loads()
        totals = {self.market.links[row].name: int(loads[row]) for row in np.flatnonzero(loads).tolist()}
        asked = [
            (part, Finish(list(held.places), {place: teams[place] for place in held.places}, totals, posted))
            for part, held in enumerate(self.parts)
        ]
        order = sorted(range(len(asked)), key=lambda i: (-self.parts[i].seats, i))
        answers = self.crew.ask([Work(*asked[i]) for i in order], self.stop.patient())
        finished = dict(zip(order, answers, strict=True))
        settled = dict(teams)
        reserves: list[Reserve] = []
        for part in range(len(self.parts)):
            answer = finished[part]
            if isinstance(answer, Finished):
                settled.update(answer.teams)
                reserves += answer.reserves
        if settled != teams and self.incumbent.score is not None:
            self.incumbent.take(settled, self.incumbent.score)
        order_of = {place: number for number, place in enumerate(self.places)}
        reserves.sort(key=lambda row: order_of[row.village or f"{row.county}/{row.township}"])
        self.reserves = tuple(reserves)

    @property
    def _good_enough(self) -> bool:
        """Whether the gap asked for is proven."""
        return self.incumbent.within(self.settings.gap)


def _failed(county: str, answer: object) -> str:
    why = f"{answer.kind}: {answer.text}" if isinstance(answer, Failure) else "no answer"
    return f"{county}: {why}"
