"""Routes of exports."""

from __future__ import annotations

import base64
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response

from api.access.guard import Caller, allowed
from api.http.languages import language_of
from api.plans import repository, service
from api.state import service_of
from api.storage.session import reading

router = APIRouter(tags=["exports"])

Notice = Literal["txt", "html", "xlsx"]
File = Literal["roster.xlsx", "posts.csv", "plan.json"]

_MEDIA = {
    "txt": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_CONTENT: dict[int | str, dict[str, Any]] = {200: {"content": {media: {} for media in _MEDIA.values()}}}


@router.get("/plans/{plan_id}/exports/notice.{form}", response_class=Response, responses=_CONTENT)
def export_notice(
    request: Request, plan_id: str, form: Notice, caller: Annotated[Caller, allowed("exports.notice")]
) -> Response:
    """Give the public notice of a plan: name, unit, post and village of everybody posted, and nothing else."""
    return _exported(request, caller, plan_id, f"notice.{form}")


@router.get("/plans/{plan_id}/exports/{file}", response_class=Response, responses=_CONTENT)
def export_file(
    request: Request, plan_id: str, file: File, caller: Annotated[Caller, allowed("exports.internal")]
) -> Response:
    """Give the roster workbook, the posts as a table or the whole plan: internal documents with personal data."""
    return _exported(request, caller, plan_id, file)


def _exported(request: Request, caller: Caller, plan_id: str, file: str) -> Response:
    running = service_of(request)
    with reading(running.database) as connection:
        found = service.require(connection, caller, plan_id)
        better = repository.better(connection, found.head)
    question = {"do": "export", "file": file, "language": language_of(request), "better": better}
    answer = service.asked(running, {**question, "round": found.round_digest, "plan": found.head.digest})
    service.record_look(running, caller, found, file=file)
    media = _MEDIA[file.rpartition(".")[2]]
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return Response(base64.b64decode(answer["content"]), media_type=media, headers=headers)
