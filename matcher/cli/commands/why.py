"""``matcher why``: why somebody holds a post, or why a village has its team."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from matcher.cli.desk import Desk
from matcher.cli.inputs import checked, plan_of_rank
from matcher.cli.naming import cadre_id, village_id
from matcher.cli.options import Effort, JsonOut, Lang, Language, PlanPath, RoundPath
from matcher.cli.outputs import check_outputs, json_bytes, write_file
from matcher.cli.refusals import refuse
from matcher.cli.settings import settings_of
from matcher.cli.status import Status
from matcher.cli.views.answers import show_post, show_team
from matcher.exports import Background
from matcher.tables import read_round
from matcher.words import answers as words

Cadre = Annotated[str, typer.Option("--cadre", metavar="CADRE", show_default=False)]
Village = Annotated[str, typer.Option("--village", metavar="VILLAGE", show_default=False)]
Rank = Annotated[int, typer.Option("--rank", metavar="N", min=1, show_default=False)]
Settle = Annotated[int, typer.Option("--settle", metavar="N", min=0, max=5, show_default=False)]


def why_command(  # noqa: PLR0913 - every option of a command is a parameter
    round_path: RoundPath,
    plan: PlanPath,
    *,
    cadre: Cadre = "",
    village: Village = "",
    rank: Rank = 1,
    settle: Settle = 0,
    effort: Effort = "normal",
    json_out: JsonOut = None,
    lang: Language = Lang.ZH,
) -> int:
    """Explain a post or a team."""
    from matcher.questions import explain_post, explain_team
    from matcher.solving.memory import memory_of

    desk = Desk(lang.value)
    check_outputs({"--json": json_out}, [round_path, plan])
    if bool(cadre) == bool(village):
        raise refuse("ask_one")
    if settle and (village or rank > 1):
        raise refuse("settle_what", "--settle")
    background = Background.of(read_round(round_path), desk.language)
    round_ = background.round
    chosen = plan_of_rank(plan, rank)
    material = checked(background, plan, chosen)
    answer: Any
    if cadre:
        who = cadre_id(round_, cadre, "--cadre")
        if all(post.cadre != who for post in material.plan.posts):
            raise refuse("no_post", "--cadre", cadre=material.names.cadre_of(who))
        answer = explain_post(
            round_,
            material.plan,
            who,
            settle=settle,
            settings=settings_of(effort=effort, limit=None, plans=1, gap=0.0),
            memory=memory_of(round_.facts, material.plan),
        )
        show_post(desk, material, answer)
    else:
        answer = explain_team(round_, material.plan, village_id(round_, village, "--village"))
        show_team(desk, answer)
    if json_out is not None:
        write_file(desk, words.ANSWER_FILE, json_out, json_bytes(_document(answer)))
    return Status.DONE


def _document(answer: Any) -> dict[str, Any]:
    """Return an answer as JSON data."""

    def plain(value: Any) -> Any:
        if hasattr(value, "model_dump"):
            return value.model_dump(mode="json", exclude_none=True)
        if isinstance(value, tuple | list):
            return [plain(item) for item in value]
        if hasattr(value, "document"):
            return value.document()
        if hasattr(value, "__dataclass_fields__"):
            return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
        return value

    found: dict[str, Any] = plain(answer)
    return found
