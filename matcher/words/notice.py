"""The public notice in words."""

from __future__ import annotations

from typing import Final

from matcher.codes import Text

TITLE: Final = Text("{name}驻村干部选派公示", "Public notice of posted cadres: {name}")
SHEET: Final = Text("公示", "Notice")
NAME: Final = Text("姓名", "Name")
UNIT: Final = Text("单位", "Unit")
POST: Final = Text("岗位", "Post")
VILLAGE: Final = Text("村", "Village")
COUNT: Final = Text("共{count}人。", "{count} in all.")
