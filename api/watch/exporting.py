"""Spans of OpenTelemetry, sent as OTLP over HTTP in the background; imported only where an endpoint is set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from matcher.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from opentelemetry.sdk.trace.export import SpanExporter

_PATIENCE: Final = 5.0
_PARENTS: Final = TraceContextTextMapPropagator()


class Spans:
    """Keeps spans and sends them some at a time; what can't be sent is dropped, and holds nobody up.

    Parameters
    ----------
    exporter
        Where they are sent.
    part
        What this process is.
    """

    def __init__(self, exporter: SpanExporter, part: str) -> None:
        resource = Resource.create({"service.name": f"matcher-{part}", "service.version": VERSION})
        # Not the global one: whatever else of this process knows OpenTelemetry sends nothing by it.
        self._provider = TracerProvider(resource=resource)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("matcher", VERSION)

    def record(
        self, name: str, begun: int, attributes: Mapping[str, str | int], *, parent: str, is_error: bool
    ) -> None:
        """Keep a span that ends now."""
        context = _PARENTS.extract({"traceparent": parent}) if parent else None
        kind = SpanKind.SERVER if "http.route" in attributes else SpanKind.INTERNAL
        span = self._tracer.start_span(
            name, context, kind=kind, attributes=dict(attributes), start_time=begun
        )
        if is_error:
            span.set_status(Status(StatusCode.ERROR))
        span.end()

    def close(self) -> None:
        """Send what is left."""
        self._provider.shutdown()


def recorder(endpoint: str, part: str) -> Spans:
    """Return what sends spans to an endpoint."""
    return Spans(OTLPSpanExporter(endpoint=endpoint, timeout=_PATIENCE), part)
