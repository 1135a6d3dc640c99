"""A process of the desk: it keeps rounds and plans open and answers questions about them, one after another.

``python -P -m api.plans.desk_process FD PARENT_PID`` takes questions as lines of JSON on standard input and gives
answers as lines of JSON on FD. Documents that it does not have it asks for by their digest.
"""

from __future__ import annotations

import json
import os
import sys
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, TypeVar

from api.access.masking import all_shown
from api.jobs.guard import bind_to, limit_memory
from api.no_room import AGAIN_WHEN_FULL, is_without_room
from api.plans.desk_answers import ANSWERS
from api.problems import Refused
from matcher.plan import Plan
from matcher.problems import InvalidInput
from matcher.round import Round

if TYPE_CHECKING:
    from collections.abc import Callable

#: People wait for it, so it gives way to them less than what solves.
_NICENESS = 2
_ROUNDS, _PLANS = 4, 16

Value = TypeVar("Value")


def main() -> None:
    """Answer until nobody asks any more."""
    bind_to(int(sys.argv[2]), _NICENESS)
    questions = sys.stdin.buffer
    limit_memory(json.loads(questions.readline())["memory"])
    with os.fdopen(int(sys.argv[1]), "wb") as answers:
        table = Table(questions, answers)
        for line in questions:
            say(answers, _said(table, json.loads(line)))


class Kept(Generic[Value]):
    """The few things that were asked for last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[str, Value] = OrderedDict()

    def get(self, name: str, make: Callable[[], Value]) -> Value:
        """Return what is kept by that name, made now where it is not there."""
        if name not in self._found:
            self._found[name] = make()
        self._found.move_to_end(name)
        while len(self._found) > self._most:
            self._found.popitem(last=False)
        return self._found[name]


class Table:
    """What lies on the desk: the rounds and plans that questions are about."""

    def __init__(self, questions: BinaryIO, answers: BinaryIO) -> None:
        self._questions, self._answers = questions, answers
        self._rounds: Kept[Round] = Kept(_ROUNDS)
        self._plans: Kept[Plan] = Kept(_PLANS)

    def round(self, digest: str) -> Round:
        """Return the round of a digest."""
        return self._rounds.get(digest, lambda: Round.from_document(self._document(digest)))

    def plan(self, digest: str) -> Plan:
        """Return the plan of a digest."""
        return self._plans.get(digest, lambda: Plan.from_document(self._document(digest)))

    def _document(self, digest: str) -> Any:
        say(self._answers, {"need": digest})
        return json.loads(self._questions.readline())


def _said(table: Table, question: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"answer": ANSWERS[question["do"]](table, question)}
    except Refused as refused:
        return {"refused": refused.code, "details": refused.details, "problems": refused.problems}
    except InvalidInput as error:
        problems = all_shown(error.problems)
        return {"refused": "request_invalid", "details": {"count": len(problems)}, "problems": problems}
    except OSError as error:
        if not is_without_room(error):
            raise
        return {"refused": "storage_full", "details": {"seconds": AGAIN_WHEN_FULL}}


def say(answers: BinaryIO, what: dict[str, Any]) -> None:
    """Say one thing, on one line."""
    answers.write(json.dumps(what, ensure_ascii=False).encode() + b"\n")
    answers.flush()


if __name__ == "__main__":
    main()
