"""The real service as a process of its own, and people who ask it; all names are invented."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data" / "samples"
API = "/api/v1"

#: The county of the small samples, and the prefecture that the tests' file of regions puts it in.
COUNTY = "芷澜县"
PREFECTURE = "合成市"

_PATIENCE = 60.0


class Grant(NamedTuple):
    """A role, and where it holds."""

    role: str
    scope_kind: str = "all"
    scope: str = ""


class Server:
    """A server process with a data folder of its own.

    Attributes
    ----------
    url
        Where it listens; another port after each start.
    said
        What it wrote to standard output since it started.
    """

    def __init__(self, folder: Path, database_url: str = "", **settings: str) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.database_url = database_url or f"sqlite:///{self.data / 'matcher.sqlite3'}"
        self.key_file = folder / "administrator.key"
        self.log = folder / "log"
        self.url = ""
        self.said: list[str] = []
        regions = folder / "regions.json"
        regions.write_text(json.dumps({PREFECTURE: [COUNTY, "云雀县"], "别的市": ["别的县"]}))
        plenty = {"RATE": "1000000/minute", "FAILED_RATE": "1000000/minute", "DESK_SECONDS": "300"}
        plenty |= {"ACCOUNT_TRIES": "1000000", "ADDRESS_TRIES": "1000000"}
        plenty |= {"PASSWORD_MEMORY": "19456", "PASSWORD_PASSES": "1"}
        self._settings = {**plenty, "REGIONS_FILE": str(regions), **settings}
        self._process: subprocess.Popen[str] | None = None
        self._clients: list[httpx.Client] = []

    @property
    def pid(self) -> int:
        """The process."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> Server:
        """Start it, and wait until it listens."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MATCHER_")}
        environment |= {f"MATCHER_{name}": value for name, value in self._settings.items()}
        environment |= {"MATCHER_DATABASE": self.database_url, "PYTHONPATH": str(ROOT)}
        with self.log.open("a") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable, "-P", "-m", "api.serve", "--data", str(self.data), "--port", "0",
                    "--admin-key-file", str(self.key_file),
                ],
                stdout=subprocess.PIPE, stderr=log, text=True, env=environment,
            )  # fmt: skip
        assert self._process.stdout is not None
        self.said = []
        for line in self._process.stdout:
            self.said.append(line.rstrip("\n"))
            if line.startswith("http://"):
                self.url = line.strip()
                return self
        raise AssertionError("\n".join(self.said) + self.log.read_text())

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Stop it and return its exit status."""
        for client in self._clients:
            client.close()
        self._clients = []
        assert self._process is not None
        self._process.send_signal(how)
        status = self._process.wait(_PATIENCE)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return status

    def client(self, key: str | None, **headers: str) -> httpx.Client:
        """Return a client with that key; it is closed with the server."""
        given = {"Authorization": f"Bearer {key}"} if key is not None else {}
        client = httpx.Client(base_url=f"{self.url}{API}", headers={**given, **headers}, timeout=_PATIENCE)
        self._clients.append(client)
        return client

    @property
    def administrator(self) -> httpx.Client:
        """A client with the key of the first start."""
        return self.client(self.key_file.read_text().strip())

    def principal(self, *grants: Grant) -> dict[str, Any]:
        """Make a person with these grants; its ``key`` comes with it."""
        body = {
            "kind": "user",
            "name": f"示例{secrets.token_hex(6)}",
            "grants": [g._asdict() for g in grants],
        }
        made = self.administrator.post("/principals", json=body)
        assert made.status_code == 201, made.text
        key = self.administrator.post(f"/principals/{made.json()['id']}/keys", json={})
        assert key.status_code == 201, key.text
        return {**made.json(), "key": key.json()["key"], "key_id": key.json()["id"]}

    def person(self, *grants: Grant) -> httpx.Client:
        """Return a client of a new person with these grants."""
        return self.client(self.principal(*grants)["key"])

    def planner(self) -> httpx.Client:
        """Return a client of a new planner for everything."""
        return self.person(Grant("planner"))

    def with_password(self, *grants: Grant) -> dict[str, Any]:
        """Make a person with these grants who has set a password; ``password`` comes with it."""
        person = self.principal(*grants)
        code = self.administrator.post(f"/principals/{person['id']}/password", json={}).json()["code"]
        password = f"柳暗花明又一村{secrets.token_hex(6)}"
        body = {"name": person["name"], "code": code, "password": password}
        answer = self.client(None).post("/password", json=body)
        assert answer.status_code == 204, answer.text
        return {**person, "password": password}

    def log_in(self, person: Mapping[str, Any]) -> httpx.Client:
        """Return a client with the session of a person, as one of our pages would ask."""
        client = self.client(None, Origin=self.url)
        answer = client.post("/session", json={"name": person["name"], "password": person["password"]})
        assert answer.status_code == 201, answer.text
        client.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        return client


def sample(name: str = "stress/twins") -> dict[str, Any]:
    """Return a sample's document."""
    document: dict[str, Any] = json.loads((SAMPLES / name / "round.json").read_text())
    return document


def made_round(client: httpx.Client, document: Mapping[str, Any] | None = None) -> httpx.Response:
    """Store a round, a small sample where none is given, and return the answer."""
    answer = client.post("/rounds", json=dict(document or sample()))
    assert answer.status_code == 201, answer.text
    return answer


def made_run(client: httpx.Client, round_id: str = "", **body: Any) -> httpx.Response:
    """Queue a run, of a new small round where none is named, and return the answer."""
    of_round = round_id or made_round(client).json()["id"]
    answer = client.post(f"/rounds/{of_round}/runs", json=body)
    assert answer.status_code == 202, answer.text
    return answer


def refused(answer: httpx.Response, code: str, title: str = "") -> dict[str, Any]:
    """Assert that a request was refused, in the form that every refusal has, and return the problem."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    problem: dict[str, Any] = answer.json()
    assert problem["code"] == code, problem
    assert problem["type"] == f"urn:matcher:problem:{code}"
    assert problem["status"] == answer.status_code
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert problem["instance"] == answer.request.url.path
    assert problem["detail"]
    assert title in problem["title"]
    return problem


def codes(problems: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the codes of located problems."""
    return [problem["code"] for problem in problems]


def wait_for(condition: Any) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
