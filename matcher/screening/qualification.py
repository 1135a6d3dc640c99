"""Screening rule ``qualification``: the qualification conditions of the round's rule set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator

from matcher.codes import Text
from matcher.rulekit import Params, Refusal, ScreeningRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.round.facts import Facts, Person, Seat


def _worded(items: Any) -> Any:
    """Read a list of codes as codes that are their own wording."""
    return {str(item): str(item) for item in items} if isinstance(items, list | tuple) else items


#: Codes with their wording; a list of codes is taken as their own wording.
WordedItems = Annotated[dict[str, str], BeforeValidator(_worded)]


class QualificationParams(Params):
    """``items``: the conditions asked for, code to wording."""

    items: WordedItems = {}


class Qualification(ScreeningRule[QualificationParams]):
    """Every qualification condition that the rule set lists is yes."""

    id = "qualification"
    name = Text("资格条件", "Qualification conditions")
    sentence = Text(
        "本轮规则所列资格条件须逐项为“是”；空白视为不符合。",
        "Every qualification condition that the round's rule set lists is yes for the cadre; blank fails.",
    )
    why = Text(
        "各地各年的资格条件不同，文件条款以数据写入，逐条核对。",
        "The conditions differ by place and year, so they are data of the round and are checked one by one.",
    )
    allowed = Text("所列六项条件均填“是”。", "All six listed conditions are yes.")
    refused = Text("“能坚持驻村”一项空白。", "The condition “able to live in the village” is blank.")
    words = Text("资格条件不符：{items}", "qualification conditions not met: {items}")
    Params = QualificationParams

    def refusals(self, facts: Facts, person: Person, params: QualificationParams) -> Iterator[Refusal]:
        """Yield one refusal of every seat, with the wording of each condition not met."""
        failed = [word for code, word in params.items.items() if not person.record.conditions.get(code)]
        if failed:
            yield Refusal(person.id, data={"items": failed})

    def permits(self, facts: Facts, person: Person, seat: Seat, params: QualificationParams) -> bool:
        """Return whether every listed condition is yes."""
        return all(person.record.conditions.get(code) is True for code in params.items)
