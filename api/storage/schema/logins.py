"""How people log in: passwords, sessions, single sign-on, and attempts that failed."""

from __future__ import annotations

import sqlalchemy as sa

from api.storage.schema.columns import at_least, metadata, moment, one_of, text, whole

passwords = sa.Table(
    "passwords",
    metadata,
    text("principal_id", sa.ForeignKey("principals.id"), key=True),
    text("argon2"),
    moment("changed_at"),
)

#: With which a person sets a password, once; only its HMAC is kept.
password_codes = sa.Table(
    "password_codes",
    metadata,
    text("principal_id", sa.ForeignKey("principals.id"), key=True),
    text("mac"),
    moment("expires_at"),
)

#: Of a session's cookie, too, only its HMAC is kept; ``expires_at`` is its end however much it is used.
sessions = sa.Table(
    "sessions",
    metadata,
    text("id", key=True),
    text("mac"),
    text("principal_id", sa.ForeignKey("principals.id")),
    text("method"),
    moment("begun_at"),
    moment("used_at"),
    moment("expires_at"),
    sa.UniqueConstraint("mac"),
    sa.Index(None, "principal_id"),
    one_of("method", ["password", "oidc"]),
)

#: Who a principal is to a provider of single sign-on.
identities = sa.Table(
    "identities",
    metadata,
    text("issuer", key=True),
    text("subject", key=True),
    text("principal_id", sa.ForeignKey("principals.id")),
    sa.Index(None, "principal_id"),
)

#: Log-ins that a provider was asked for and has not answered; ``mac`` is of the state, good once.
oidc_logins = sa.Table(
    "oidc_logins",
    metadata,
    text("mac", key=True),
    text("browser_mac"),
    moment("expires_at"),
    sa.Index(None, "expires_at"),
)

#: By the HMAC of an account's name or an address, for both may be anything; none is tried again before ``until``.
login_attempts = sa.Table(
    "login_attempts",
    metadata,
    text("mac", key=True),
    whole("failures"),
    moment("until"),
    sa.Index(None, "until"),
    at_least("failures", 0),
)
