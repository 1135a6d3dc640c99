"""What is refused of webhooks and their hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from api.words.refusal import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.words.refusal import Refusal

REFUSALS: Final[Mapping[str, Refusal]] = {
    "host_bad": refusal(
        422, "主机写法不对", "只写主机名或 IP 地址，不带协议、端口和路径",
        "the host is not written as it should be", "give a host name or an IP address, without scheme, port and path",
    ),
    "host_not_listed": refusal(
        422, "主机“{host}”不在允许推送的名单中", "先用 PUT /webhook-hosts/{host} 列入，或换一个地址",
        "the host “{host}” is not listed for webhooks", "list it first with PUT /webhook-hosts/{host}, or choose another",
    ),
    "host_in_use": refusal(
        409, "还有推送地址使用这个主机", "先删去这些推送地址",
        "webhooks go to this host still", "delete those webhooks first",
    ),
    "hook_url": refusal(
        422, "推送地址不可用", "写成 http:// 或 https:// 开头的地址，只用 ASCII 字符，不带用户名、密码和 # 部分",
        "the address can't be used for a webhook",
        "give one that begins with http:// or https://, in ASCII, without user name, password and # part",
    ),
    "delivery_pending": refusal(
        409, "这次推送还在等待发送", "等它成功或失败以后再重发",
        "this delivery is still to be sent", "wait until it is delivered or given up",
    ),
}  # fmt: skip
