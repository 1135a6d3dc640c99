"""One county of a kind that has several: its share of everything, with a plan planted in it."""

from __future__ import annotations

import pytest

from matcher.check import recount
from matcher.plan import Post
from matcher.round import Round
from matcher.rulebook import RuleBook
from matcher.synth import generate_from, one_county


def test_a_county_of_qiannan() -> None:
    profile = one_county("qiannan")
    assert (profile.villages, profile.candidates, len(profile.counties)) == (110, 750, 1)
    assert sum(profile.sizes.values()) == profile.villages
    assert set(profile.sizes) == {3, 4, 5, 6}
    made = generate_from(profile, 1)
    round_ = Round.from_document(made.document)
    posts = [
        Post(**{key: value for key, value in row.items() if key in Post.model_fields}) for row in made.planted
    ]
    assert len(posts) == profile.posts
    assert recount(round_.facts, RuleBook.of(round_.rules), posts, {}).broken == ()


def test_a_kind_of_one_county_has_no_share() -> None:
    with pytest.raises(ValueError, match="single county"):
        one_county("huaxi")
