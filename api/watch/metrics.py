"""Metrics for Prometheus: requests of this process, runs and workers of the service; nothing about anybody."""

from __future__ import annotations

import hmac
import ipaddress
import time
from typing import TYPE_CHECKING, Final, get_args

from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from api.jobs.states import State
from api.problems import Refused
from api.state import Service, service_of
from api.storage.health import UNAVAILABLE
from api.storage.session import reading
from api.watch import repository

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client import Metric

router = APIRouter()

_MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
#: Names of methods come from clients; what nobody serves is counted under one name.
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})

_PROCESS: Final = CollectorRegistry()
_REQUESTS: Final = Counter(
    "matcher_http_requests", "Requests answered", ["method", "route", "status"], registry=_PROCESS
)
_SECONDS: Final = Histogram(
    "matcher_http_request_seconds", "Seconds until answered", ["method", "route"], registry=_PROCESS
)
ProcessCollector(registry=_PROCESS)


def shown_method(method: str) -> str:
    """Return a method by its name, or one name for all that nobody serves."""
    return method if method in _METHODS else "other"


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request, by its route's pattern and never by its path."""
    shown = shown_method(method)
    _REQUESTS.labels(shown, route, status).inc()
    _SECONDS.labels(shown, route).observe(seconds)


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request) -> Response:
    """Answer this machine, or whoever has the token where one is set."""
    service = service_of(request)
    _require_reader(request, service)
    stored = CollectorRegistry()
    stored.register(_Stored(service))
    return Response(generate_latest(_PROCESS) + generate_latest(stored), media_type=_MEDIA_TYPE)


def _require_reader(request: Request, service: Service) -> None:
    """Refuse whoever may not read the metrics, as if there were none."""
    token = service.settings.metrics_token
    if token is None:
        host = request.client.host if request.client else ""
        is_allowed = _is_loopback(host)
    else:
        given = request.headers.get("authorization", "").encode()
        is_allowed = hmac.compare_digest(given, f"Bearer {token.get_secret_value()}".encode())
    if not is_allowed:
        raise Refused("not_found")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Stored(Collector):
    """What the database knows, asked at each scrape; every process of the service says the same."""

    def __init__(self, service: Service) -> None:
        self._database = service.database

    def collect(self) -> Iterator[Metric]:
        """Yield what is known; of a database that is away, only that it is."""
        try:
            found = list(self._found())
        except UNAVAILABLE:
            found = []
        yield GaugeMetricFamily("matcher_database_up", "Whether the database answers", int(bool(found)))
        yield from found

    def _found(self) -> Iterator[Metric]:
        with reading(self._database) as connection:
            counts = repository.runs_by_state(connection)
            waiting = repository.waiting_since(connection)
            unsaved = repository.unsaved_since(connection)
            workers = repository.all_workers(connection)
        runs = GaugeMetricFamily("matcher_runs", "Runs by state", labels=["state"])
        for state in get_args(State):
            runs.add_metric([state], counts.get(state, 0))
        yield runs
        yield GaugeMetricFamily("matcher_queue_length", "Runs that wait", counts.get("queued", 0))
        yield GaugeMetricFamily("matcher_queue_oldest_seconds", "Age of the oldest that waits", _age(waiting))
        yield GaugeMetricFamily(
            "matcher_checkpoint_oldest_seconds",
            "Of all runs under way, the longest time since a checkpoint",
            _age(unsaved),
        )
        beats = CounterMetricFamily("matcher_worker_beats", "Beats; a live worker's grow", labels=["worker"])
        cores = GaugeMetricFamily("matcher_worker_cores", "Cores for runs", labels=["worker"])
        for worker in workers:
            beats.add_metric([worker.name], worker.beat)
            cores.add_metric([worker.name], worker.cores)
        yield beats
        yield cores


def _age(since: int | None) -> float:
    """Return the seconds since a time, 0 where there is none."""
    return 0.0 if since is None else max(0.0, time.time() - since / 1000)
