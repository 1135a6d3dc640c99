"""Screening rule ``negative_list``: nobody with a listed flag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import NEGATIVE_ITEMS, Text
from matcher.rulekit import Params, Refusal, ScreeningRule
from matcher.screening.qualification import WordedItems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.round.facts import Facts, Person, Seat

#: The built-in list: every item but ``dual_posting``, which is a rule between two people (``spouses``).
BUILT_IN = {code.code: code.zh for code in NEGATIVE_ITEMS.codes if code.code != "dual_posting"}


class NegativeListParams(Params):
    """``items``: the flags that refuse, code to wording; they may be the round's own codes."""

    items: WordedItems = BUILT_IN


class NegativeList(ScreeningRule[NegativeListParams]):
    """None of the listed flags."""

    id = "negative_list"
    name = Text("负面清单", "Negative list")
    sentence = Text("不得有负面清单所列情形。", "The cadre has none of the listed flags.")
    why = Text("文件明确不得选派的情形。", "The documents name who must not be sent.")
    allowed = Text("无任何标记。", "No flag.")
    refused = Text("处分影响期内。", "Under sanction.")
    words = Text("负面清单情形：{items}", "on the negative list: {items}")
    Params = NegativeListParams

    def refusals(self, facts: Facts, person: Person, params: NegativeListParams) -> Iterator[Refusal]:
        """Yield one refusal of every seat, with the wording of each flag."""
        listed = [_wording(flag, params) for flag in person.record.flags if flag in params.items]
        if listed:
            yield Refusal(person.id, data={"items": listed})

    def permits(self, facts: Facts, person: Person, seat: Seat, params: NegativeListParams) -> bool:
        """Return whether no flag is on the list."""
        return not set(person.record.flags) & set(params.items)


def _wording(flag: str, params: NegativeListParams) -> Text:
    """Return the wording of a flag: the round's own, or the built-in one in both languages."""
    wording = params.items[flag]
    if flag in NEGATIVE_ITEMS and wording in (flag, NEGATIVE_ITEMS[flag].zh):
        return NEGATIVE_ITEMS[flag].text
    return Text(wording, wording)
