"""A study: one base round, scenarios as edits of it, and their results side by side."""

from __future__ import annotations

from copy import deepcopy
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from matcher.check import check
from matcher.edits import Edit, edited
from matcher.notebook import study_html
from matcher.problems import InvalidInput, Problem
from matcher.result import Result
from matcher.round import Round
from matcher.settings import Settings
from matcher.solving.api import solve
from matcher.solving.memory import Memory
from matcher.solving.stopping import Stop
from matcher.study import changes
from matcher.study.files import read_study, write_study
from matcher.study.live import live
from matcher.study.naming import must_be_a_name, name_of
from matcher.study.scenario import BASE, Scenario
from matcher.study.tables import scores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from matcher.plan import Plan
    from matcher.solving.incumbent import Progress


class Study:
    """What-ifs on one round.

    Parameters
    ----------
    round_
        The base round.
    settings
        How every scenario is solved.
    titled
        Whether a scenario's round is called by the scenario's name; without, it keeps the name of the base.

    Examples
    --------
    >>> study = Study(round_)                                                       # doctest: +SKIP
    >>> study.add("without one", drop("C012"))                                      # doctest: +SKIP
    >>> study.grid("fit {fit}", lambda fit: [weight("need_fit", fit)], fit=[1, 2])  # doctest: +SKIP
    >>> study.run().scores()                                                        # doctest: +SKIP
    """

    def __init__(self, round_: Round, settings: Settings | None = None, *, titled: bool = True) -> None:
        self.round = round_
        self.settings = settings or Settings()
        self.titled = titled
        self.scenarios: dict[str, Scenario] = {BASE: Scenario(BASE)}
        self.memory = Memory()

    # ------------------------------------------------------------ scenarios

    def add(self, name: str, *edits: Edit) -> Study:
        """Add a scenario; return the study.

        Raises
        ------
        InvalidInput
            Where the name is taken or none, or the edits are none or don't give a valid round.
        """
        must_be_a_name(name, self.scenarios)
        for number, edit in enumerate(edits, start=1):
            if not isinstance(edit, Edit):
                found = {"number": number, "kind": type(edit).__name__}
                raise InvalidInput(
                    [Problem("not_an_edit", "study", field="edits", value=name, details=found)]
                )
        edited(self.round, edits, name=self._title(name))
        self.scenarios[name] = Scenario(name, tuple(edits))
        return self

    def grid(self, name: str, make: Callable[..., Iterable[Edit]], /, **values: Iterable[Any]) -> Study:
        """Add a scenario for every combination of values: all of them, or none where one can't be added.

        Parameters
        ----------
        name
            The names of the scenarios, with the values in braces: ``"fit {fit}, age {age}"``.
        make
            Given one value of each, returns the edits.
        values
            The values of each.

        Raises
        ------
        InvalidInput
            Where the name does not say which values it means, or a scenario can't be added.
        """
        before = dict(self.scenarios)
        try:
            for combination in product(*values.values()):
                given = dict(zip(values, combination, strict=True))
                self.add(name_of(name, given), *make(**given))
        except BaseException:
            self.scenarios = before
            raise
        return self

    def _title(self, name: str) -> str:
        return f"{self.round.name or self.round.id} · {name}" if self.titled else ""

    def round_of(self, name: str) -> Round:
        """Return a scenario as a round of its own."""
        scenario = self._named(name)
        return edited(self.round, scenario.edits, name="" if name == BASE else self._title(name))

    def lineage(self, name: str) -> dict[str, Any]:
        """Return where a scenario's round comes from: the base's digest, the edits, its own digest."""
        scenario = self._named(name)
        return {
            "base": self.round.digest,
            "edits": [edit.model_dump(mode="json", exclude_defaults=True) for edit in scenario.edits],
            "digest": self.round_of(name).digest,
        }

    # ------------------------------------------------------------ runs

    def run(
        self,
        *names: str,
        again: bool = False,
        on_progress: Callable[[str, Progress], None] | None = None,
        stop: Stop | None = None,
    ) -> Study:
        """Solve scenarios, all that have no result yet where none is named, the base first.

        An interrupt ends the scenario that is worked on with the best plan so far, and the batch; so does ``stop``, once it
        is asked or its time is up. What was ended so is run again by the next call. A scenario that has used up the time
        limit of the settings has had what it was given: its result stays, and ``again=True`` solves it anew.

        Parameters
        ----------
        again
            Solve what has a result already, too.
        on_progress
            Called with the scenario's name and its progress; in a notebook, a line shows it where this is not given.
        stop
            Ends the batch.
        """
        told = on_progress if on_progress is not None else live()
        asked = [self._named(name) for name in names or self.scenarios]
        base = self.scenarios[BASE]
        if (base.result is None or base.interrupted) and base not in asked:
            asked.insert(0, base)
        for scenario in asked:
            if scenario.result is not None and not again and not scenario.interrupted:
                continue
            if self._solve(scenario, told, stop):
                break
        return self

    def _solve(
        self, scenario: Scenario, on_progress: Callable[[str, Progress], None] | None, stop: Stop | None
    ) -> bool:
        """Solve one scenario; return whether it was stopped."""
        stopping = stop if stop is not None else Stop(self.settings.time_limit)
        memory = self.memory if scenario.name == BASE else deepcopy(self.memory)

        def told(progress: Progress) -> None:
            if on_progress is not None:
                on_progress(scenario.name, progress)

        scenario.result = solve(
            self.round_of(scenario.name), self.settings, on_progress=told, stop=stopping, memory=memory
        )
        scenario.interrupted = stopping.requested or (stop is not None and stop.cut_short)
        return scenario.interrupted

    # ------------------------------------------------------------ results

    def result(self, name: str = BASE) -> Result:
        """Return a scenario's result; it is solved if it was not yet."""
        scenario = self._named(name)
        if scenario.result is None:
            self.run(name)
        if scenario.result is None:
            raise InvalidInput([Problem("scenario_not_run", "study", field="name", value=name)])
        return scenario.result

    def plan(self, name: str = BASE) -> Plan:
        """Return a scenario's best plan.

        Raises
        ------
        InvalidInput
            Where it has none.
        """
        plan = self.result(name).best
        if plan is None:
            raise InvalidInput([Problem("scenario_without_plan", "study", field="name", value=name)])
        return plan

    def scores(self) -> pd.DataFrame:
        """Return a row a scenario that was run: status, score, bound, gap, change of the score, moves, worst index.

        Returns
        -------
        pandas.DataFrame
            Indexed by the scenario's name. ``base`` is what the base's plan scores by the scenario's rules and weights, as
            the checker counts it, and ``base_keeps`` whether it keeps the hard ones among them. ``change`` is the score
            less ``base``: both by the same weights. The best plan of the scenario may be better by up to ``bound`` −
            ``score``, and what the base's plan lacks to its own bound may be part of the change. ``moves`` counts cadres
            whose post differs from the base.
        """
        return scores(self)

    def terms(self) -> pd.DataFrame:
        """Return the weighted points of every term (rows) in every scenario that has a plan (columns)."""
        found: Mapping[str, dict[str, int]] = {
            name: {term.id: term.weighted for term in scenario.result.best.terms}
            for name, scenario in self.scenarios.items()
            if scenario.result is not None and scenario.result.best is not None
        }
        return pd.DataFrame(found).fillna(0).astype(int)

    def moved(self, name: str, against: str = BASE) -> pd.DataFrame:
        """Return whose post differs, as :func:`matcher.study.changes.by_post`."""
        return changes.by_post(self.round_of(name), self.plan(against), self.plan(name))

    def worst(self, name: str = BASE, villages: int = 10) -> pd.DataFrame:
        """Return the worst-served villages: ``village``, ``name``, ``points``, ``attainable``, ``index``."""
        places = self.round_of(name).facts.places
        ranked = sorted(self.plan(name).villages, key=lambda row: (row.index, row.village))[:villages]
        rows = [
            {"village": row.village, "name": places[row.village].village.name, "points": row.points,
             "attainable": row.attainable, "index": row.index}
            for row in ranked
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=["village", "name", "points", "attainable", "index"])

    # ------------------------------------------------------------ files

    def save(self, path: str | Path) -> None:
        """Write the study, results included, as one JSON file."""
        write_study(Path(path), self.round, self.settings, self.scenarios.values(), titled=self.titled)

    @classmethod
    def load(cls, path: str | Path) -> Study:
        """Read a study that was saved; scenarios without a result can be run.

        Raises
        ------
        InvalidInput
            Where the file is no study, with everything that is wrong in it.
        """
        document = read_study(Path(path))
        study = cls(Round.from_document(document.round), document.settings, titled=document.titled)
        for row in document.scenarios:
            if row.name != BASE or row.edits:
                study.add(row.name, *row.edits)
            if row.result is not None:
                study.take_up(row.name, Result.from_document(row.result))
            study.scenarios[row.name].interrupted = row.interrupted
        return study

    def take_up(self, name: str, result: Result) -> Study:
        """Take up what an earlier run of a scenario came to, as if it had been run here.

        Raises
        ------
        InvalidInput
            Where it is the result of another round, or a plan in it does not stand the check. That a bound holds is not
            proven again (``matcher check --bound`` does), nor that a round without a plan has none.
        """
        scenario, round_ = self._named(name), self.round_of(name)
        of_this = result.provenance.get("round_digest", round_.digest) == round_.digest
        if not of_this or bool(result.plans) != (result.status in ("optimal", "feasible")):
            raise InvalidInput([Problem("scenario_of_other_round", "study", field="result", value=name)])
        for place, plan in enumerate(result.plans):
            if not check(round_, plan, better=result.plans[:place]).ok:
                raise InvalidInput([Problem("scenario_false", "study", field="result", value=name)])
        scenario.result, scenario.interrupted = result, False
        return self

    def _named(self, name: str) -> Scenario:
        if name not in self.scenarios:
            known = ", ".join(self.scenarios)
            raise InvalidInput([Problem("scenario_unknown", "study", None, "name", name, {"known": known})])
        return self.scenarios[name]

    def _repr_html_(self) -> str:
        """Return the scenarios side by side, for notebooks."""
        return study_html(self)
