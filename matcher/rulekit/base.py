"""What screening rules, plan rules and score terms have in common."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from matcher.codes import Language, Text
    from matcher.round.facts import Facts, Person, Seat

Mode = Literal["hard", "soft", "off"]


class Params(BaseModel):
    """Base of a rule's parameters: validated, frozen, no unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NoParams(Params):
    """The parameters of a rule that has none."""


ParamsT = TypeVar("ParamsT", bound=Params)


def _exact(value: Any) -> Any:
    """Read 0.2 as the decimal 0.2, not as the nearest binary fraction."""
    return Decimal(repr(value)) if isinstance(value, float) else value


def _plain(value: Decimal) -> float | int:
    return int(value) if value == value.to_integral_value() else float(value)


#: A number compared in exact decimals; few enough of them that a model counts in whole numbers.
Exact = Annotated[
    Decimal, BeforeValidator(_exact), Field(decimal_places=6), PlainSerializer(_plain, when_used="always")
]
#: A share between 0 and 1, compared in exact decimals.
Share = Annotated[Exact, Field(ge=0, le=1)]


def share_held(held: int, posts: int) -> float:
    """Return ``held`` of ``posts`` as a share of six decimals, rounded down so that it is reached."""
    share = Decimal(held) / Decimal(max(posts, 1))
    return float(share.quantize(Decimal("0.000001"), ROUND_FLOOR))


class Rule(Generic[ParamsT]):
    """A rule of the round: its words, its parameters and where it comes from.

    Attributes
    ----------
    id
        The name in documents and settings.
    name
        Its short name.
    sentence
        The rule in one sentence.
    why
        Why it exists.
    allowed, refused
        An example of each.
    Params
        The model of its parameters, with their defaults.
    words
        Template of the sentence that says why somebody was refused or how a plan breaks the rule;
        filled from the data of a refusal or breach.
    """

    id: ClassVar[str]
    name: ClassVar[Text]
    sentence: ClassVar[Text]
    why: ClassVar[Text]
    allowed: ClassVar[Text]
    refused: ClassVar[Text]
    words: ClassVar[Text]
    Params: type[ParamsT]

    def summary(self, facts: Facts, seat: Seat, person: Person, params: ParamsT) -> Hashable:
        """Return what the check reads of a member in ``seat``; None where a rule doesn't say.

        A rule that says it promises that its check of a single team depends on nothing but the summaries of
        the members, put together by :meth:`combine` in any order, and on how many hold each role.
        """
        return None

    @staticmethod
    def combine(one: Any, other: Any) -> Hashable:
        """Return the summary of two parts of a team: the union, unless a rule says otherwise."""
        return one | other  # type: ignore[no-any-return]

    def say(self, data: Mapping[str, Any], language: Language) -> str:
        """Return the sentence about ``data`` (of a refusal, breach or point) in ``language``."""
        words = {key: _in_words(value, language) for key, value in data.items()}
        return self.words.in_(language).format(**words)


def _in_words(value: Any, language: Language) -> str:
    """Write a value of a sentence: lists with the language's own comma, texts in the language."""
    if isinstance(value, list | tuple):
        return ("、" if language == "zh" else ", ").join(_in_words(item, language) for item in value)
    if hasattr(value, "in_"):
        return str(value.in_(language))
    return "" if value is None else str(value)
