"""Passwords, sessions, single sign-on, and attempts that failed."""

import sqlalchemy as sa
from alembic import op


def create() -> None:
    """Create them."""
    _passwords()
    _password_codes()
    _sessions()
    _identities()
    _oidc_logins()
    _login_attempts()


def _passwords() -> None:
    op.create_table(
        "passwords",
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.Column("argon2", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["principal_id"], ["principals.id"], name=op.f("fk_passwords_principal_id")),
        sa.PrimaryKeyConstraint("principal_id", name=op.f("pk_passwords")),
    )


def _password_codes() -> None:
    op.create_table(
        "password_codes",
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.Column("mac", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["principal_id"], ["principals.id"], name=op.f("fk_password_codes_principal_id")
        ),
        sa.PrimaryKeyConstraint("principal_id", name=op.f("pk_password_codes")),
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("mac", sa.Text(), nullable=False),
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("method IN ('password', 'oidc')", name=op.f("ck_sessions_method")),
        sa.ForeignKeyConstraint(["principal_id"], ["principals.id"], name=op.f("fk_sessions_principal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("mac", name=op.f("uq_sessions_mac")),
    )
    op.create_index(op.f("ix_sessions_principal_id"), "sessions", ["principal_id"])


def _identities() -> None:
    op.create_table(
        "identities",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("principal_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["principal_id"], ["principals.id"], name=op.f("fk_identities_principal_id")),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_identities")),
    )
    op.create_index(op.f("ix_identities_principal_id"), "identities", ["principal_id"])


def _oidc_logins() -> None:
    op.create_table(
        "oidc_logins",
        sa.Column("mac", sa.Text(), nullable=False),
        sa.Column("browser_mac", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mac", name=op.f("pk_oidc_logins")),
    )
    op.create_index(op.f("ix_oidc_logins_expires_at"), "oidc_logins", ["expires_at"])


def _login_attempts() -> None:
    op.create_table(
        "login_attempts",
        sa.Column("mac", sa.Text(), nullable=False),
        sa.Column("failures", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_login_attempts_failures")),
        sa.PrimaryKeyConstraint("mac", name=op.f("pk_login_attempts")),
    )
    op.create_index(op.f("ix_login_attempts_until"), "login_attempts", ["until"])
