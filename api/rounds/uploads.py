"""Taking an upload in: a JSON document or a workbook, as the body or in a form, in pieces onto the disk."""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from anyio import to_thread
from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from api.access.guard import Caller, allowed
from api.http.limits import JSON, media_type, refuse_declared, too_large
from api.problems import Refused
from api.state import service_of

if TYPE_CHECKING:
    from starlette.types import Message

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORM = "multipart/form-data"
TAKEN = (JSON, WORKBOOK, FORM)

#: What a form adds to the file: boundaries and headers.
_AROUND = 64 * 1024
_PIECE = 2**20
_NAME = re.compile(r"[^\w.()（）【】\- ]|[^\u0000-\uffff]")
#: Characters of a name; each takes at most three bytes, and file systems hold 255.
_NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Upload:
    """What was uploaded.

    Attributes
    ----------
    caller
        Who uploaded it; it was let in before a byte of the body was read.
    file
        Where it stands until the request is answered, in a folder of its own.
    digest
        SHA-256 of its bytes.
    """

    caller: Caller
    file: Path
    digest: str

    @property
    def is_workbook(self) -> bool:
        """Whether it is called a workbook."""
        return self.file.suffix.lower() == ".xlsx"


def received(action: str, taken: Sequence[str] = TAKEN) -> Callable[..., AsyncIterator[Upload]]:
    """Return the dependency of a route whose action this is and which takes an upload of one of these types."""
    is_allowed = allowed(action)

    async def receive(request: Request, caller: Caller = is_allowed) -> AsyncIterator[Upload]:
        folder = service_of(request).settings.temporary / secrets.token_hex(8)
        folder.mkdir(mode=0o700)
        try:
            file = await _stored(request, folder, taken)
            yield Upload(caller, file, await to_thread.run_sync(_digest, file))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    return receive


async def _stored(request: Request, folder: Path, taken: Sequence[str]) -> Path:
    most = service_of(request).settings.upload_bytes
    type_ = media_type(request.headers)
    if type_ not in taken:
        raise Refused("body_type", allowed=", ".join(taken))
    if type_ == FORM:
        return await _from_form(request, folder, most)
    refuse_declared(request.headers, most)
    file = folder / ("round.json" if type_ == JSON else "round.xlsx")
    with file.open("xb") as opened:
        async for piece in _counted(request, most).stream():
            await to_thread.run_sync(opened.write, piece)
    return file


async def _from_form(request: Request, folder: Path, most: int) -> Path:
    refuse_declared(request.headers, most + _AROUND)
    try:
        form = await _counted(request, most + _AROUND).form(max_files=1, max_fields=4, max_part_size=_AROUND)
    except HTTPException:
        raise Refused("multipart_broken") from None
    try:
        given = form.get("file")
        if not isinstance(given, UploadFile):
            raise Refused("multipart_broken")
        file = folder / _file_name(given.filename or "")
        with file.open("xb") as opened:
            await to_thread.run_sync(shutil.copyfileobj, given.file, opened, _PIECE)
    finally:
        await form.close()
    return file


def _counted(request: Request, most: int) -> Request:
    """Return the request with a body that ends in a refusal where it goes over its limit."""
    size = 0

    async def receive() -> Message:
        nonlocal size
        message = await request.receive()
        size += len(message.get("body", b""))
        if size > most:
            raise too_large(most)
        return message

    return Request(request.scope, receive)


def _file_name(given: str) -> str:
    """Return a plain name for the file; planners see it where a problem is with the whole file."""
    base = given.replace("\\", "/").rpartition("/")[2]
    name = _NAME.sub("_", base).lstrip(".")[-_NAME_LENGTH:]
    return name or "upload"


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
