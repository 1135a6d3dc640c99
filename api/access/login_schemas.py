"""What the routes of logging in take and give."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.access.passwords import LONGEST
from api.access.schemas import Body, Name

Password = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class LogIn(Body):
    """A name and its password."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "示例用户甲", "password": "三更灯火五更鸡，正是读书时"}]}
    )

    name: Name
    password: Password


class PasswordChange(Body):
    """The password that is in force, and the new one."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"current": "三更灯火五更鸡，正是读书时", "new": "问渠那得清如许，为有源头活水来"}]
        }
    )

    current: Password
    new: Password


class PasswordSetting(Body):
    """The code that an administrator gave out, and the password that its owner wants."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "示例用户甲",
                    "code": "Zm9yLWV4YW1wbGUtb25seS1ub3QtYS1yZWFsLWNvZGU",
                    "password": "问渠那得清如许，为有源头活水来",
                }
            ]
        }
    )

    name: Name
    code: Password
    password: Password


class PasswordReset(Body):
    """How long the code shall be good for; the service's own default where not said."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"hours": 24}]})

    hours: Annotated[int, Field(ge=1, le=720)] | None = None


class MadePasswordCode(BaseModel):
    """A new code; ``code`` is shown this once and kept nowhere. Times are UTC milliseconds."""

    principal_id: str
    expires_at: int
    code: str | None


class Identity(Body):
    """Who a principal is to the provider of single sign-on: the claim ``sub`` of its tokens."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"subject": "248289761001"}]})

    subject: Annotated[str, Field(min_length=1, max_length=255)]


class SessionHead(BaseModel):
    """A session; it is over at ``expires_at``, and at ``idle_at`` unless it is used. Times are UTC milliseconds."""

    id: str
    method: str
    begun_at: int
    used_at: int
    expires_at: int
    idle_at: int
    current: bool


class Sessions(BaseModel):
    """The sessions of a principal, oldest first."""

    items: list[SessionHead]


class Person(BaseModel):
    """Who logged in."""

    id: str
    kind: str
    name: str


class SessionView(SessionHead):
    """The session that asks, whose it is, and the token that its changes are sent with (``X-CSRF-Token``)."""

    principal: Person
    csrf_token: str
