"""What the routes of access take and give."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from api.access.roles import SYSTEM_ROLES, Role
from api.access.scopes import ScopeKind

Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^\S(.*\S)?$")]


class Body(BaseModel):
    """Base of what is taken: nothing that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class GrantBody(Body):
    """A role, and where it holds: everywhere, in a prefecture, or in a county."""

    role: Role
    scope_kind: ScopeKind
    scope: Annotated[str, Field(max_length=200)] = ""

    @model_validator(mode="after")
    def _scope_fits(self) -> Self:
        if (self.scope_kind == "all") != (self.scope == ""):
            raise PydanticCustomError(
                "grant_scope", "a scope is given for a prefecture or county, and only then"
            )
        if self.role in SYSTEM_ROLES and self.scope_kind != "all":
            raise PydanticCustomError("grant_system_role", "this role is given for everything or not at all")
        return self


class NewPrincipal(Body):
    """A person or a program that shall be able to ask."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "user",
                    "name": "示例用户甲",
                    "grants": [{"role": "planner", "scope_kind": "county", "scope": "霁溪区"}],
                }
            ]
        }
    )

    kind: Literal["user", "service"]
    name: Name
    grants: Annotated[tuple[GrantBody, ...], Field(max_length=500)] = ()


class Grants(Body):
    """All the grants that a principal shall have."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"grants": [{"role": "viewer", "scope_kind": "all"}]}]}
    )

    grants: Annotated[tuple[GrantBody, ...], Field(max_length=500)]


class PrincipalChange(Body):
    """What changes of a principal."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"disabled": True}]})

    disabled: bool


class NewKey(Body):
    """How long the key shall be good for; the service's own default where not said."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"days": 90}]})

    days: Annotated[int, Field(ge=1, le=3650)] | None = None


class KeyHead(BaseModel):
    """A key without its secret; times are UTC milliseconds, the day is counted from 1970-01-01."""

    id: str
    prefix: str
    expires_at: int | None
    revoked_at: int | None
    last_used_day: int | None


class MadeKeyView(KeyHead):
    """A new key; ``key`` is shown this once and kept nowhere."""

    key: str | None


class GrantView(BaseModel):
    """A grant."""

    role: str
    scope_kind: str
    scope: str


class PrincipalHead(BaseModel):
    """A principal in a list."""

    id: str
    kind: str
    name: str
    disabled: bool


class PrincipalView(PrincipalHead):
    """A principal with its grants and keys."""

    grants: list[GrantView]
    keys: list[KeyHead]


class Principals(BaseModel):
    """A page of principals."""

    items: list[PrincipalHead]
    next: str | None


class Me(BaseModel):
    """Who the caller is, what grants it has and which actions they allow."""

    id: str
    kind: str
    name: str
    grants: list[GrantView]
    actions: list[str]


class AuditEntry(BaseModel):
    """An entry of the audit trail."""

    seq: int
    at: int
    actor: str
    action: str
    subject: str
    scope: str
    outcome: str
    detail: dict[str, object]
    prev: str
    hash: str


class AuditPage(BaseModel):
    """A page of the audit trail, newest first."""

    items: list[AuditEntry]
    next: str | None
