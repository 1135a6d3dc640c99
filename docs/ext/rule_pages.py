"""Writes the pages of the rule catalogue from the rule files themselves: one page a rule, an index a registry.

``write_pages(folder)`` is called while the documentation is built; the pages are not kept in the repository.
The same rules give the same pages, byte for byte.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from matcher import constraints, scoring, screening
from matcher.codes import Text
from matcher.rulekit import PlanRule, Rule, ScoreTerm, ScreeningRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

#: File name, title and introduction of each registry's index.
INDEXES = (
    ("screening", Text("审查规则", "Screening rules"),
     Text("谁可以担任哪个岗位。每条规则开或关。", "Who may hold which post. Each rule is on or off.")),
    ("plan-rules", Text("方案规则", "Plan rules"),
     Text("整个方案须遵守的规则。硬：必须；软：每违反一个单位按权重扣分；关：不管。",
          "What a plan must honour. Hard: always; soft: each unit of amount costs the weight; off: not at all.")),
    ("score-terms", Text("计分项", "Score terms"),
     Text("方案好在哪里：整数分乘以权重。权重0即关。",
          "What makes a plan good: whole points times a weight. Weight 0 switches a term off.")),
)  # fmt: skip
LABELS = {
    "sentence": Text("规则", "Rule"),
    "why": Text("理由", "Reason"),
    "allowed": Text("符合", "Allowed"),
    "refused": Text("不符合", "Refused"),
    "words": Text("提示语", "Message"),
}
#: A term has examples of points in the place of the two examples.
TERM_LABELS = LABELS | {"allowed": Text("例一", "Example"), "refused": Text("例二", "Another")}
SCOPES = {
    "seat": Text("逐人逐岗", "person by person, seat by seat"),
    "team": Text("逐队", "each team by itself"),
    "round": Text("全轮：把各村联系起来", "the whole round: it links villages"),
    "both": Text("逐队，并把各村联系起来", "each team by itself, and it links villages"),
    "village": Text("计入各村得分", "counts for each village"),
    "plan": Text("计入整个方案", "counts for the plan as a whole"),
}
MODES = {
    "hard": Text("硬", "hard"),
    "soft": Text("软", "soft"),
    "off": Text("关", "off"),
    "on": Text("开", "on"),
}


def write_pages(folder: Path) -> list[Path]:
    """Write every page into ``folder`` and return them; pages of rules that are no more are taken away."""
    folder.mkdir(parents=True, exist_ok=True)
    registries: tuple[Iterable[Rule[Any]], ...] = (screening.RULES, constraints.RULES, scoring.TERMS)
    by_id: dict[str, list[Rule[Any]]] = {}
    for rule in (rule for rules in registries for rule in rules):
        by_id.setdefault(rule.id, []).append(rule)
    texts = {f"{id_}.md": "\n".join(_page(rules)) for id_, rules in by_id.items()}
    texts["index.md"] = "\n".join(_contents())
    for (name, title, introduction), rules in zip(INDEXES, registries, strict=True):
        texts[f"{name}.md"] = "\n".join(_index(title, introduction, list(rules)))
    for old in folder.glob("*.md"):
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        _write(folder / name, text + "\n")
    return [folder / name for name in sorted(texts)]


def _write(path: Path, text: str) -> None:
    """Write a page unless it stands there already, so that nothing is built again without need."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8", newline="\n")


def _page(rules: list[Rule[Any]]) -> Iterator[str]:
    """Yield the lines of one page; an id that stands in two registries has a section for each."""
    yield f"# {rules[0].name.zh} · {rules[0].name.en}"
    yield ""
    yield f"`{rules[0].id}`"
    for rule in rules:
        yield ""
        if len(rules) > 1:
            _, title, _ = INDEXES[_registry(rule)]
            yield f"## {title.zh} · {title.en}"
            yield ""
        yield from _section(rule)


def _section(rule: Rule[Any]) -> Iterator[str]:
    yield from _table(["", "中文", "English"], _text_rows(rule))
    yield ""
    yield from _table(["", "", ""], _setting_rows(rule))
    yield ""
    yield from _parameters(rule)
    yield ""
    source = type(rule).__module__.replace(".", "/") + ".py"
    yield f"源文件 Source: `{source}`"


def _text_rows(rule: Rule[Any]) -> Iterator[list[str]]:
    for field, label in (TERM_LABELS if isinstance(rule, ScoreTerm) else LABELS).items():
        text = getattr(rule, field)
        said = [f"`{said}`" if field == "words" else said for said in (text.zh, text.en)]
        yield [f"**{label.zh} {label.en}**", *said]


def _setting_rows(rule: Rule[Any]) -> Iterator[list[str]]:
    """Yield what may be set about a rule beside its parameters: mode, weight, what it looks at."""
    scope = SCOPES[_scope(rule)]
    yield ["**范围 Scope**", scope.zh, scope.en]
    if isinstance(rule, ScoreTerm):
        yield ["**默认权重 Default weight**", str(rule.default_weight), str(rule.default_weight)]
        return
    modes = [MODES[mode] for mode in _modes(rule)]
    yield ["**可设 Modes**", "、".join(mode.zh for mode in modes), ", ".join(mode.en for mode in modes)]
    default = MODES[_default_mode(rule)]
    weight = getattr(rule, "default_weight", None)
    price = Text(f"，权重{weight}", f", weight {weight}") if weight is not None else Text("", "")
    yield ["**默认 Default**", default.zh + price.zh, default.en + price.en]
    if isinstance(rule, PlanRule):
        counted = Text("计入", "counted") if rule.captains else Text("不计入", "not counted")
        yield ["**总队长 Captains**", counted.zh, counted.en]


def _modes(rule: Rule[Any]) -> tuple[str, ...]:
    if isinstance(rule, PlanRule):
        return rule.modes
    always = any(other.id == rule.id for other in constraints.RULES)  # decisions are screened in every round
    return ("on",) if always else ("on", "off")


def _default_mode(rule: Rule[Any]) -> str:
    if isinstance(rule, PlanRule):
        return rule.default_mode
    return "on" if isinstance(rule, ScreeningRule) and rule.default_on else "off"


def _scope(rule: Rule[Any]) -> str:
    if isinstance(rule, ScreeningRule):
        return "seat"
    if isinstance(rule, ScoreTerm):
        return "plan" if rule.of_plan else "village"
    links = type(rule).rows is not PlanRule.rows  # type: ignore[attr-defined]
    alone = type(rule).team is not PlanRule.team  # type: ignore[attr-defined]
    return "both" if links and alone else "round" if links else "team"


def _parameters(rule: Rule[Any]) -> Iterator[str]:
    """Yield the table of parameters and what their documentation says."""
    fields = rule.Params.model_fields
    if not fields:
        yield "参数 Parameters: 无 none"
        return
    schema = rule.Params.model_json_schema()
    defaults = rule.Params().model_dump(mode="json")
    rows = [
        [f"`{name}`", f"`{_json(defaults[name])}`", _form(schema["properties"][name], schema)]
        for name in fields
    ]
    yield from _table(["参数 Parameter", "默认 Default", "取值 Values"], rows)
    yield ""
    yield _as_markdown(rule.Params.__doc__ or "")


def _form(part: dict[str, Any], schema: dict[str, Any]) -> str:
    """Say in short what a parameter may be, from its JSON schema."""
    if "$ref" in part:
        named = schema["$defs"][part["$ref"].rsplit("/", 1)[1]]
        inner = ", ".join(f"`{name}`: {_form(value, schema)}" for name, value in named["properties"].items())
        return f"{{{inner}}}"
    if "ge" in part or "le" in part:  # an exact decimal, which might be written as text too
        return "数 number" + _limits(part, "ge", "le")
    if "anyOf" in part:
        return " / ".join(dict.fromkeys(_form(option, schema) for option in part["anyOf"]))
    if "enum" in part:
        return " / ".join(f"`{value}`" for value in part["enum"])
    if part.get("type") == "array":
        return f"[{_form(part['items'], schema)}, …]"
    if part.get("type") == "object":
        return f"{{…: {_form(part['additionalProperties'], schema)}}}"
    words = {"integer": "整数 whole number", "number": "数 number", "null": "空 blank", "string": "文字 text"}
    return words[part["type"]] + _limits(part, "minimum", "maximum")


def _limits(part: dict[str, Any], low: str, high: str) -> str:
    """Return the limits of a number, each where there is one."""
    least, most = (f"{part[key]:,}" if key in part else "" for key in (low, high))
    return f" {least} – {most}" if least or most else ""


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _as_markdown(docstring: str) -> str:
    return re.sub(r"``(.+?)``", r"`\1`", " ".join(docstring.split()))


def _contents() -> Iterator[str]:
    yield "# 规则与计分项 · Rules and terms"
    yield ""
    yield "每条规则一页，由规则文件生成。A page for each rule, made from the rule files."
    yield ""
    for name, title, introduction in INDEXES:
        yield f"- [{title.zh} · {title.en}]({name}.md)：{introduction.zh}<br>{introduction.en}"
    yield ""
    yield from _toctree(name for name, _, _ in INDEXES)


def _index(title: Text, introduction: Text, rules: list[Rule[Any]]) -> Iterator[str]:
    yield f"# {title.zh} · {title.en}"
    yield ""
    yield introduction.zh
    yield ""
    yield introduction.en
    yield ""
    rows = [[f"[`{rule.id}`]({rule.id}.md)", rule.name.zh, rule.name.en, _default(rule)] for rule in rules]
    yield from _table(["", "名称", "Name", "默认 Default"], rows)
    yield ""
    yield from _toctree(rule.id for rule in rules if _registry(rule) == _first_registry(rule.id))


def _default(rule: Rule[Any]) -> str:
    if isinstance(rule, ScoreTerm):
        return str(rule.default_weight)
    mode = MODES[_default_mode(rule)]
    weight = getattr(rule, "default_weight", None)
    return f"{mode.zh} {mode.en}" + (f" {weight}" if weight is not None else "")


def _registry(rule: Rule[Any]) -> int:
    return 0 if isinstance(rule, ScreeningRule) else 1 if isinstance(rule, PlanRule) else 2


def _first_registry(id_: str) -> int:
    """Return the registry under which a page stands in the contents, where its id is in two."""
    everything: tuple[Rule[Any], ...] = (*screening.RULES, *constraints.RULES, *scoring.TERMS)
    return next(_registry(rule) for rule in everything if rule.id == id_)


def _table(header: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def _toctree(pages: Iterable[str]) -> Iterator[str]:
    yield "```{toctree}"
    yield ":hidden:"
    yield ""
    yield from pages
    yield "```"
