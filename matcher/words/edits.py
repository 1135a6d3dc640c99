"""Changes of single fields, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from matcher import codes
from matcher.codes import Text

if TYPE_CHECKING:
    from matcher.codes import Language
    from matcher.edits import Edit
    from matcher.round import Facts

CELL: Final = Text("{row}的{field}由{before}改为{after}", "{field} of {row} from {before} to {after}")
BLANK: Final = Text("空白", "blank")
#: Fields of units and villages.
FIELDS: Final = {
    "quota": Text("可派人数", "quota"),
    "max_villages": Text("可包村数", "number of villages it may lead"),
    "lead_unit": Text("已定包村单位", "decided lead unit"),
    "named_pick": Text("点名抽派", "named pick"),
    "residents": Text("工作队员人数", "number of residents"),
    "support_min": Text("下沉干部最少人数", "least number of support cadres"),
    "support_max": Text("下沉干部最多人数", "most support cadres"),
}
FIELDS_OF_CADRES: Final = {
    "willing": Text("本人意愿", "willingness"),
    "languages": Text("会说的语言", "languages"),
    "specialties": Text("专长", "specialties"),
}


def cell_sentence(facts: Facts, edit: Edit, language: Language) -> str:
    """Return the change of fields of a row in words; ``facts`` are those before it."""
    tables: dict[str, Any] = {
        "units": {unit.id: unit for unit in facts.round.units},
        "villages": {village.id: village for village in facts.round.villages},
        "cadres": {cadre.id: cadre for cadre in facts.round.cadres},
    }
    row, fields = tables[edit.table][edit.key], FIELDS_OF_CADRES if edit.table == "cadres" else FIELDS
    parts = [
        CELL.in_(language).format(
            row=row.name,
            field=fields[name].in_(language) if name in fields else name,
            before=value_in_words(getattr(row, name), language),
            after=value_in_words(value, language),
        )
        for name, value in edit.values.items()
    ]
    return "；".join(parts) if language == "zh" else "; ".join(parts)


def value_in_words(value: Any, language: Language) -> str:
    """Return a field's value in words."""
    if value is None or value in ((), [], {}):
        return BLANK.in_(language)
    if isinstance(value, bool):
        return {"zh": "是" if value else "否", "en": "yes" if value else "no"}[language]
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    if isinstance(value, dict):
        return "、".join(
            f"{codes.SPECIALTIES[k].text.in_(language) if k in codes.SPECIALTIES else k}{v}"
            for k, v in value.items()
        )
    return str(value)
