"""A process keeps the counties at hand that fit, and reads the others from their files."""

import tempfile
from collections.abc import Iterator

import numpy as np
import pytest

from matcher import Round
from matcher.model.instance import Instance
from matcher.solving import Stop
from matcher.solving.counties import worker
from matcher.solving.counties.crew import Crew
from matcher.solving.counties.division import parts_of
from matcher.solving.counties.requests import Begin, Open, Priced, Pricing, Work
from matcher.solving.counties.worker import FiledOffice
from matcher.synth import county_of

INSTANCE = Instance(Round.from_document(county_of(36, seed=3, counties=3)))
PRICES = np.zeros(len(INSTANCE.links), np.int64)


@pytest.fixture
def office() -> Iterator[FiledOffice]:
    files = [tempfile.TemporaryFile() for _ in range(3)]  # noqa: SIM115 - closed below
    yield FiledOffice(INSTANCE, [file.fileno() for file in files])
    for file in files:
        file.close()


def at_hand(office: FiledOffice) -> list[int]:
    return list(office._counties)  # noqa: SLF001 - what is at hand is what this is about


def pricing(*counties: int) -> Work:
    known = [None for county in counties for _ in parts_of(INSTANCE)[county].places]
    return Work(counties[0], Pricing(PRICES, [*known]), counties[1:])


def ask(office: FiledOffice, *counties: int) -> Priced:
    answer = office.answer(pricing(*counties), Stop())
    assert isinstance(answer, Priced)
    return answer


def test_all_are_at_hand_where_they_fit(office: FiledOffice) -> None:
    for number, part in enumerate(parts_of(INSTANCE)):
        office.answer(Work(number, Open(part)), Stop())
    assert at_hand(office) == [0, 1, 2]
    ask(office, 0)
    assert at_hand(office) == [1, 2, 0]


def test_those_used_longest_ago_go_first(office: FiledOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, part in enumerate(parts_of(INSTANCE)):
        office.answer(Work(number, Open(part)), Stop())
    expected = [ask(office, number) for number in range(3)]
    total = sum(office._size(number) for number in range(3))  # noqa: SLF001
    for room, held in ((total - 1, [0, 2]), (1, [2])):
        monkeypatch.setattr(worker, "AT_HAND", room)
        office.forget()
        for number in (0, 1, 0, 2):
            again = ask(office, number)
            assert again.columns == expected[number].columns
            assert again.bounds == expected[number].bounds
        assert at_hand(office) == held


def test_counties_together_are_priced_as_each_by_itself(office: FiledOffice) -> None:
    for number, part in enumerate(parts_of(INSTANCE)):
        office.answer(Work(number, Open(part)), Stop())
    both, one, other = ask(office, 2, 0), ask(office, 2), ask(office, 0)
    assert both.bounds == one.bounds | other.bounds
    assert both.columns == one.columns + other.columns
    assert ask(office, 0).columns == other.columns  # being together left no trace
    assert office.at(2).part == parts_of(INSTANCE)[2]


def test_a_process_goes_on_with_the_counties_that_it_knows() -> None:
    with Crew(Begin(INSTANCE.round.document()), 3, 2) as crew:
        crew.ask([Work(number, Open(part)) for number, part in enumerate(parts_of(INSTANCE))], Stop())
        known = [set(one.counties) for one in crew._workers]  # noqa: SLF001 - whom it asks is what this is about
        asked = [pricing(number) for number in range(3)]
        one = crew._workers[0]  # noqa: SLF001
        first = crew._next(one, [0, 1, 2], asked)  # noqa: SLF001
    assert set().union(*known) == {0, 1, 2}
    assert first in known[0]
