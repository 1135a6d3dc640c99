"""Invented names of people, places and languages; none of them means a real person or place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from matcher.synth.draws import Draws

#: What every synthetic round says about itself.
SYNTHETIC: Final = "合成数据"

SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
    "余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾夏韦付方白邹孟熊秦邱江尹薛阎段雷侯龙"
    "史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
MALE: Final = (
    "伟强磊洋勇军杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林欢亮建国志文海山峰诚正清源远航松柏树森立新"
)
FEMALE: Final = "芳娜敏静丽艳娟霞秀燕玲桂英兰红梅琳颖婷雪慧倩岚洁蓉薇菲蕾莹璐萍瑶晶悦妍茜佳怡欣然"
MIDDLE: Final = "国建文志永晓海春秋子思嘉安学德世振光正朝天明玉元仁庆少家维兴运泽承启宏远云成景"

#: County names for counties that no kind names, without 县.
COUNTIES: Final = (
    "霁川", "葭江", "槿山", "茗岭", "棠澜", "蓼城", "芩水", "蕙川", "菖河", "荻原", "桐峦", "枫屿",
    "松澜", "岚平", "澜安", "云岫",
)  # fmt: skip

_TOWNSHIP_FIRST: Final = "岚澜霁葭槿茗棠蓼芩蕙菖荻桐枫松岫栎楠榛梓榆柘桉桦椿樟杉竹苇芷"
_TOWNSHIP_SECOND: Final = "溪坪岭湾桥渡塘坝河泉峰口关营铺"
_VILLAGE_FIRST: Final = "上下新大小前后东南西北中长双三五老高平青白红金银石龙凤云月"
_VILLAGE_SECOND: Final = "岚澜霁葭槿茗棠蓼芩蕙菖荻桐枫柘榛栎楠榆樟"
_VILLAGE_THIRD: Final = "湾坡沟坪庄屯岭坳寨冲塬堡桥塘"

#: Languages of the minorities, with the ethnic group that speaks each.
LANGUAGES: Final = {"布依语": "布依族", "苗语": "苗族", "水语": "水族"}


def person(draws: Draws, female: bool) -> str:
    """Return an invented name for a woman or a man."""
    last = draws.pick(FEMALE if female else MALE)
    middle = draws.pick(MIDDLE) if draws.chance(0.75) else ""
    return draws.pick(SURNAMES) + middle + last


def townships(draws: Draws, count: int, urban: float) -> list[str]:
    """Return that many different township names, some of them subdistricts."""
    stems = draws.sample([a + b for a in _TOWNSHIP_FIRST for b in _TOWNSHIP_SECOND], count)
    endings = {"街道": urban, "镇": 0.62, "乡": 0.38 - urban}
    return [stem + draws.among(endings) for stem in stems]


def villages(draws: Draws, count: int) -> list[str]:
    """Return that many different village names, without 村."""
    stems = [a + b + c for a in _VILLAGE_FIRST for b in _VILLAGE_SECOND for c in _VILLAGE_THIRD]
    return draws.sample(stems, count)
