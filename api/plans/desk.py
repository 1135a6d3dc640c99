"""The desk: processes that answer what can be counted at once about a plan, so that the service never counts itself."""

from __future__ import annotations

import json
import queue
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from api.jobs.guard import CannotBegin, child_of_this_thread
from api.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from api.config import Settings
    from api.jobs.guard import Child

_MODULE = "api.plans.desk_process"
#: Questions that wait for each process at most: more would only wait in vain.
_WAITING = 4
#: Seconds after which a client may ask again.
_AGAIN = 5
_TRIES = 2


class _Gone(Exception):
    """The process has ended."""


@dataclass
class _Asked:
    """A question that waits for a process.

    Attributes
    ----------
    load
        Gives the text of a document by its digest.
    tries
        How many processes it was put to.
    """

    question: bytes
    load: Callable[[str], str]
    answer: Future[dict[str, Any]] = field(default_factory=Future)
    tries: int = 0


class Desk:
    """The processes, one for each of its threads; a process begins with its first question.

    They keep the rounds and plans asked for last, and end with the service: by the kernel's hand, where it is killed.
    """

    def __init__(self, settings: Settings) -> None:
        self._seconds = settings.desk_seconds
        self._hello = json.dumps({"memory": settings.desk_bytes}).encode() + b"\n"
        self._waiting: queue.Queue[_Asked | None] = queue.Queue(_WAITING * settings.desks)
        self._threads = [threading.Thread(target=self._keep, daemon=True) for _ in range(settings.desks)]
        for thread in self._threads:
            thread.start()

    def ask(self, question: Mapping[str, Any], load: Callable[[str], str]) -> dict[str, Any]:
        """Return the answer to a question; see :mod:`api.plans.desk_answers` for what may be asked.

        Parameters
        ----------
        load
            Gives the text of a document by its digest; it is called for those that the process does not have yet.

        Raises
        ------
        Refused
            With the code ``desk_busy`` or ``takes_too_long``, or as the question is refused.
        """
        asked = _Asked(json.dumps(question, ensure_ascii=False).encode() + b"\n", load)
        try:
            self._waiting.put_nowait(asked)
        except queue.Full:
            raise _busy() from None
        return asked.answer.result()

    def close(self) -> None:
        """End the processes, when they have answered what waits."""
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def _keep(self) -> None:
        """Hand questions to a process, and begin another where it has ended; this thread stays as long as it."""
        asked = self._waiting.get()
        while asked is not None:
            try:
                with child_of_this_thread(_MODULE) as child:
                    child.say(self._hello)
                    while asked is not None and self._answered(child, asked):
                        asked = self._waiting.get()
            except CannotBegin:
                if asked is not None:
                    asked.answer.set_exception(_busy())
            if asked is not None and asked.answer.done():
                asked = self._waiting.get()

    def _answered(self, child: Child, asked: _Asked) -> bool:
        """Answer one question; return whether the process can answer more.

        Where it ended without an answer, for no fault of the question perhaps, another process is asked once.
        """
        asked.tries += 1
        is_late = threading.Event()

        def end() -> None:
            is_late.set()
            child.kill()

        timer = threading.Timer(self._seconds, end)
        timer.start()
        try:
            said = _talk(child, asked)
        except Exception as error:
            if is_late.is_set():
                asked.answer.set_exception(Refused("takes_too_long", seconds=self._seconds))
            elif not isinstance(error, _Gone) or asked.tries == _TRIES:
                asked.answer.set_exception(error)
            return False
        finally:
            timer.cancel()
        if "refused" in said:
            details = said.get("details", {})
            asked.answer.set_exception(Refused(said["refused"], problems=said.get("problems", ()), **details))
        else:
            asked.answer.set_result(said["answer"])
        return not is_late.is_set()


def _busy() -> Refused:
    return Refused("desk_busy", headers={"Retry-After": str(_AGAIN)}, seconds=_AGAIN)


def _talk(child: Child, asked: _Asked) -> dict[str, Any]:
    """Put the question, give the documents that it is about, and return what is said.

    Raises
    ------
    _Gone
        When the process ends without an answer.
    """
    child.say(asked.question)
    while line := child.lines.readline():
        said: dict[str, Any] = json.loads(line)
        if "need" not in said:
            return said
        child.say(asked.load(said["need"]).encode() + b"\n")
    raise _Gone("the process of the desk ended without an answer")
