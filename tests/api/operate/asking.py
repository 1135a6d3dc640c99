"""Somebody who asks a service that was started by its command."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx

from tests.api.server import API

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.api.operate.serving import Serving


@contextmanager
def planner_of(serving: Serving, key_file: Path) -> Iterator[httpx.Client]:
    """Give a client with the key of a new planner for everything."""
    url = f"{serving.url}{API}"
    with httpx.Client(base_url=url, timeout=60, headers=_key(key_file.read_text().strip())) as administrator:
        grants = [{"role": "planner", "scope_kind": "all", "scope": ""}]
        made = administrator.post(
            "/principals", json={"kind": "user", "name": "示例规划员", "grants": grants}
        )
        key = administrator.post(f"/principals/{made.json()['id']}/keys", json={}).json()["key"]
    with httpx.Client(base_url=url, timeout=60, headers=_key(key)) as planner:
        yield planner


def _key(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}
