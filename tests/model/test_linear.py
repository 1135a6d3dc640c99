"""Linear expressions behave as the numbers that they stand for."""

from hypothesis import given
from hypothesis import strategies as st

from matcher.rulekit import Linear
from tests.properties.tiny_rounds import drawn

SIZE = 4
coefficients = st.integers(-6, 6)
linears = st.builds(Linear, st.dictionaries(st.integers(0, SIZE - 1), coefficients), coefficients)
values = st.lists(st.integers(0, 3), min_size=SIZE, max_size=SIZE)


def copy(one: Linear) -> tuple[dict[int, int], int]:
    return dict(one.terms), one.constant


@given(linears, linears, coefficients, values)
@drawn(200)
def test_arithmetic(one: Linear, other: Linear, number: int, at: list[int]) -> None:
    before = copy(one), copy(other)
    x, y = one.value(at), other.value(at)
    results = {
        x + y: one + other,
        x - y: one - other,
        -x: -one,
        x * number: one * number,
        number * y: number * other,
        x + number: one + number,
        number + y: number + other,
        number - x: number - one,
        y - number: other - number,
    }
    for expected, result in results.items():
        assert result.value(at) == expected
        assert all(result.terms.values())  # no zero coefficients
    assert (copy(one), copy(other)) == before


@given(linears, linears, coefficients, values)
@drawn(100)
def test_adding_in_place(one: Linear, other: Linear, factor: int, at: list[int]) -> None:
    expected = one.value(at) + factor * other.value(at)
    untouched = copy(other)
    assert one.add(other, factor) is one
    assert one.value(at) == expected
    assert one.add(5, factor).value(at) == expected + 5 * factor
    assert all(one.terms.values())
    assert copy(other) == untouched


@given(linears, values, values)
@drawn(100)
def test_bounds_hold_and_are_reached(one: Linear, low: list[int], more: list[int]) -> None:
    high = [least + extra for least, extra in zip(low, more, strict=True)]
    least, most = one.bounds(low, high)
    at_least = [low[v] if one.terms.get(v, 0) > 0 else high[v] for v in range(SIZE)]
    at_most = [high[v] if one.terms.get(v, 0) > 0 else low[v] for v in range(SIZE)]
    assert (one.value(at_least), one.value(at_most)) == (least, most)
    assert least <= one.value(low) <= most
    assert least <= one.value(high) <= most


def test_zero_coefficients_are_dropped() -> None:
    assert Linear({0: 0, 1: 2}).terms == {1: 2}
    assert (Linear({0: 3}) + Linear({0: -3})).terms == {}
    assert (Linear({0: 3}, 4) * 0).value([9]) == 0
    assert sum([Linear({0: 1}), Linear({1: 1})], start=Linear()).terms == {0: 1, 1: 1}
    assert repr(Linear({1: -2, 0: 1}, 3)) == "+1·x0 -2·x1 +3"
