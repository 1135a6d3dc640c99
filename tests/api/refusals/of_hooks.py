"""Refusals of webhooks and their hosts."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.api.hooks.made import HOST, delivered, listed_webhook
from tests.api.refusals.cases import case

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from tests.api.server import Server


@case("host_bad", "主机写法不对", "the host is not written as it should be")
def host_bad(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    return server.administrator.put("/webhook-hosts/127.1", json={}, headers=headers)


@case(
    "host_not_listed",
    "主机“none.example”不在允许推送的名单中",
    "the host “none.example” is not listed for webhooks",
)
def host_not_listed(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    body = {"url": "https://none.example/", "events": ["run.done"]}
    return server.administrator.post("/webhooks", json=body, headers=headers)


@case("host_in_use", "还有推送地址使用这个主机", "webhooks go to this host still")
def host_in_use(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    listed_webhook(server)
    return server.administrator.delete(f"/webhook-hosts/{HOST}", headers={**headers, "If-Match": "*"})


@case("hook_url", "推送地址不可用", "the address can't be used for a webhook")
def hook_url(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    body = {"url": "ftp://127.0.0.9/", "events": ["run.done"]}
    return server.administrator.post("/webhooks", json=body, headers=headers)


@case("delivery_pending", "这次推送还在等待发送", "this delivery is still to be sent")
def delivery_pending(server: Server, headers: Mapping[str, str]) -> httpx.Response:
    hook = listed_webhook(server)
    later = time.time_ns() // 1_000_000 + 3_600_000
    delivery = delivered(server, hook, state="pending", ended_at=None, next_at=later)
    return server.administrator.post(f"/webhooks/{hook}/deliveries/{delivery}/redeliver", headers=headers)
