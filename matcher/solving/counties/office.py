"""Where requests about counties are answered, in this process or in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.solving.counties.county import County
from matcher.solving.counties.requests import Finish, Finished, Open, Passing, Pricing
from matcher.solving.reserves import reserves_at
from matcher.solving.ties import keep_roles

if TYPE_CHECKING:
    from matcher.model.instance import Instance
    from matcher.solving.counties.requests import Answer, Work
    from matcher.solving.stopping import Stop


class Office:
    """Answers requests about the counties of one round, all of which it keeps at hand.

    Parameters
    ----------
    instance
        The round.
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self._counties: dict[int, County] = {}

    def answer(self, request: Work, stop: Stop) -> Answer:
        """Return the answer to a request."""
        asked = request.asked
        if isinstance(asked, Open):
            county, opened = County.opened(self.instance, asked.part, asked.teams, stop)
            self.keep(request.county, county)
            return opened
        if isinstance(asked, Finish):
            return self._finish(asked)
        county = County.together([self.at(number) for number in request.counties])
        if isinstance(asked, Passing):
            return county.pass_over(asked, stop)
        if isinstance(asked, Pricing):
            return county.price(asked, stop)
        return county.plan(asked, stop)

    def keep(self, number: int, county: County) -> None:
        """Keep an opened county."""
        self._counties[number] = county

    def at(self, number: int) -> County:
        """Return a county that was opened."""
        return self._counties[number]

    def _finish(self, asked: Finish) -> Finished:
        """Settle ties and find substitutes."""
        instance, places = self.instance, self.instance.screening.places
        instance.attainable.update(asked.attainable)
        teams = keep_roles(instance, asked.teams, lambda place: instance.block(places[place]))
        found = reserves_at(instance, asked.places, teams, asked.totals, asked.posted)
        return Finished(teams, found)
