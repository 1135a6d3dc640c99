"""Why something could not be delivered, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matcher.codes import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

REASONS: Final[Mapping[str, Text]] = {
    "no_address": Text(
        "找不到主机的地址；检查主机名和本机的域名解析",
        "the host has no address; look at its name, and at this machine's name service",
    ),
    "private_address": Text(
        "主机的地址属于本机或内部网络，没有发送；确需发送的，把主机重新列入并设 private 为 true",
        "the host's address is of this machine or of an inner network, so nothing was sent; list it again with "
        "private set to true if it is meant so",
    ),
    "too_slow": Text(
        "接收方没有在规定时间内回答；先回答，再处理",
        "the receiver did not answer in time; it should answer first, and work afterwards",
    ),
    "unreachable": Text(
        "连不上接收方，或其证书不可信；检查接收方是否运行、端口和证书",
        "the receiver can't be reached, or its certificate is not trusted; look whether it runs, at its port and certificate",
    ),
    "redirected": Text(
        "接收方要求转到别处，没有照办；把地址改为最终的地址",
        "the receiver sent it elsewhere, which is not followed; give the address that it ends at",
    ),
    "refused": Text(
        "接收方回答了 2xx 以外的状态；查看接收方的日志",
        "the receiver answered with another status than 2xx; look at its log",
    ),
    "broken_off": Text(
        "每次发送时服务都中途停止；查看服务的日志",
        "the service ended in the middle of each attempt; look at its log",
    ),
}  # fmt: skip
