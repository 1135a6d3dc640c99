"""The tables, by what they are about. Identifiers are text, times are UTC milliseconds, both databases are alike.

The tables here say what the database shall be; the migrations make it so, and a test holds them together.
"""

from api.storage.schema.access import (
    api_keys,
    grants,
    idempotency,
    principals,
)
from api.storage.schema.audit import audit, audit_head
from api.storage.schema.columns import metadata
from api.storage.schema.logins import (
    identities,
    login_attempts,
    oidc_logins,
    password_codes,
    passwords,
    sessions,
)
from api.storage.schema.plans import answers, plans, publications
from api.storage.schema.rounds import documents, revisions, round_counties, rounds
from api.storage.schema.runs import checkpoints, run_events, runs, workers
from api.storage.schema.webhooks import deliveries, webhook_hosts, webhooks

__all__ = [
    "answers",
    "api_keys",
    "audit",
    "audit_head",
    "checkpoints",
    "deliveries",
    "documents",
    "grants",
    "idempotency",
    "identities",
    "login_attempts",
    "metadata",
    "oidc_logins",
    "password_codes",
    "passwords",
    "plans",
    "principals",
    "publications",
    "revisions",
    "round_counties",
    "rounds",
    "run_events",
    "runs",
    "sessions",
    "webhook_hosts",
    "webhooks",
    "workers",
]
