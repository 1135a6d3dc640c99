"""Screening rule ``recusal``: nobody to their own or their family's village."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from matcher.codes import Text
from matcher.rulekit import Params, Refusal, ScreeningRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.round.facts import Facts, Person, Seat, Township


class RecusalParams(Params):
    """``level``: ``village``, or ``township`` to keep away from the whole township."""

    level: Literal["village", "township"] = "village"


class Recusal(ScreeningRule[RecusalParams]):
    """Not in the own, the spouse's or kin's native village, or township."""

    id = "recusal"
    name = Text("任职回避", "Recusal")
    sentence = Text(
        "不得派往本人、配偶或近亲属的原籍村；设为乡镇级时，也不得派往这些村所在乡镇及本人、配偶原籍乡镇。总队长一律按乡镇回避。",
        "Not in the own, the spouse's or kin's native village; with level township, nor in the township of any of "
        "these or in the native townships of both. A captain always keeps away from these townships.",
    )
    why = Text("避免亲属利益关系影响公正。", "Family interests must not touch the work.")
    allowed = Text("原籍村在邻村。", "The native village is the next one.")
    refused = Text("配偶原籍即该村。", "The spouse comes from this very village.")
    words = Text(
        "回避：{place}为本人、配偶或亲属原籍", "recusal: {place} is the native place of the cadre or family"
    )
    Params = RecusalParams

    def refusals(self, facts: Facts, person: Person, params: RecusalParams) -> Iterator[Refusal]:
        """Yield a refusal for each village (or each of a township) and for each township's captaincy."""
        record = person.record
        native = dict.fromkeys(
            v for v in (record.native_village, record.spouse_native_village, *record.kin_villages) if v
        )
        townships: dict[Township, None] = {}
        for village in native:
            if village in facts.places:
                townships[facts.places[village].township] = None
        for text in (record.native_township, record.spouse_native_township):
            township = facts.township_named(text)
            if township is not None and township in facts.townships:
                townships[township] = None
        villages = [village for village in native if village in facts.places]
        if params.level == "township":
            villages = [place.id for place in facts.places.values() if place.township in townships]
        for village in villages:
            yield Refusal(person.id, village=village, data={"place": facts.places[village].village.name})
        for township in townships:
            yield Refusal(person.id, ("captain",), township=township, data={"place": township[1]})

    def permits(self, facts: Facts, person: Person, seat: Seat, params: RecusalParams) -> bool:
        """Return whether the seat is away from every native place."""
        record = person.record
        native = {record.native_village, record.spouse_native_village, *record.kin_villages} - {None}
        if seat.village is not None and seat.village in native:
            return False
        if seat.village is not None and params.level == "village":
            return True
        townships = {
            facts.township_of(village.county, village.township)
            for village in facts.round.villages
            if village.id in native
        }
        townships |= {
            facts.township_of(*text.rsplit("/", 1)) if "/" in text else facts.township_of("", text)
            for text in (record.native_township, record.spouse_native_township)
            if text
        }
        return seat.township not in townships
