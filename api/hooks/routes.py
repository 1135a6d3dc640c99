"""Routes of webhooks and their deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Request, Response

from api.access.guard import Caller, allowed
from api.hooks import schemas, service
from api.hooks.repository import deliveries, webhooks
from api.hooks.signing import secret_of
from api.http import etags
from api.http.cursors import Cursor, PageSize
from api.http.idempotency import Answer, IdempotencyKey, once
from api.http.pages import Page
from api.state import service_of
from api.storage.session import reading, writing

if TYPE_CHECKING:
    import sqlalchemy as sa

    from api.hooks.repository.webhooks import Webhook

router = APIRouter(tags=["webhooks"], prefix="/webhooks")

_SECRET = frozenset({"secret"})


@router.get("", response_model=schemas.Webhooks)
def list_webhooks(
    request: Request,
    caller: Annotated[Caller, allowed("hooks.read")],
    limit: PageSize = 50,
    cursor: Cursor = "",
) -> Response:
    """List the webhooks, oldest first."""
    page = Page(request, caller, "webhooks", limit, cursor)
    with reading(service_of(request).database) as connection:
        found = webhooks.page(connection, page.after or "", page.most)
    return page.response(found, service.document)


@router.post("", status_code=201, response_model=schemas.MadeWebhook)
def create_webhook(
    request: Request,
    body: schemas.NewWebhook,
    caller: Annotated[Caller, allowed("hooks.write")],
    _key: IdempotencyKey = None,
) -> Response:
    """Make a webhook; its secret is shown this once, and a repeated request does not show it again."""

    def act(connection: sa.Connection) -> Answer:
        made = service.create(connection, caller, body.url, body.events)
        return _with_secret(request, made, 201, {"Location": f"{request.url.path}/{made.id}"})

    return once(request, caller, body.model_dump(mode="json"), act)


@router.get("/{webhook_id}", response_model=schemas.WebhookView)
def get_webhook(
    request: Request, webhook_id: str, _caller: Annotated[Caller, allowed("hooks.read")]
) -> Response:
    """Show a webhook, without its secret."""
    with reading(service_of(request).database) as connection:
        found = service.require(connection, webhook_id)
    headers = {"ETag": service.tag_of(found)}
    if etags.is_known(request, headers["ETag"]):
        return Answer(304, headers=headers).response()
    return Answer(200, service.document(found), headers).response()


@router.delete("/{webhook_id}", status_code=204)
def delete_webhook(
    request: Request, webhook_id: str, caller: Annotated[Caller, allowed("hooks.write")]
) -> Response:
    """Delete a webhook, with all that was or was to be delivered. Asks for ``If-Match``."""
    with writing(service_of(request).database) as connection:
        found = service.require(connection, webhook_id, lock=True)
        etags.require_match(request, service.tag_of(found))
        service.delete(connection, caller, found)
    return Response(status_code=204)


@router.post("/{webhook_id}/secret", response_model=schemas.MadeWebhook)
def rotate_secret(
    request: Request,
    webhook_id: str,
    caller: Annotated[Caller, allowed("hooks.write")],
    _key: IdempotencyKey = None,
) -> Response:
    """Give a webhook another secret, shown this once; what waits is signed with it, too."""

    def act(connection: sa.Connection) -> Answer:
        rotated = service.rotate(connection, caller, service.require(connection, webhook_id, lock=True))
        return _with_secret(request, rotated, 200, {})

    return once(request, caller, None, act)


@router.post("/{webhook_id}/test", status_code=202, response_model=schemas.DeliveryView)
def try_webhook(
    request: Request,
    webhook_id: str,
    caller: Annotated[Caller, allowed("hooks.write")],
    _key: IdempotencyKey = None,
) -> Response:
    """Send something that tells of nothing, to see whether the receiver works; look at the deliveries for what came."""

    def act(connection: sa.Connection) -> Answer:
        made = service.put_test(connection, caller, service.require(connection, webhook_id, lock=True))
        return Answer(202, service.delivery_document(made))

    return once(request, caller, None, act)


@router.get("/{webhook_id}/deliveries", response_model=schemas.Deliveries)
def list_deliveries(
    request: Request,
    webhook_id: str,
    caller: Annotated[Caller, allowed("hooks.read")],
    limit: PageSize = 50,
    cursor: Cursor = "",
) -> Response:
    """List what was and is to be delivered, newest first, with what came of it."""
    page = Page(request, caller, "deliveries", limit, cursor, webhook=webhook_id)
    with reading(service_of(request).database) as connection:
        hook = service.require(connection, webhook_id)
        found = deliveries.page(connection, hook.id, page.after, page.most)
    return page.response(found, service.delivery_document)


@router.post(
    "/{webhook_id}/deliveries/{delivery_id}/redeliver", status_code=202, response_model=schemas.DeliveryView
)
def redeliver(
    request: Request,
    webhook_id: str,
    delivery_id: str,
    caller: Annotated[Caller, allowed("hooks.write")],
    _key: IdempotencyKey = None,
) -> Response:
    """Deliver once more what was delivered or given up, under its own number."""

    def act(connection: sa.Connection) -> Answer:
        hook = service.require(connection, webhook_id, lock=True)
        return Answer(
            202, service.delivery_document(service.redeliver(connection, caller, hook, delivery_id))
        )

    return once(request, caller, None, act)


def _with_secret(request: Request, made: Webhook, status: int, headers: dict[str, str]) -> Answer:
    secret = secret_of(service_of(request).secrets, made.secret_ref)
    shown = {**service.document(made), "secret": secret}
    return Answer(status, shown, {"ETag": service.tag_of(made), **headers}, hidden=_SECRET)
