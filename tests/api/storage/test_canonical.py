"""Canonical JSON: equal data, equal text, equal digest."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.storage.canonical import canonical_json, digest_of

DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(DATA)
def test_text_is_the_same_after_reading_it(data: object) -> None:
    text = canonical_json(data)
    assert json.loads(text) == data
    assert canonical_json(json.loads(text)) == text


def test_order_and_white_space_make_no_difference() -> None:
    assert canonical_json({"b": [1, 2.0], "a": "村"}) == canonical_json(
        json.loads('{ "a":"\\u6751", "b":[1,2.0] }')
    )


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_that_json_does_not_have_are_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json([number])


def test_digest_is_sha256_of_utf8() -> None:
    # "abc" is the first example of FIPS 180-2, appendix B.1.
    assert digest_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest_of("村") == digest_of("村".encode())
