"""Settings: from ``MATCHER_*`` in the environment, secrets also from files that ``MATCHER_*_FILE`` name."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self

from limits import parse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

from api.addresses import Address, Issuer, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PREFIX = "MATCHER_"
_FILE = "_FILE"
_MASK = "********"

#: Variables of the command line, which may stand in the same environment.
_OTHERS: Final = frozenset({"MATCHER_LANG", "MATCHER_DEBUG"})


def _limit(text: str) -> str:
    """Validate a limit such as ``600/minute``."""
    parse(text)
    return text


Limit = Annotated[str, AfterValidator(_limit)]


class Settings(BaseModel):
    """What the service runs with.

    Attributes
    ----------
    data
        Folder of the database, the secrets and the temporary files.
    database
        Address of the database; a SQLite file in ``data`` where not given. It may hold a password.
    server_secret
        What keys and cursors are signed with; made in ``data/secrets`` where not given.
    body_bytes, upload_bytes
        The largest body of a request, and of one that brings a round.
    json_depth
        How deep the JSON of a request may be nested.
    reading_seconds, reading_bytes, readers
        Seconds and address space that reading one upload may take, and how many are read at once.
    reader_wait_seconds
        How long an upload waits for its turn to be read, before its client is told to come again.
    desks
        Processes that count plans for people who wait.
    desk_seconds, desk_bytes
        Seconds that one answer of theirs may take, and address space of each.
    rate, failed_rate
        Requests of one principal, and failed log-ins from one address.
    public_url
        Where browsers find the service, such as ``https://matcher.example``; what they asked for where not given.
    proxies
        Addresses of proxies, with commas between them, whose word on client and scheme is taken (``X-Forwarded-…``).
    session_idle_minutes, session_hours
        After how long a session is over that nobody uses, and any session.
    password_least
        The least number of characters of a password.
    password_memory, password_passes
        What hashing one takes: KiB of memory, and how often it is gone over.
    account_tries, address_tries
        How often logging in may fail before each further try has to wait, by account and by address.
    code_hours
        How long the code is good for with which a password is set.
    oidc_issuer, oidc_client_id, oidc_client_secret
        The provider of single sign-on, and who the service is to it; there is none where no issuer is given.
    oidc_scopes, oidc_name_claim
        What it is asked for, and which claim names new people.
    oidc_strangers
        What becomes of people whom nobody has linked: an account without any grant, or a refusal.
    landing_path
        Where browsers are sent after single sign-on.
    traces_endpoint
        Where traces are sent to (OTLP over HTTP), such as ``http://127.0.0.1:4318/v1/traces``; nowhere where not given.
    key_days
        How long a key is good for, unless said otherwise.
    metrics_token
        What ``/metrics`` is read with, as a bearer token; where not given, it is read from this machine only.
    drain_seconds
        How long /readyz says no before the service stops accepting, so that whoever sends requests hears of it.
    retain_days
        How long a deleted round is kept before it may be removed.
    removal_hours
        How often the service removes what the rule of retention lets go.
    anchor_minutes
        How often the service lays down an anchor of the audit trail.
    denied_rate, denied_total
        How often failed keys from one address, and what one principal asked for outside of its scope, are put on
        record; and how many of them altogether. The rest are counted.
    hook_seconds, hook_attempts, hook_pause_seconds
        How long an attempt to deliver a webhook may take, how many there are, and the first pause between two.
    hook_days
        How long what was delivered or given up is kept.
    run_cores, queued_runs
        The most cores that a run may ask for, and the most runs of one principal that wait.
    heartbeat_seconds, recheck_seconds
        How often a stream of events shows that it lives, and how often its reader's rights are looked at again.
    regions_file
        JSON: which counties each prefecture has, by the names that rounds use.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    data: Path
    database: SecretStr = SecretStr("")
    server_secret: Annotated[SecretStr, Field(min_length=32)] | None = None
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8700
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    body_bytes: Annotated[int, Field(ge=1024)] = 2**20
    upload_bytes: Annotated[int, Field(ge=1024)] = 64 * 2**20
    json_depth: Annotated[int, Field(ge=4, le=100)] = 20
    reading_seconds: Annotated[int, Field(ge=1, le=3600)] = 120
    reading_bytes: Annotated[int, Field(ge=2**28)] = 2**30
    readers: Annotated[int, Field(ge=1, le=64)] = 2
    reader_wait_seconds: Annotated[int, Field(ge=0, le=60)] = 10
    desks: Annotated[int, Field(ge=1, le=16)] = 1
    desk_seconds: Annotated[int, Field(ge=1, le=600)] = 10
    desk_bytes: Annotated[int, Field(ge=2**28)] = 2**32
    rate: Limit = "1200/minute"
    failed_rate: Limit = "60/minute"
    key_days: Annotated[int, Field(ge=1, le=3650)] = 365
    public_url: Origin = ""
    proxies: str = ""
    session_idle_minutes: Annotated[int, Field(ge=1, le=10_080)] = 30
    session_hours: Annotated[int, Field(ge=1, le=720)] = 12
    password_least: Annotated[int, Field(ge=8, le=64)] = 12
    password_memory: Annotated[int, Field(ge=19_456, le=4_194_304)] = 65_536
    password_passes: Annotated[int, Field(ge=1, le=100)] = 3
    account_tries: Annotated[int, Field(ge=1)] = 5
    address_tries: Annotated[int, Field(ge=1)] = 30
    code_hours: Annotated[int, Field(ge=1, le=720)] = 72
    oidc_issuer: Issuer = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr | None = None
    oidc_scopes: Annotated[str, Field(pattern=r"^openid( [\w.:/-]+)*$")] = "openid profile"
    oidc_name_claim: str = "preferred_username"
    oidc_strangers: Literal["create", "refuse"] = "create"
    landing_path: Annotated[str, Field(pattern=r"^/([^/\\].*)?$")] = "/api/v1/session"
    traces_endpoint: Address = ""
    metrics_token: Annotated[SecretStr, Field(min_length=16)] | None = None
    drain_seconds: Annotated[int, Field(ge=0, le=300)] = 0
    retain_days: Annotated[int, Field(ge=0, le=36_500)] = 1095
    removal_hours: Annotated[float, Field(gt=0, le=24 * 31)] = 24
    anchor_minutes: Annotated[float, Field(gt=0, le=24 * 60)] = 60
    denied_rate: Limit = "6/minute"
    denied_total: Limit = "600/hour"
    hook_seconds: Annotated[float, Field(gt=0, le=60)] = 10
    hook_attempts: Annotated[int, Field(ge=1, le=100)] = 10
    hook_pause_seconds: Annotated[float, Field(gt=0, le=3600)] = 10
    hook_days: Annotated[int, Field(ge=1, le=3650)] = 30
    run_cores: Annotated[int, Field(ge=1, le=256)] = 64
    queued_runs: Annotated[int, Field(ge=1)] = 1000
    heartbeat_seconds: Annotated[float, Field(gt=0, le=600)] = 15
    recheck_seconds: Annotated[float, Field(gt=0, le=3600)] = 30
    regions_file: Path | None = None

    @model_validator(mode="after")
    def _is_sign_on_whole(self) -> Self:
        if self.oidc_issuer:
            missing = [name for name in ("oidc_client_id", "public_url") if not getattr(self, name)]
            if missing:
                named = ", ".join(f"{PREFIX}{name.upper()}" for name in missing)
                raise ValueError(f"with {PREFIX}OIDC_ISSUER, {named} must be given too")
        return self

    @property
    def database_url(self) -> str:
        """The address of the database."""
        return self.database.get_secret_value() or f"sqlite:///{self.data.absolute() / 'matcher.sqlite3'}"

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file, for one machine alone."""
        return self.database_url.startswith("sqlite")

    @property
    def temporary(self) -> Path:
        """The folder of temporary files."""
        return self.data / "tmp"

    @property
    def anchors(self) -> Path:
        """The folder of the anchors that the service lays down of its audit trail."""
        return self.data / "anchors"

    @property
    def secrets(self) -> Path:
        """The folder of the secrets that the service makes for itself."""
        return self.data / "secrets"


class BadSettings(Exception):
    """Settings that can't be used; carries a line for each."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


def settings_of(environment: Mapping[str, str] = os.environ, **given: Any) -> Settings:
    """Return the settings; what is ``given`` (not None) goes before the environment.

    Raises
    ------
    BadSettings
        With everything that is wrong: unknown names, unreadable files, values of the wrong kind.
    """
    lines: list[str] = []
    values: dict[str, Any] = {}
    for name, text in sorted(environment.items()):
        if name.startswith(PREFIX) and name not in _OTHERS:
            _take(name, text, values, lines)
    values |= {name: value for name, value in given.items() if value is not None}
    try:
        settings = Settings(**values)
    except ValidationError as error:
        lines += [_line(found) for found in error.errors(include_url=False, include_input=False)]
        raise BadSettings(lines) from None
    if lines:
        raise BadSettings(lines)
    return settings


def effective(settings: Settings) -> dict[str, str]:
    """Return what took effect, by the names of the variables; secrets are masked."""
    shown = {}
    for name in Settings.model_fields:
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            value = _MASK if value.get_secret_value() else ""
        shown[f"{PREFIX}{name.upper()}"] = "" if value is None else str(value)
    return shown


def _take(name: str, text: str, values: dict[str, Any], lines: list[str]) -> None:
    """Take one variable, or the content of the file that it names."""
    field = name.removeprefix(PREFIX).lower()
    if field in Settings.model_fields:
        values[field] = text
        return
    field = name.removeprefix(PREFIX).removesuffix(_FILE).lower()
    if not name.endswith(_FILE) or field not in Settings.model_fields:
        known = [f"{PREFIX}{known.upper()}" for known in Settings.model_fields]
        near = difflib.get_close_matches(name, known, 1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        lines.append(f"{name}: there is no such setting{hint}; remove it")
    elif f"{PREFIX}{field.upper()}" in values or field in values:
        lines.append(f"{name}: {PREFIX}{field.upper()} is given as well; keep one of them")
    else:
        try:
            values[field] = Path(text).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
            lines.append(f"{name}: the file can't be read ({reason}); give one that can")


def _line(found: Mapping[str, Any]) -> str:
    if not found["loc"]:
        return str(found["msg"])
    return f"{PREFIX}{str(found['loc'][0]).upper()}: {found['msg']}"
