"""Traces: sent to a real collector on the loopback where one is set, and nothing imported or sent otherwise."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from api.watch import traces
from api.watch.exporting import Spans
from tests.api.jobs.fleet import Fleet, wait_for
from tests.api.server import ROOT, Grant, made_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.api.server import Server


class Collector:
    """Takes spans as OTLP over HTTP."""

    def __init__(self) -> None:
        self.spans: list[tuple[str, Any]] = []
        taken = self.spans

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                    named = {pair.key: pair.value.string_value for pair in resource.resource.attributes}
                    taken.extend(
                        (named["service.name"], span) for part in resource.scope_spans for span in part.spans
                    )
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.endpoint = f"http://127.0.0.1:{self._server.server_address[1]}/v1/traces"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def collector() -> Iterator[Collector]:
    found = Collector()
    try:
        yield found
    finally:
        found.stop()


def attributes(span: Any) -> dict[str, Any]:
    return {pair.key: pair.value.string_value or pair.value.int_value for pair in span.attributes}


def test_requests_and_runs_are_traced(
    own_server: Callable[..., Server], collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = own_server(TRACES_ENDPOINT=collector.endpoint)
    planner = server.person(Grant("planner"))
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    answer = planner.get("/rounds?cursor=secret-query", headers={"traceparent": parent})
    planner.get("/rounds/secret-path")
    monkeypatch.setenv("MATCHER_TRACES_ENDPOINT", collector.endpoint)
    with Fleet(server.database_url, server.data) as fleet:
        fleet.start(cores=1)
        run = made_run(planner).json()["id"]
        wait_for(lambda: planner.get(f"/runs/{run}").json()["state"] == "running", "the run to begin")
        assert planner.post(f"/runs/{run}/cancel").status_code == 202
        wait_for(lambda: planner.get(f"/runs/{run}").json()["state"] == "cancelled", "the run to end")
        fleet.workers[0].signal(signal.SIGTERM)
        assert fleet.workers[0].wait() == 0
    assert server.stop() == 0
    requests = [span for part, span in collector.spans if part == "matcher-api"]
    found = {attributes(span)["matcher.request_id"]: span for span in requests}
    span = found[answer.headers["x-request-id"]]
    assert span.name == "GET /rounds"
    assert attributes(span)["http.response.status_code"] == 400
    assert span.trace_id.hex() == parent.split("-")[1]
    assert span.parent_span_id.hex() == parent.split("-")[2]
    assert span.end_time_unix_nano > span.start_time_unix_nano
    assert "GET /rounds/{round_id}" in {span.name for span in requests}
    (of_run,) = [span for part, span in collector.spans if part == "matcher-worker"]
    assert of_run.name == "run solve"
    assert attributes(of_run) == {
        "matcher.run.id": run, "matcher.run.kind": "solve", "matcher.run.epoch": 1, "matcher.run.came_to": "cancelled",
    }  # fmt: skip
    assert "secret" not in str(collector.spans)


def test_collector_that_is_away_holds_nobody_up(own_server: Callable[..., Server]) -> None:
    server = own_server(TRACES_ENDPOINT="http://127.0.0.1:9/v1/traces")
    assert server.administrator.get("/me").status_code == 200
    assert server.stop() == 0


def test_nothing_of_it_is_imported_where_none_is_set(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from api.app import create_app; from api.config import Settings;"
        f"from api.jobs import worker; from api.watch import traces; traces.set_up('', 'api');"
        f"create_app(Settings(data=Path({str(tmp_path)!r})));"
        "print([name for name in sys.modules if name.startswith(('opentelemetry.sdk', 'opentelemetry.exporter'))])"
    )
    # What the framework itself would take from the environment is not taken, either.
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"}
    ended = subprocess.run(
        [sys.executable, "-P", "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "[]"


def test_framework_sends_nothing_by_itself(own_server: Callable[..., Server], collector: Collector) -> None:
    os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.endpoint.removesuffix("/v1/traces")
    try:
        server = own_server()
    finally:
        del os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"]
    assert server.administrator.get("/me").status_code == 200
    assert server.stop() == 0
    assert collector.spans == []


def test_start_without_the_extra_is_refused(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['opentelemetry.sdk'] = None\n"
        "from api.serve import main\n"
        f"sys.exit(main(['--data', {str(tmp_path / 'data')!r}, '--port', '0']))"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "MATCHER_TRACES_ENDPOINT": "http://127.0.0.1:9/v1/traces",
    }
    ended = subprocess.run(
        [sys.executable, "-P", "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert "OpenTelemetry is not installed; install the extra telemetry" in ended.stdout


def test_failed_run_and_broken_request_are_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    exporter = InMemorySpanExporter()
    spans = Spans(exporter, "worker")
    monkeypatch.setattr(traces._Traces, "recorder", spans)  # noqa: SLF001
    traces.run("run-1", "solve", 2, "failed", traces.now())
    traces.run("run-2", "solve", 1, "released", traces.now())
    traces.request("GET", "/rounds", 503, traces.now(), {}, "request-1")
    traces.close()
    found = {span.name: span.status.is_ok for span in exporter.get_finished_spans()}
    codes = [span.status.status_code.name for span in exporter.get_finished_spans()]
    assert codes == ["ERROR", "UNSET", "ERROR"]
    assert set(found) == {"run solve", "GET /rounds"}
    traces.run("run-3", "solve", 1, "done", traces.now())
    assert len(exporter.get_finished_spans()) == 3
