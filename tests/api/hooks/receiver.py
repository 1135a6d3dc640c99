"""A real receiver of webhooks on this machine: it keeps what comes, and answers as it is told."""

from __future__ import annotations

import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import Self


class Received(NamedTuple):
    """A request as it came."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def data(self) -> dict[str, Any]:
        """The body as data."""
        data: dict[str, Any] = json.loads(self.body)
        return data


class Receiver:
    """Listens while its block lasts.

    Attributes
    ----------
    answer
        Called with each request before it is answered; returns status and headers.

    Parameters
    ----------
    certificate
        A file with certificate and key, to speak TLS.
    """

    def __init__(self, certificate: Path | None = None) -> None:
        self.received: list[Received] = []
        self.answer: Callable[[Received], tuple[int, Mapping[str, str]]] = lambda _: (204, {})
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                came = Received(
                    self.path, {name.lower(): value for name, value in self.headers.items()}, body
                )
                outer.received.append(came)
                status, headers = outer.answer(came)
                self.send_response(status)
                for name, value in {**headers, "Content-Length": "0"}.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._scheme = "http"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            self._scheme = "https"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"{self._scheme}://127.0.0.1:{self._server.server_port}"

    def at(self, path: str) -> list[Received]:
        """Return what came to a path."""
        return [one for one in self.received if one.path == path]
