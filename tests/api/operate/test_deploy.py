"""What ``deploy/`` names exists: commands, options, settings and files."""

from __future__ import annotations

import configparser
import json
import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from api.cli.app import program
from api.config import PREFIX, Settings
from api.watch import health
from tests.api.operate.serving import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DEPLOY = ROOT / "deploy"
FILES = sorted(file for file in DEPLOY.rglob("*") if file.is_file())
UNITS = sorted(DEPLOY.glob("systemd/*.service"))


def unit(file: Path) -> configparser.ConfigParser:
    """Return a unit of systemd; its names keep their case."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(file.read_text(encoding="utf-8"))
    return parser


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


def manifests() -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((DEPLOY / "kubernetes" / "matcher.yaml").read_text(encoding="utf-8")))


def containers() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return the pod and the container of each deployment."""
    pods = [one["spec"]["template"]["spec"] for one in manifests() if one["kind"] == "Deployment"]
    return [(pod, pod["containers"][0]) for pod in pods]


def commands() -> list[list[str]]:
    """Return every command of ours that is named, without the program's own name."""
    found = [shlex.split(unit(file)["Service"]["ExecStart"])[1:] for file in UNITS]
    found += [compose()["services"][name]["command"] for name in ("api", "worker")]
    found += [container["args"] for _, container in containers()]
    instruction = re.search(r"^CMD (.*)$", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert instruction
    return [*found, json.loads(instruction[1])]


def test_every_command_can_be_read() -> None:
    assert len(commands()) == 7
    made = program("en")
    for command in commands():
        # typer's own reading: an unknown command, option or value is an error.
        context = made.make_context("matcher", list(command))
        _, subcommand, rest = made.resolve_command(context, list(command))
        values = subcommand.make_context(command[0], rest, parent=context).params
        assert values["data"] is not None


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(DEPLOY)))
def test_every_setting_exists(file: Path) -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(r"\bMATCHER_[A-Z_]+\b", file.read_text(encoding="utf-8")))
    assert {name.removesuffix("_FILE") if name not in known else name for name in named} <= known


def test_workers_and_api_find_the_same_secrets() -> None:
    services = compose()["services"]
    for name in ("api", "worker"):
        for variable, path in services[name]["environment"].items():
            assert variable.endswith("_FILE")
            assert path.removeprefix("/run/secrets/") in services[name]["secrets"]
    assert set(services["api"]["secrets"]) <= set(compose()["secrets"])
    for _, container in containers():
        files = [one["value"] for one in container["env"] if one["name"].endswith("_FILE")]
        mounted = [mount["mountPath"] for mount in container["volumeMounts"]]
        assert all(any(file.startswith(f"{path}/") for path in mounted) for file in files)


def test_probes_and_ports_are_those_of_the_service() -> None:
    paths = {getattr(route, "path", "") for route in health.router.routes}
    api = containers()[0][1]
    for probe in ("livenessProbe", "readinessProbe"):
        assert api[probe]["httpGet"]["path"] in paths
        assert api[probe]["httpGet"]["port"] == Settings.model_fields["port"].default
    service = manifests()[0]
    labels = [
        one["spec"]["template"]["metadata"]["labels"] for one in manifests() if one["kind"] == "Deployment"
    ]
    assert service["spec"]["selector"] == labels[0]


def test_nothing_is_killed_before_it_could_end() -> None:
    """The API takes up to 30 s to finish and as long as it drains, then a worker up to 25 s."""
    for file in UNITS:
        assert unit(file)["Service"]["KillMode"] == "mixed"
        assert int(unit(file)["Service"]["TimeoutStopSec"]) >= 55
    for pod, container in containers():
        drain = [int(one["value"]) for one in container["env"] if one["name"] == "MATCHER_DRAIN_SECONDS"]
        assert pod["terminationGracePeriodSeconds"] >= sum(drain) + 30


def test_the_image_is_made_of_what_is_there() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    copied = [word for line in re.findall(r"^COPY (.*)$", text, re.MULTILINE) for word in line.split()[:-1]]
    assert copied
    assert [path for path in copied if not (ROOT / path).exists()] == []
