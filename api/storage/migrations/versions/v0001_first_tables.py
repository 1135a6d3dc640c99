"""The tables that the service began with."""

from api.storage.migrations.first import access, audit, logins, plans, rounds, runs, webhooks

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create them, those first that others refer to."""
    for part in (access, logins, rounds, runs, plans, audit, webhooks):
        part.create()
