"""What is wrong with a certificate, or with the bound that it is to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.words.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.words.wording import Wording

_RERUN_ZH, _RERUN = "请用未经改动的结果文件，或重新求解", "use the result as it was written, or solve again"

BOUNDS: Mapping[str, Wording] = {
    "no_certificate": wording(
        "方案没有附上界证书，上界无法复核", "请用能写出证书的方法求解，或不加 --bound",
        "the plan has no certificate, so its bound can't be checked", "solve by a method that writes one, or leave out --bound",
    ),
    "certificate_of_other_round": wording(
        "上界证书属于另一份选派数据（数据摘要不同）", "请用求解时的选派数据和同样的 --set、--lock、--baseline",
        "the certificate belongs to another version of the round (the digests differ)",
        "give the round that was solved, with the same --set, --lock and --baseline",
    ),
    "price_of_unknown_rule": wording(
        "没有规则“{rule}”，却列有价格{price}", _RERUN_ZH, "there is a price of {price} on “{rule}”, which is no rule", _RERUN,
    ),
    "price_of_rule_off": wording(
        "规则“{name}”已停用，却列有价格{price}", _RERUN_ZH, "there is a price of {price} on “{name}”, a rule that is off", _RERUN,
    ),
    "price_not_checkable": wording(
        "规则“{name}”没有说明每名队员占用多少，复核程序无法按价格{price}重新核算",
        "请在该规则的文件里补上 limits 和 uses，或请求解时不给它定价",
        "the rule “{name}” does not say what a member uses of it, so a price of {price} on it can't be checked",
        "add limits and uses to the rule's file, or solve without a price on it",
    ),
    "price_of_unknown_row": wording(
        "规则“{name}”在本轮没有“{key}”这一限额，却列有价格{price}", _RERUN_ZH,
        "there is a price of {price} on {key} of “{name}”, which limits nothing of that name in this round", _RERUN,
    ),
    "price_twice": wording(
        "规则“{name}”的“{key}”列了两次价格", _RERUN_ZH, "there are two prices on {key} of “{name}”", _RERUN,
    ),
    "price_without_limit": wording(
        "规则“{name}”的“{key}”在价格{price}这一侧没有限额", _RERUN_ZH,
        "{key} of “{name}” has no limit on the side of a price of {price}", _RERUN,
    ),
    "price_too_high": wording(
        "软性规则“{name}”的“{key}”价格{price}过高，最多{most}", _RERUN_ZH,
        "a price of {price} on {key} of the soft rule “{name}” is too high: at most {most}", _RERUN,
    ),
    "prices_too_large": wording(
        "价格过大，无法精确相加", _RERUN_ZH, "the prices are too large to be added exactly", _RERUN,
    ),
    "block_of_unknown_place": wording(
        "本轮没有“{value}”这个村或总队长岗位", _RERUN_ZH, "the round has no village or captain's post “{value}”", _RERUN,
    ),
    "block_twice": wording("“{value}”列了两次", _RERUN_ZH, "“{value}” is stated twice", _RERUN),
    "block_missing": wording("缺少“{value}”的上界", _RERUN_ZH, "the bound of “{value}” is missing", _RERUN),
    "block_exceeded": wording(
        "{place}的上界写为{value}，但有队伍达到{worth}，超出{over}（均为分值×{scale}）：{team}", _RERUN_ZH,
        "the bound of {place} is stated as {value}, but a team is worth {worth}, {over} more (in points × {scale}): {team}",
        _RERUN,
    ),
    "constant_differs": wording(
        "固定分写为{value}，应为{counted}", _RERUN_ZH, "the constant is stated as {value}, but is {counted}", _RERUN,
    ),
    "bound_differs": wording(
        "上界写为{value}，各项相加得{counted}", _RERUN_ZH,
        "the bound is stated as {value}, but the parts add up to {counted}", _RERUN,
    ),
    "score_above_certificate": wording(
        "方案得分{value}高于证书的上界{bound}", _RERUN_ZH,
        "the plan's score of {value} is above the bound of its certificate, {bound}", _RERUN,
    ),
    "bound_above_certificate": wording(
        "方案的上界{value}高于证书的上界{bound}", _RERUN_ZH,
        "the plan's bound of {value} is above that of its certificate, {bound}", _RERUN,
    ),
    "floor_above_plan": wording(
        "证书只对最低指数不低于{value}的方案成立，而本方案的最低指数是{worst}", _RERUN_ZH,
        "the certificate speaks of plans whose worst index is at least {value}; the plan's own is {worst}", _RERUN,
    ),
}  # fmt: skip
