"""Starting the service: ``python -P -m api.serve --data DIR``.

One process answers HTTP. Processes that work on runs are started beside it by the supervisor, which hands this one
a socket that listens: connections wait there while a process that died is started again.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import signal
import socket
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
import uvicorn

from api.access.first import first_key
from api.app import create_app
from api.config import BadSettings, Settings, effective, settings_of
from api.refusals import ServiceRefused
from api.service_lock import only_service
from api.storage.refusals import StorageRefused
from api.watch import logging, traces

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

    from fastapi import FastAPI

    from api.state import Service

#: Seconds that requests under way get when the service is told to end.
GRACE = 20
_USAGE_ERROR = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the service until it is told to end; return the exit status."""
    given = _parser().parse_args(arguments)
    try:
        settings = settings_of(data=given.data, host=given.host, port=given.port, database=given.database)
        return serve(settings, given.admin_key_file, given.listener)
    except BadSettings as error:
        for line in error.lines:
            _say(line)
    except (ServiceRefused, StorageRefused) as error:
        _say(f"{error.sentence('zh')}；{error.remedy('zh')}")
        _say(str(error))
    except FileExistsError as error:
        _say(f"“{error.filename}”已存在，不覆盖；请删去或换一个文件名")
        _say(f"“{error.filename}” is there already and is not overwritten; remove it, or name another file")
    except OSError as error:
        _say(f"服务无法启动：{error.strerror}；请检查地址、端口和文件夹权限")
        _say(f"the service can't start: {error.strerror}; look at its address, port and folder")
    return _USAGE_ERROR


def serve(settings: Settings, key_file: Path | None = None, listener: int | None = None) -> int:
    """Answer HTTP until SIGTERM or SIGINT; requests under way are finished first.

    Parameters
    ----------
    key_file
        Where the first start writes the administrator's key.
    listener
        A socket that listens already, by its number; then whoever opened it has said so, and seen to the key.
    """
    logging.set_up(settings.log_level)
    traces.set_up(settings.traces_endpoint, "api")
    if listener is not None:
        with socket.socket(fileno=listener) as opened:
            log_settings(settings, opened)
            _server(_app(settings)).run(sockets=[opened])
    else:
        # Without a supervisor, which holds the folder otherwise.
        with only_service(settings.data), listening(settings) as opened:
            log_settings(settings, opened)
            app = _app(settings)
            server = _server(app)
            greet(first_key(app.state.service, key_file), key_file, opened)
            server.run(sockets=[opened])
    traces.close()
    return 0


def log_settings(settings: Settings, listener: socket.socket, **more: str) -> None:
    """Log what took effect, with the port that is listened at."""
    port = listener.getsockname()[1]
    structlog.get_logger().info("settings", **more, **effective(settings.model_copy(update={"port": port})))


def _app(settings: Settings) -> FastAPI:
    """Return the application, after what an earlier life left in its folder is cleared away."""
    app = create_app(settings)
    _clear(settings.temporary)
    return app


def _server(app: FastAPI) -> _Server:
    """Return the server, which hears from now on that it is to end."""
    service = app.state.service
    proxies = service.settings.proxies
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None, timeout_graceful_shutdown=GRACE, timeout_keep_alive=15,
    )  # fmt: skip
    server = _Server(config, service)
    # Until the server listens to signals itself one ends it as soon as it has started. And it raises the signal
    # once more when it has ended; that must not cut off what is still to be done.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, server.end_soon)
    return server


class _Server(uvicorn.Server):
    """A server that is not ready for some seconds before it stops accepting.

    Those who follow runs are then asked to come again later: else it would wait for them in vain.
    """

    def __init__(self, config: uvicorn.Config, service: Service) -> None:
        super().__init__(config)
        self._service = service

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to drain; a second signal ends it as soon as may be."""
        seconds = self._service.settings.drain_seconds
        if self._service.draining.is_set() or not seconds:
            self._service.draining.set()
            self._end(sig, frame)
            return
        self._service.draining.set()
        loop = asyncio.get_running_loop()
        loop.call_soon_threadsafe(loop.call_later, seconds, self._end, sig, frame)

    def end_soon(self, *_: object) -> None:
        """End once started; nobody was answered yet who would have to be told."""
        self.should_exit = True

    def _end(self, sig: int, frame: FrameType | None) -> None:
        self._service.hub.end()
        super().handle_exit(sig, frame)


def listening(settings: Settings) -> socket.socket:
    """Return a socket that listens; port 0 is any free one."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return socket.create_server((settings.host, settings.port), family=family, backlog=256)


def greet(key: str | None, key_file: Path | None, listener: socket.socket) -> None:
    """Say where the service listens, and on the first start which key opens it."""
    if key is not None:
        shown = str(key_file) if key_file is not None else key
        _say(f"管理员密钥（只显示这一次）/ administrator key (shown this once): {shown}")
    host, port = listener.getsockname()[:2]
    _say(f"http://{f'[{host}]' if ':' in host else host}:{port}")


def _clear(folder: Path) -> None:
    """Remove what an earlier life left unfinished, and let all temporary files be made there."""
    for item in folder.iterdir():
        if item.is_dir():
            shutil.rmtree(item, ignore_errors=True)
        else:
            item.unlink(missing_ok=True)
    tempfile.tempdir = str(folder)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="api.serve", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of database, secrets and temporary files")
    parser.add_argument("--host", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on; 0 for any free one (8700)")
    parser.add_argument(
        "--database", help="address of the database; its password is better in MATCHER_DATABASE_FILE"
    )
    parser.add_argument(
        "--admin-key-file", type=Path, help="where the first start writes the administrator's key"
    )
    parser.add_argument(
        "--listener", type=int, help="number of an open socket to listen on, given by the supervisor"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
