"""Supply against demand, in words."""

from __future__ import annotations

from typing import Final

from matcher.codes import Text

COUNTIES_TITLE: Final = Text("各县岗位与人选", "Posts and people by county")
SPECIALTIES_TITLE: Final = Text("各专长供需", "Supply and demand by specialty")
TYPES_TITLE: Final = Text("各类型村供需", "Supply and demand by type of village")
UNITS_TITLE: Final = Text("名额和包村较紧的单位", "Units whose quota or leads are tight")
COUNTY: Final = Text("县(市、区)", "County")
WHOLE_ROUND: Final = Text("全部", "All")
THIS_ROUND: Final = Text("本轮", "This round")
VILLAGE_TYPE: Final = Text("村类型", "Type of village")
VILLAGES: Final = Text("村", "Villages")
POSTS: Final = Text("岗位数", "Posts")
LEAST_POSTS: Final = Text("至少岗位数", "Posts at least")
PEOPLE: Final = Text("合格人选", "Eligible people")
SENDABLE: Final = Text("名额内可派", "Within quotas")
SECRETARIES: Final = Text("可任第一书记", "As first secretary")
LEADS: Final = Text("可包村数", "Leads possible")
SPECIALTY: Final = Text("专长", "Specialty")
NEEDED_IN: Final = Text("有需求的村", "Villages in need")
URGENT_IN: Final = Text("其中需求4级以上", "Of these at 4 or 5")
COMPETENT: Final = Text("3级以上合格人选", "Eligible at level 3+")
ASKED_FOR: Final = Text("须有专长", "Specialty asked for")
UNIT: Final = Text("单位", "Unit")
QUOTA: Final = Text("可派人数", "Quota")
DECIDED: Final = Text("已定包村", "Decided leads")
MAY_LEAD: Final = Text("可包村数", "May lead")
TIGHT: Final = Text("偏紧", "Tight")
MARK: Final = Text("不足", "short")
NO_LIMIT: Final = Text("不限", "none")
MORE_UNITS: Final = Text(
    "……另有{count}个单位名额少于合格人选。",
    "… and {count} more units with fewer places than eligible people.",
)
