"""What administrators do with webhooks: hosts, secrets, trial deliveries, and what failed once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.access import audit
from api.access.keys import now
from api.hooks import outbox
from api.hooks.addresses import address_of
from api.hooks.repository import deliveries, hosts, webhooks
from api.hooks.repository.hosts import Host
from api.hooks.repository.webhooks import Webhook
from api.hooks.words import REASONS
from api.http import etags
from api.problems import Refused
from api.storage.canonical import canonical_json, digest_of
from api.storage.identifiers import new_identifier

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlalchemy as sa

    from api.access.guard import Caller
    from api.hooks.repository.deliveries import Delivery


def list_host(connection: sa.Connection, caller: Caller, name: str, *, private: bool) -> Host:
    """List a host, or change whether it may be a private one."""
    made = Host(name, private)
    hosts.put(connection, made)
    _record(connection, caller, name, change="host listed", private=private)
    return made


def require_host(connection: sa.Connection, name: str, *, lock: bool = False) -> Host:
    """Return a listed host.

    Raises
    ------
    Refused
        With the code ``not_found``.
    """
    found = hosts.get(connection, name, lock=lock)
    if found is None:
        raise Refused("not_found")
    return found


def delete_host(connection: sa.Connection, caller: Caller, found: Host) -> None:
    """Take a host out of the list; it must be locked.

    Raises
    ------
    Refused
        With the code ``host_in_use``.
    """
    if hosts.is_used(connection, found.host):
        raise Refused("host_in_use")
    hosts.delete(connection, found.host)
    _record(connection, caller, found.host, change="host removed")


def create(connection: sa.Connection, caller: Caller, url: str, events: Iterable[str]) -> Webhook:
    """Make a webhook to a listed host.

    Raises
    ------
    Refused
        With the code ``hook_url`` or ``host_not_listed``.
    """
    host = address_of(url).host
    if hosts.get(connection, host, lock=True) is None:
        raise Refused("host_not_listed", host=host)
    wanted = sorted(set(events))
    made = Webhook(new_identifier(), url, host, new_identifier(), wanted, caller.principal, now())
    webhooks.insert(connection, made)
    # Of the address the host alone: the rest may let whoever knows it in.
    _record(connection, caller, made.id, change="created", host=host, events=wanted)
    return made


def require(connection: sa.Connection, identifier: str, *, lock: bool = False) -> Webhook:
    """Return a webhook.

    Raises
    ------
    Refused
        With the code ``not_found``.
    """
    found = webhooks.get(connection, identifier, lock=lock)
    if found is None:
        raise Refused("not_found")
    return found


def rotate(connection: sa.Connection, caller: Caller, found: Webhook) -> Webhook:
    """Give a webhook another secret; everything that is sent from now on is signed with it."""
    rotated = found._replace(secret_ref=new_identifier())
    webhooks.replace_secret(connection, found.id, rotated.secret_ref)
    _record(connection, caller, found.id, change="secret replaced")
    return rotated


def delete(connection: sa.Connection, caller: Caller, found: Webhook) -> None:
    """Delete a webhook that is locked, with all that was or was to be delivered."""
    webhooks.delete(connection, found.id)
    _record(connection, caller, found.id, change="deleted", host=found.host)


def put_test(connection: sa.Connection, caller: Caller, found: Webhook) -> Delivery:
    """Send something that tells of nothing."""
    made = outbox.put_test(connection, found.id)
    _record(connection, caller, found.id, change="test", delivery=made.id)
    return made


def redeliver(connection: sa.Connection, caller: Caller, found: Webhook, identifier: str) -> Delivery:
    """Deliver once more what has ended, under its own number.

    Raises
    ------
    Refused
        With the code ``not_found`` or ``delivery_pending``.
    """
    seen = deliveries.get(connection, found.id, identifier, lock=True)
    if seen is None:
        raise Refused("not_found")
    if seen.state == "pending":
        raise Refused("delivery_pending")
    deliveries.again(connection, identifier, now())
    _record(connection, caller, found.id, change="redelivery", delivery=identifier)
    again = deliveries.get(connection, found.id, identifier)
    assert again is not None
    return again


def document(found: Webhook) -> dict[str, Any]:
    """Return a webhook as data, without what its secret is made from."""
    return {name: value for name, value in found._asdict().items() if name != "secret_ref"}


def delivery_document(found: Delivery) -> dict[str, Any]:
    """Return a delivery as data."""
    reason = None
    if found.reason is not None:
        words = REASONS[found.reason]
        reason = {"code": found.reason, "sentence": {"zh": words.zh, "en": words.en}}
    next_at = found.next_at if found.state == "pending" else None
    return {**found._asdict(), "next_at": next_at, "reason": reason}


def tag_of(found: Host | Webhook) -> str:
    """Return the entity tag of a host or a webhook, which is also what ``If-Match`` asks for."""
    return etags.tag(digest_of(canonical_json(found._asdict()))[:32], "hook")


def _record(connection: sa.Connection, caller: Caller, subject: str, **detail: Any) -> None:
    audit.append(connection, caller.principal, caller.action, subject, **detail)
