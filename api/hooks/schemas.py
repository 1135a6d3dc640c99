"""What the routes of webhooks take and give."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from api.access.schemas import Body
from api.hooks.outbox import Event


class HostRules(Body):
    """What a listed host may be: ``private`` where it may be this machine or stand in an inner network."""

    model_config = Body.model_config | {"json_schema_extra": {"examples": [{"private": True}]}}

    private: bool = False


class HostView(Body):
    """A host that webhooks may go to."""

    host: str
    private: bool


class Hosts(Body):
    """A page of hosts, by name."""

    items: list[HostView]
    next: str | None


class NewWebhook(Body):
    """Where to, and of what; the host must be listed. Put no password into the address: every administrator sees it."""

    model_config = Body.model_config | {
        "json_schema_extra": {
            "examples": [
                {"url": "https://oa.example.org/hooks/matcher", "events": ["run.done", "run.failed"]}
            ]
        }
    }

    url: Annotated[str, Field(min_length=1, max_length=2000)]
    events: Annotated[tuple[Event, ...], Field(min_length=1, max_length=20)]


class WebhookView(Body):
    """A webhook without its secret; times are UTC milliseconds."""

    id: str
    url: str
    host: str
    events: list[str]
    by: str
    at: int


class MadeWebhook(WebhookView):
    """A webhook with its secret, which is shown this once; null where a request was repeated."""

    secret: str | None


class Webhooks(Body):
    """A page of webhooks, oldest first."""

    items: list[WebhookView]
    next: str | None


class DeliveryReason(Body):
    """Why a delivery did not go through when it was last tried."""

    code: str
    sentence: dict[str, str]


class DeliveryView(Body):
    """Something that is to be delivered, or was; ``status`` is what the receiver answered last."""

    id: str
    webhook_id: str
    event: str
    body: dict[str, Any]
    state: str
    attempts: int
    at: int
    next_at: int | None
    ended_at: int | None
    status: int | None
    reason: DeliveryReason | None


class Deliveries(Body):
    """A page of deliveries, newest first."""

    items: list[DeliveryView]
    next: str | None
