"""What is ready already when a round is solved that differs from another in a few blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.piece import Piece


class AtHand(NamedTuple):
    """Blocks and teams of a round with the same link rows. They serve where the block is still the same object.

    Attributes
    ----------
    pieces
        The blocks, ready to be priced, by their number.
    columns
        Good teams.
    """

    pieces: Sequence[Piece] = ()
    columns: Sequence[Column] = ()


NOTHING = AtHand()
