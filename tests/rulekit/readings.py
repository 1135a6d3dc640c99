"""The readings of a plan that must agree: the checker's, the engine's (twice) and the outside auditor's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from matcher.check.attainable import attainable_points as checkers_attainable
from matcher.check.recount import Recount, recount
from matcher.check.view import PlanView
from matcher.model.encode import ModelEncoder, Team
from matcher.model.instance import Instance
from matcher.plan import Post
from matcher.round import Round
from matcher.rulebook import RuleBook
from matcher.rulekit import Breach
from matcher.solving.attainable import attainable_points as engines_attainable
from matcher.solving.cpsat import run
from matcher.solving.one_piece import encode
from matcher.solving.state import State
from matcher.solving.stopping import Stop
from tests.outside import figures as outside
from tests.outside import rulebook

Data = dict[str, Any]
#: What is broken: rule, subjects as sorted pairs, amount.
Judged = tuple[str, tuple[tuple[str, Any], ...], int]


@dataclass(frozen=True)
class Table:
    """A round laid on the table: read once, with the rules in effect and each village's attainable points."""

    document: Data
    round: Round
    book: RuleBook
    attainable: Mapping[str, int]

    @classmethod
    def of(cls, document: Data) -> "Table":
        round_ = Round.from_document(document)
        book = RuleBook.of(round_.rules)
        attainable: Mapping[str, int] = {}
        if any(term.on for term in book.terms):
            attainable = checkers_attainable(round_.facts, book)
        return cls(document, round_, book, attainable)

    @cached_property
    def instance(self) -> Instance:
        return Instance(self.round, self.book, self.attainable)

    def view(self, posts: Iterable[Post]) -> PlanView:
        return PlanView(self.round.facts, self.book, posts, self.attainable)

    def recount(self, posts: Iterable[Post]) -> Recount:
        return recount(self.round.facts, self.book, posts, self.attainable)

    def engines_attainable(self) -> dict[str, int]:
        return engines_attainable(self.instance, Stop())

    def outside(self, posts: Iterable[Post]) -> Data:
        rows = [post.model_dump(exclude_none=True) for post in posts]
        stated = [{"village": village, "attainable": most} for village, most in self.attainable.items()]
        return outside.recount(for_the_auditor(self.document), {"posts": rows, "villages": stated})


def audited(rule: str) -> bool:
    """Whether the outside auditor knows a rule: the built-in ones, not one that has just been added."""
    return rule in {*rulebook.SCREENING, *rulebook.PLAN_RULES, *rulebook.TERMS}


def for_the_auditor(document: Data) -> Data:
    """The round without rows on rules that the auditor does not know."""
    return document | {"rules": [row for row in document["rules"] if audited(row["id"])]}


def judged(rule: str, breach: Breach) -> Judged:
    return rule, tuple(sorted((key, _plain(value)) for key, value in breach.subjects.items())), breach.amount


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def model_with(instance: Instance, posts: Iterable[Post]) -> int | None:
    """The score of the model with every decision fixed to ``posts``.

    None where that breaks a hard rule, or where the model has no such decision.
    """
    rows = list(posts)
    held = {(post.cadre, post.role, _place(instance, post)) for post in rows}
    encoder = encode(instance, prune=False)
    known = set()
    for id_, encoded in encoder.encoded.items():
        for variable, (person, role) in enumerate(encoded.block.seats):
            known.add((person.id, role, id_))
            encoder.model.add(encoded.variables[variable] == int((person.id, role, id_) in held))
    return _solved(encoder) if held <= known and len(held) == len(rows) else None


def model_alone(instance: Instance, *, prune: bool = False) -> int | None:
    """The best score of the model left free; None where no plan keeps the hard rules."""
    return _solved(encode(instance, prune=prune))


def _solved(encoder: ModelEncoder) -> int | None:
    outcome = run(encoder, Stop())
    assert outcome.status in ("optimal", "infeasible")
    return None if outcome.bound is None or outcome.teams is None else round(outcome.bound)


def rows_with(instance: Instance, posts: Iterable[Post]) -> tuple[int, int]:
    """What the rows say of a plan without any search: amount by which hard rules are broken, and score."""
    teams: dict[str, Team] = {id_: [] for id_ in instance.blocks}
    for post in posts:
        teams[_place(instance, post)].append((post.cadre, post.role))
    return State(instance, teams).measure()


def can_be_modelled(instance: Instance, posts: Iterable[Post]) -> bool:
    """Whether every post is a decision of the model: it exists, and screening leaves it open."""
    places = instance.blocks
    return all(
        _place(instance, post) in places
        and (post.cadre, post.role) in places[_place(instance, post)].variable
        for post in posts
    )


def _place(instance: Instance, post: Post) -> str:
    if post.village is not None:
        return post.village
    return "/".join(instance.facts.township_of(post.county or "", post.township or ""))
