"""Rules and a term that the code has never seen: columns find and prove what the one model does."""

from collections import Counter
from collections.abc import Iterator

import pytest

from matcher import Round, Settings, check, constraints, scoring, solve
from matcher.model.instance import Instance
from matcher.tables import vocabulary
from tests.outside.small import Row
from tests.rulekit.readings import Table
from tests.unseen.enterprise_leads import EnterpriseLeads
from tests.unseen.familiar_faces import FamiliarFaces
from tests.unseen.test_joined import HARD, MIXED, OFF, SEEDS, SOFT
from tests.unseen.tiny import best_by_the_checker, tiny_round
from tests.unseen.two_seniors import TwoSeniors

from .solved import alone


@pytest.fixture(autouse=True)
def new_rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(constraints, "RULES", (*constraints.RULES, TwoSeniors(), EnterpriseLeads()))
    monkeypatch.setattr(scoring, "TERMS", (*scoring.TERMS, FamiliarFaces()))
    vocabulary.rule_names.cache_clear()  # names are looked up once a process, and this one has begun
    yield
    vocabulary.rule_names.cache_clear()


@pytest.mark.parametrize("rules", [HARD, SOFT, MIXED, OFF], ids=["hard", "soft", "mixed", "off"])
def test_both_methods_agree(rules: tuple[Row, ...]) -> None:
    for seed in SEEDS:
        round_ = Round.from_document(tiny_round(seed, *rules))
        columns, one_piece = (
            solve(round_, Settings.model_validate({"method": method, "effort": 5}))
            for method in ("columns", "one_piece")
        )
        assert columns.status == one_piece.status
        if one_piece.best is not None:
            assert columns.best is not None
            assert columns.best.score == one_piece.best.score
            assert columns.bound == one_piece.bound == columns.best.score
            assert check(round_, columns.best, attainable=True).ok


@pytest.mark.parametrize("rules", [HARD, SOFT, MIXED], ids=["hard", "soft", "mixed"])
def test_columns_alone_are_right(rules: tuple[Row, ...]) -> None:
    """Against every plan by the checker's count; most are settled without the one model."""
    ended = Counter[str]()
    for seed in (0, 1, 2):
        table = Table.of(tiny_round(seed, *rules))
        best = best_by_the_checker(table)
        incumbent = alone(Instance(table.round, table.book)).incumbent
        assert best is None or incumbent.bound is None or incumbent.bound >= best
        assert incumbent.score is None or (best is not None and incumbent.score <= best)
        ended["settled"] += best is None or incumbent.score == incumbent.bound == best
    assert ended["settled"] >= 2
