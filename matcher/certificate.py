"""The certificate of a bound (``certificate/1``): what anybody needs to add the bound up again without a solver.

A certificate states a *price* for rows that link villages (a cadre's one post, a unit's quota …) and, at these
prices, a bound on the best team of every village and every captaincy. Whatever the prices are, no plan scores
more than these bounds and the priced limits add up to (see :meth:`Certificate.added_up`); good prices only make
that sum small. So there is nothing to believe: the checker bounds every team again and adds.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

if TYPE_CHECKING:
    from collections.abc import Mapping

#: A whole number of a certificate: a price, or a bound in points × ``scale``.
Whole = Annotated[int, Field(strict=True, ge=-(10**18), le=10**18)]
_Name = Annotated[str, Field(strict=True)] | Annotated[int, Field(strict=True)]
#: The name of a link row within its rule, as in :class:`matcher.rulekit.LinkRow`; a list in JSON is a tuple here.
Key = _Name | tuple[_Name | None, ...]
#: A link row by its rule and its key.
RowName = tuple[str, Key]


class Limits(NamedTuple):
    """The least and the most of what all teams together may use; either may be None."""

    at_least: int | None
    at_most: int | None


class UnlimitedPrice(ValueError):
    """A price on the side of a row that limits nothing; such a price proves nothing."""


class _Part(BaseModel):
    """Base of the parts of a certificate: frozen, strict, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Price(_Part):
    """The price of a unit of one link row, in points × ``scale``; rows at price 0 are not listed.

    A price above 0 is charged for what teams use of ``at_most``, one below 0 rewards what they do for ``at_least``.
    """

    rule: str
    key: Key
    price: Whole

    @model_validator(mode="after")
    def _not_nothing(self) -> Self:
        if not self.price:
            raise ValueError("a price of 0 is not listed")
        return self

    @property
    def row(self) -> RowName:
        """The rule and the key of the row."""
        return self.rule, self.key

    def charge(self, limits: Limits) -> int:
        """Return what the price adds to the bound: price × the limit on its side.

        Raises
        ------
        UnlimitedPrice
            Where the row has no limit on that side.
        """
        limit = limits.at_most if self.price > 0 else limits.at_least
        if limit is None:
            raise UnlimitedPrice(f"{self.rule} {self.key!r} has no limit at a price of {self.price}")
        return self.price * limit


class BlockBound(_Part):
    """What no team of one village (no captain of one township) exceeds at the prices, in points × ``scale``.

    Counted of a team: its village's points, the points of the plan that it decides, less soft rules that it breaks by
    itself, all × ``scale``, less price × use over all priced rows.
    """

    village: str | None = None
    county: str | None = None
    township: str | None = None
    bound: Whole

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        captaincy = self.township is not None
        if (self.village is None) != captaincy or (self.county is not None and not captaincy):
            raise ValueError("either a village, or county and township")
        return self


class Certificate(_Part):
    """A bound with what proves it.

    Attributes
    ----------
    round_digest
        The digest of the round, rules included, that the bound is about.
    scale
        Prices and bounds of blocks are in points × ``scale``, so that they are whole numbers.
    constant
        Points that every plan has.
    floor
        Where fairness came first: the least index of every village, as an exact fraction such as ``37/50``. The
        bound then holds for the plans that keep it.
    prices
        The prices other than 0.
    blocks
        A bound for every village and every captaincy.
    bound
        What no plan's score exceeds.
    """

    schema_: Literal["certificate/1"] = Field(default="certificate/1", alias="schema")
    round_digest: str
    scale: Annotated[int, Field(strict=True, ge=1, le=10**9)]
    constant: Whole = 0
    floor: Annotated[str, Field(pattern=r"^-?\d{1,18}(/[1-9]\d{0,17})?$")] | None = None
    prices: tuple[Price, ...] = ()
    blocks: tuple[BlockBound, ...]
    bound: Whole

    @property
    def least_index(self) -> Fraction | None:
        """The floor as a number; None where there is none."""
        return Fraction(self.floor) if self.floor is not None else None

    def added_up(self, limits: Mapping[RowName, Limits]) -> int:
        """Return the bound that prices and blocks prove, added up in whole numbers.

        Parameters
        ----------
        limits
            The limits of at least every priced row.

        Raises
        ------
        UnlimitedPrice
            Where a priced row has no limit on the side of its price.
        KeyError
            Where the limits of a priced row are not given.
        """
        blocks = sum(block.bound for block in self.blocks)
        charges = sum(price.charge(limits[price.row]) for price in self.prices)
        return (blocks + charges) // self.scale + self.constant
