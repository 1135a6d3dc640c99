"""Routes of the hosts that webhooks may go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Request, Response

from api.access.guard import Caller, allowed
from api.hooks import schemas, service
from api.hooks.addresses import host_of
from api.hooks.repository import hosts
from api.http import etags
from api.http.cursors import Cursor, PageSize
from api.http.idempotency import Answer
from api.http.pages import Page
from api.state import service_of
from api.storage.session import reading, writing

if TYPE_CHECKING:
    from api.hooks.repository.hosts import Host

router = APIRouter(tags=["webhooks"], prefix="/webhook-hosts")


@router.get("", response_model=schemas.Hosts)
def list_hosts(
    request: Request,
    caller: Annotated[Caller, allowed("hooks.read")],
    limit: PageSize = 50,
    cursor: Cursor = "",
) -> Response:
    """List the hosts that webhooks may go to, by name."""
    page = Page(request, caller, "webhook hosts", limit, cursor)
    with reading(service_of(request).database) as connection:
        found = hosts.page(connection, page.after or "", page.most)
    return page.response(found, lambda host: host._asdict(), lambda host: host.host)


@router.put("/{host}", response_model=schemas.HostView)
def put_host(
    request: Request, host: str, body: schemas.HostRules, caller: Annotated[Caller, allowed("hooks.write")]
) -> Response:
    """List a host, by name or address and without a port, or change what it may be."""
    name = host_of(host)
    with writing(service_of(request).database) as connection:
        answer = _shown(service.list_host(connection, caller, name, private=body.private))
    return answer.response()


@router.get("/{host}", response_model=schemas.HostView)
def get_host(request: Request, host: str, _caller: Annotated[Caller, allowed("hooks.read")]) -> Response:
    """Show a listed host."""
    with reading(service_of(request).database) as connection:
        answer = _shown(service.require_host(connection, host_of(host)))
    if etags.is_known(request, answer.headers["ETag"]):
        return Answer(304, headers=answer.headers).response()
    return answer.response()


@router.delete("/{host}", status_code=204)
def delete_host(request: Request, host: str, caller: Annotated[Caller, allowed("hooks.write")]) -> Response:
    """Take a host out of the list; no webhook may go there any more. Asks for ``If-Match``."""
    with writing(service_of(request).database) as connection:
        found = service.require_host(connection, host_of(host), lock=True)
        etags.require_match(request, service.tag_of(found))
        service.delete_host(connection, caller, found)
    return Response(status_code=204)


def _shown(host: Host) -> Answer:
    return Answer(200, host._asdict(), {"ETag": service.tag_of(host)})
