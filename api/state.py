"""What the parts of the running service share."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

from api.access.denials import Denials
from api.access.hashing import Hasher
from api.access.looks import Looks
from api.access.oidc.provider import Provider, provider_of
from api.access.rate import Rates
from api.access.scopes import Regions
from api.access.secrets import Secrets, open_secrets
from api.config import Settings
from api.plans.desk import Desk
from api.runs.hub import Hub
from api.storage.engine import open_database
from api.storage.views import Views

if TYPE_CHECKING:
    import sqlalchemy as sa


@dataclass(frozen=True)
class Service:
    """The running service.

    Attributes
    ----------
    readers
        Held while an upload is read, so that no more are than the settings allow.
    looks
        Puts looks at persons on record, those of several requests together.
    views
        Keeps what is shown of documents.
    hub
        Hands events of runs to those who follow them.
    desk
        Answers what is to be counted about plans.
    hasher
        Makes and compares hashes of passwords.
    provider
        Single sign-on, where it is set up.
    draining
        Set once the service was told to end: it answers what comes, and says that it is not ready.
    """

    settings: Settings
    database: sa.Engine
    secrets: Secrets
    regions: Regions
    rates: Rates
    denials: Denials
    readers: threading.BoundedSemaphore = field(repr=False)
    looks: Looks = field(repr=False)
    views: Views = field(repr=False)
    hub: Hub = field(repr=False)
    desk: Desk = field(repr=False)
    hasher: Hasher = field(repr=False)
    provider: Provider | None = field(repr=False)
    draining: threading.Event = field(default_factory=threading.Event, repr=False)


def open_service(settings: Settings) -> Service:
    """Make the data folder, open the database and the secrets.

    Raises
    ------
    StorageRefused
        When the database can't be used.
    BadSettings
        When the file of regions can't be used.
    """
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings.temporary.mkdir(mode=0o700, exist_ok=True)
    regions = Regions.read(settings.regions_file)
    secrets = open_secrets(settings)
    database = open_database(settings.database_url)
    return Service(
        settings,
        database,
        secrets,
        regions,
        Rates(settings.rate, settings.failed_rate),
        Denials(database, settings.denied_rate, settings.denied_total),
        threading.BoundedSemaphore(settings.readers),
        Looks(database),
        Views(),
        Hub(database),
        Desk(settings),
        Hasher(settings.password_memory, settings.password_passes),
        provider_of(settings),
    )


def service_of(connection: HTTPConnection) -> Service:
    """Return the service that a request came to."""
    service: Service = connection.app.state.service
    return service
