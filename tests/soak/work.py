"""What people do at the service while it is harmed: rounds, runs, plans and publications, each acknowledged or asked again."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Any, Final

from api.jobs.states import ENDED
from tests.api.jobs.rounds import small_county, without_enough_people

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.soak.ledger import Ledger
    from tests.soak.people import Person
    from tests.soak.violations import Record

#: Villages of the rounds; their solves take some seconds, by their effort and not by a clock.
_VILLAGES: Final = (25, 28, 31)
_EFFORT: Final = 2.5
#: Effort of a run that is stopped or dropped before it comes to its end.
_LONG: Final = 60.0
#: Seconds that a run may take in all, whatever is done to it.
_PATIENCE: Final = 180.0


class Work:
    """A planner and an approver, with what they have made so far.

    Parameters
    ----------
    planner, approver
        Who asks.
    ledger
        Where each acknowledged write goes before the next is begun.
    seed
        One seed, one sequence of wishes.
    record
        Where refusals that should not be are written down.
    """

    def __init__(self, planner: Person, approver: Person, ledger: Ledger, seed: int, record: Record) -> None:
        self._planner = planner
        self._approver = approver
        self._ledger = ledger
        self._chance = random.Random(seed)
        self._record = record
        self._round = ""
        self._hopeless = ""
        self._ended: list[str] = []  # runs that have plans
        self._ways: tuple[Callable[[], str], ...] = (
            self._stopped, self._cancelled, self._infeasible, self._again, self._again,
        )  # fmt: skip

    def prepare(self) -> None:
        """Make the rounds that are there before the first harm."""
        self._hopeless = self._made_round(without_enough_people())
        self._round = self._made_round(small_county(_VILLAGES[0]))

    def do(self) -> None:
        """Do one round's work, and wait until its runs have ended."""
        plans = self._chance.choice((1, 2))
        begun = [
            self._run(self._round, {"effort": _EFFORT, "plans": plans}),
            self._chance.choice(self._ways)(),
        ]
        if self._chance.random() < 0.5:
            self._round = self._made_round(small_county(self._chance.choice(_VILLAGES)))
        else:
            self._revise()
        if self._ended:
            self._edit_and_publish()
        for run in begun:
            self._wait_for(run)

    def clear(self) -> None:
        """Drop the runs of a round whose work broke off."""
        for entry in self._ledger.of("run", round_=self._ledger.round):
            self._planner.post(f"/runs/{entry.id}/cancel")

    # -------------------------------------------------- rounds

    def _made_round(self, document: dict[str, Any]) -> str:
        name = f"演练第 {self._ledger.round} 轮 {self._chance.randrange(10**6)}"
        made = self._acknowledged(self._planner.post("/rounds", {**document, "name": name}), 201)
        self._ledger.acknowledge("round", made["id"], number=1, digest=made["revision"]["digest"], name=name)
        return str(made["id"])

    def _revise(self) -> None:
        """Edit the round; PATCH has no key, so after a lost answer it is looked whether it was done."""
        name = f"演练第 {self._ledger.round} 轮改 {self._chance.randrange(10**6)}"
        body = {"reason": name, "edits": [{"op": "field", "values": {"name": name}}]}
        path = f"/rounds/{self._round}"
        while True:
            head = self._planner.get(path)
            if head.json()["revision"]["reason"] == name:
                break
            tag = {"If-Match": head.headers["etag"]}
            answer = self._planner.once("PATCH", path, json=body, headers=tag)
            if answer is not None:
                head = answer
                break
            time.sleep(0.2)
        made = self._acknowledged(head, 200)["revision"]
        self._ledger.acknowledge(
            "revision", self._round, number=made["number"], digest=made["digest"], name=name
        )

    # -------------------------------------------------- runs

    def _run(self, round_id: str, settings: dict[str, Any]) -> str:
        answer = self._planner.post(f"/rounds/{round_id}/runs", {"settings": settings})
        made = self._acknowledged(answer, 202)
        self._ledger.acknowledge("run", made["id"], round=round_id, settings=made["settings"])
        return str(made["id"])

    def _stopped(self) -> str:
        return self._asked("stop")

    def _cancelled(self) -> str:
        return self._asked("cancel")

    def _asked(self, what: str) -> str:
        run = self._run(self._round, {"effort": _LONG, "plans": 5})
        time.sleep(self._chance.uniform(0, 4))
        answer = self._planner.post(f"/runs/{run}/{what}")
        if answer.status_code != 409:  # it has ended meanwhile
            self._acknowledged(answer, 202)
            self._ledger.acknowledge(what, run)
        return run

    def _infeasible(self) -> str:
        return self._run(self._hopeless, {"effort": _EFFORT})

    def _again(self) -> str:
        if not self._ended:
            return self._infeasible()
        run = self._chance.choice(self._ended)
        made = self._acknowledged(
            self._planner.post(f"/runs/{run}/{self._chance.choice(('rerun', 'repeat'))}"), 202
        )
        self._ledger.acknowledge("run", made["id"], round=made["round_id"], settings=made["settings"])
        return str(made["id"])

    def _wait_for(self, run: str) -> None:
        end = time.monotonic() + _PATIENCE
        while (state := self._planner.get(f"/runs/{run}").json()["state"]) not in ENDED:
            if time.monotonic() > end:
                self._record.add("every run ends", f"{run} is {state} after {_PATIENCE:.0f} s")
                self._planner.post(f"/runs/{run}/cancel")
                return
            time.sleep(0.2)
        if state == "done":
            self._ended = [*self._ended[-4:], run]

    # -------------------------------------------------- plans

    def _edit_and_publish(self) -> None:
        """Change a plan by hand and save it; propose and approve the best of a run, and take some back."""
        run = self._chance.choice(self._ended)
        plan = self._planner.get(f"/runs/{run}/plans").json()["items"][0]["id"]
        posts = self._planner.get(f"/plans/{plan}/full").json()["posts"]
        body = {"removed": [self._chance.choice(posts)["cadre"]], "save": True, "reason": "演练"}
        edited = self._acknowledged(self._planner.post(f"/plans/{plan}/edit", body), 200)["plan"]
        self._ledger.acknowledge("plan", edited["id"], digest=edited["digest"], parent=plan)
        proposed = self._acknowledged(self._planner.post(f"/plans/{plan}/publications"), 201)
        facts = {"plan": plan, "round": proposed["round_id"]}
        self._ledger.acknowledge("proposal", proposed["id"], **facts)
        path = f"/publications/{proposed['id']}"
        approved = self._acknowledged(self._approver.post(f"{path}/approve", None, self._tag(path)), 200)
        self._ledger.acknowledge("approval", proposed["id"], replaces=approved["replaces"], **facts)
        if self._chance.random() < 0.3:
            back = self._approver.post(f"{path}/rollback", {"reason": "演练"}, self._tag(path))
            self._acknowledged(back, 200)
            self._ledger.acknowledge("rollback", proposed["id"], replaces=approved["replaces"], **facts)

    def _tag(self, path: str) -> dict[str, str]:
        return {"If-Match": self._approver.get(path).headers["etag"]}

    def _acknowledged(self, answer: httpx.Response, status: int) -> dict[str, Any]:
        """Return what was acknowledged; anything else ends this round's work."""
        if answer.status_code != status:
            raise Refusal(
                f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text}"
            )
        found: dict[str, Any] = answer.json()
        return found


class Refusal(Exception):
    """The service refused what it should have done."""
