"""The counties method: each county by itself, prices agree on what crosses them, one bound for the whole round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from matcher.solving.certify import certificate_of
from matcher.solving.columns.dive import CAREFUL
from matcher.solving.columns.market import SCALE
from matcher.solving.counties.crew import CountyFailed, Crew, Inline
from matcher.solving.counties.division import Division
from matcher.solving.counties.office import Office
from matcher.solving.counties.plans import FIRST_EFFORT, Plans
from matcher.solving.counties.prefecture import Prefecture
from matcher.solving.counties.prices import KEPT, Prices
from matcher.solving.counties.requests import Begin, Finish, Finished, Open, Opened, Work
from matcher.solving.memory import LEFT, Left

if TYPE_CHECKING:
    from matcher.certificate import Certificate
    from matcher.model.encode import Team
    from matcher.model.instance import Instance
    from matcher.plan import Reserve
    from matcher.settings import Settings
    from matcher.solving.counties.division import Part
    from matcher.solving.incumbent import Incumbent
    from matcher.solving.memory import Memory
    from matcher.solving.stopping import Stop

#: The gap between bound and mix at which the first plan is made.
PLAN_AT = 0.001
#: So often a plan is tried to be made, with more prices in between.
TRIES = 3
#: So often all counties dive for better plans before they improve those they have.
DIVES = 2


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
        self.prefecture = Prefecture(instance, incumbent, settings, stop)
        self.prices = Prices(self.prefecture)
        self.plans = Plans(self.prefecture, self.prices)
        self.reserves: tuple[Reserve, ...] = ()
        self.infeasible_at: str | None = None

    @property
    def work(self) -> float:
        """Deterministic work spent so far."""
        return self.prefecture.work

    @property
    def certificate(self) -> Certificate | None:
        """The certificate of the best bound by prices."""
        if not self.prices.proof.bounds:
            return None
        places = list(self.instance.screening.places.values())
        return certificate_of(self.instance, self.prefecture.market, places, self.prices.proof)

    def run(self, workers: int) -> None:
        """Run the method; afterwards the incumbent holds what was found.

        Raises
        ------
        CountyFailed
            Where a county can't be opened, or is lost before there is a plan.
        """
        with self._crew(workers) as crew:
            self.prefecture.crew = crew
            self.incumbent.enter("attainable")
            opened = self._open(self._saved())
            if opened:
                self.incumbent.enter("columns")
                posts = sum(part.seats for part in self.prefecture.parts)
                a_seat = SCALE * max(1.0, sum(found.most for found in opened) / max(1, posts))
                self.prices.begin(a_seat, self.memory.prices)
                if self.prefecture.failed is None:
                    self._agree()
                self._remember()
                if self.incumbent.score is None and self.prefecture.failed is not None:
                    raise CountyFailed(*self.prefecture.failed)
            self._finish()

    def _crew(self, workers: int) -> Inline | Crew:
        """Return who works on the counties: other processes where more than one is of use."""
        instance, counties = self.instance, len(self.prefecture.parts)
        if min(workers, counties) == 1:
            return Inline(instance)
        begin = Begin(instance.round.document(), instance.attainable, instance.floor, instance.demands)
        return Crew(begin, counties, workers)

    def _saved(self) -> dict[str, Team]:
        """Return the plan to go on from; empty where there is none."""
        saved = self.incumbent.recorder.saved() if self.incumbent.recorder is not None else None
        return {} if saved is None else saved.teams

    def _open(self, saved: dict[str, Team]) -> list[Opened]:
        """Open every county; return what is known of them, nothing where there is no way on.

        Parameters
        ----------
        saved
            The plan to go on from: until it is the plan that there is, only a second request stops the work.
        """
        all_, opened, teams = self.prefecture, list[Opened](), dict(self.memory.teams)
        for place, team in saved.items():
            teams[place] = [*teams.get(place, ()), team]
        answers = all_.everybody(
            lambda part: Open(
                all_.parts[part], {place: teams[place] for place in all_.parts[part].places if place in teams}
            ),
            self.stop.patient() if saved else None,
        )
        opened += [answer for answer in answers if isinstance(answer, Opened)]
        if all_.failed is not None:
            raise CountyFailed(*all_.failed)
        if len(opened) < len(all_.parts):
            return []  # it was stopped
        for found in opened:
            self.incumbent.attainable.update(found.attainable)
            self.instance.attainable.update(found.attainable)
            all_.market.one_sided[found.both_ways] = False
            all_.columns.add(found.columns)
        self.incumbent.prove(self.instance.constant + sum(found.most for found in opened))
        all_.division = Division(all_.parts, [found.loading for found in opened])
        if saved:
            self._begin_with(saved)
        barren = [found.barren for found in opened if found.barren is not None]
        self.infeasible_at = barren[0] if barren else None
        return [] if barren or self.stop.now else opened

    def _begin_with(self, saved: dict[str, Team]) -> None:
        """Begin with a saved plan, if it is one."""
        begun = self.plans.begin(saved)
        if self.incumbent.recorder is not None:
            self.incumbent.recorder.took_up(self.incumbent, begun=begun)

    def _agree(self) -> None:
        """Bring bound and plan together, each time from the side where the work gains more."""
        all_, prices, plans = self.prefecture, self.prices, self.plans
        effort, dives, limit, tries = FIRST_EFFORT, DIVES, self.settings.work * len(all_.parts), TRIES
        while not self.stop.now and all_.work < limit and not all_.good_enough:
            planned = self.incumbent.score is not None
            if not prices.done and (prices.gap > PLAN_AT or (planned and prices.rate > plans.rate)):
                prices.round()
                self.incumbent.priced(lambda: self._left(LEFT))
            elif planned:
                dives -= 1
                if not plans.improve(effort, CAREFUL if dives >= 0 else None) and dives < 0:
                    effort *= 2
                    if effort > self.settings.work:
                        break
            elif tries > 0:
                tries -= 1
                if not plans.make():
                    if prices.done:
                        break
                    prices.round()
            else:
                break
        if self.incumbent.score is None and tries == TRIES and not self.stop.now:
            plans.make()

    def _remember(self) -> None:
        """Leave the prices of the bound, and the teams that were nearest to it, to the next solve."""
        memory, left = self.memory, self._left(KEPT)
        if not self.prices.proof.bounds:
            return
        memory.prices, memory.teams = dict(left.prices), {place: [*teams] for place, teams in left.teams.items()}
        memory.plan = dict(self.incumbent.teams or {})
        for place, team in memory.plan.items():
            memory.teams.setdefault(place, []).append(list(team))

    def _left(self, many: int) -> Left:
        """Return the prices of the best bound so far, and the ``many`` teams of each place that are worth most at them."""
        proof, all_ = self.prices.proof, self.prefecture
        priced = np.flatnonzero(proof.prices).tolist()
        teams: dict[str, list[Team]] = {}
        for columns in all_.near(many, proof.prices):
            for column in columns:
                teams.setdefault(all_.places[column.block], []).append(list(column.team))
        return Left({all_.market.links[row].name: int(proof.prices[row]) for row in priced}, teams)

    def _finish(self) -> None:
        """Settle ties and find reserves, county by county."""
        teams = self.incumbent.teams
        if teams is None:
            return
        all_ = self.prefecture
        self.incumbent.enter("reserves")
        posted = frozenset(cadre for team in teams.values() for cadre, _ in team)
        loads = self.plans.loads()
        totals = {all_.market.links[row].name: int(loads[row]) for row in np.flatnonzero(loads).tolist()}
        asked = [
            Work(part, self._finishing(held, teams, totals, posted)) for part, held in enumerate(all_.parts)
        ]
        settled = dict(teams)
        reserves: list[Reserve] = []
        answers = all_.ask(asked, self.stop.patient())
        here = Office(self.instance)
        for work, answer in zip(asked, answers, strict=True):
            found = answer if isinstance(answer, Finished) else here.answer(work, self.stop.patient())
            if isinstance(found, Finished):
                settled.update(found.teams)
                reserves += found.reserves
        if settled != teams and self.incumbent.score is not None:
            self.incumbent.take(settled, self.incumbent.score)
        order_of = {place: number for number, place in enumerate(all_.places)}
        reserves.sort(key=lambda row: order_of[row.village or f"{row.county}/{row.township}"])
        self.reserves = tuple(reserves)

    def _finishing(
        self, part: Part, teams: dict[str, Team], totals: dict[Any, int], posted: frozenset[str]
    ) -> Finish:
        """Return what a county is asked for at the end."""
        attainable = self.incumbent.attainable
        known = {place: attainable[place] for place in part.places if place in attainable}
        here = {place: teams[place] for place in part.places}
        return Finish(list(part.places), here, totals, posted, known)
