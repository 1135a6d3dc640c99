"""Rules and a term that the code has never seen: counties apart find and prove what the one model does."""

from collections.abc import Iterator
from functools import partial

import pytest

from matcher import Round, Settings, check, constraints, scoring, solve
from matcher.pricing import pricer
from matcher.pricing.form import Form
from matcher.tables import vocabulary
from tests.outside.small import Row, rule
from tests.unseen.enterprise_leads import EnterpriseLeads
from tests.unseen.familiar_faces import FamiliarFaces
from tests.unseen.test_joined import HARD, MIXED, SEEDS, SOFT
from tests.unseen.tiny import tiny_round
from tests.unseen.two_seniors import TwoSeniors


@pytest.fixture(autouse=True)
def new_rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(constraints, "RULES", (*constraints.RULES, TwoSeniors(), EnterpriseLeads()))
    monkeypatch.setattr(scoring, "TERMS", (*scoring.TERMS, FamiliarFaces()))
    vocabulary.rule_names.cache_clear()  # names are looked up once a process, and this one has begun
    yield
    vocabulary.rule_names.cache_clear()


@pytest.mark.parametrize("rules", [HARD, SOFT, MIXED], ids=["hard", "soft", "mixed"])
def test_it_agrees_with_the_one_model(rules: tuple[Row, ...]) -> None:
    for seed in SEEDS:
        round_ = Round.from_document(tiny_round(seed, *rules))
        counties, one_piece = (
            solve(round_, Settings.model_validate({"method": method, "effort": 5, "workers": 1}))
            for method in ("counties", "one_piece")
        )
        assert counties.status == one_piece.status
        if one_piece.best is not None:
            assert counties.best is not None
            assert counties.best.score == one_piece.best.score
            assert counties.bound == one_piece.bound == counties.best.score
            assert check(round_, counties.best, attainable=True).ok


@pytest.mark.parametrize("limit", [1, None])
def test_a_village_without_any_team_is_found_whether_pricing_is_exact_or_not(
    limit: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody is a senior, and no team may have two; with room for one state the rule is left out of pricing."""
    if limit is not None:
        monkeypatch.setattr(pricer, "Form", partial(Form, limit=limit))
    round_ = Round.from_document(tiny_round(1, rule("two_seniors", "hard", above=18)))
    for method in ("counties", "one_piece"):
        settings = Settings.model_validate({"method": method, "effort": 5, "workers": 1})
        assert solve(round_, settings).status == "infeasible"
