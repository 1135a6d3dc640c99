"""What the routes of publications take and give."""

from __future__ import annotations

from api.access.schemas import Body
from api.rounds.schemas import Reason


class RollBack(Body):
    """Why a publication is taken back; the reason is kept in the audit trail, so name nobody in it."""

    model_config = Body.model_config | {"json_schema_extra": {"examples": [{"reason": "公示期内收到异议"}]}}

    reason: Reason


class PublicationView(Body):
    """A publication; times are UTC milliseconds."""

    id: str
    plan_id: str
    round_id: str
    state: str
    proposed_by: str
    approved_by: str | None
    at: int
    notice_digest: str | None
    replaces: str | None


class Publications(Body):
    """A page of publications, newest first."""

    items: list[PublicationView]
    next: str | None


class NoticeView(Body):
    """A public notice: name, unit, post and village of everybody posted."""

    title: str
    headers: list[str]
    rows: list[list[str]]
