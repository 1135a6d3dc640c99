"""``matcher screen``: who may hold which post, who may not, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.cli.desk import Desk
from matcher.cli.options import Force, JsonOut, Lang, Language, RoundPath, XlsxOut
from matcher.cli.outputs import check_outputs, json_bytes, write_file
from matcher.cli.status import Status
from matcher.cli.views.screening import show_screening
from matcher.exports import Background, Names, screening_of
from matcher.exports.screening_page import open_roles
from matcher.tables import read_round
from matcher.words import command_line as words

if TYPE_CHECKING:
    from matcher.rulekit import Refusal


def screen_command(
    round_path: RoundPath,
    *,
    json_out: JsonOut = None,
    xlsx_out: XlsxOut = None,
    force: Force = False,
    lang: Language = Lang.ZH,
) -> int:
    """Screen the cadres: who may hold which post, who may not, and why."""
    desk = Desk(lang.value)
    check_outputs({"--json": json_out, "--xlsx": xlsx_out}, [round_path], force=force)
    background = Background.of(read_round(round_path), desk.language)
    show_screening(desk, background)
    if json_out is not None:
        write_file(desk, words.SCREENING_FILE, json_out, json_bytes(document_of(background)))
    if xlsx_out is not None:
        write_file(desk, words.SCREENING_FILE, xlsx_out, screening_of(background))
    return Status.DONE


def document_of(background: Background) -> dict[str, Any]:
    """Return a screening as data: every refusal with what it covers and why, and the roles open to each cadre."""
    roles = open_roles(background)
    return {
        "round": background.round.id,
        "round_digest": background.round.digest,
        "rules": [item.document() for item in background.book.screening],
        "screening": [_entry(background, refusal) for refusal in background.screening.refusals],
        "cadres": [
            {"cadre": cadre, "roles": roles.get(cadre, [])} for cadre in background.round.facts.people
        ],
    }


def _entry(background: Background, refusal: Refusal) -> dict[str, Any]:
    rule = next(item.rule for item in background.book.screening if item.rule.id == refusal.rule)
    entry = {
        "cadre": refusal.cadre,
        "roles": list(refusal.roles) if refusal.roles else None,
        "village": refusal.village,
        "township": "/".join(refusal.township) if refusal.township else None,
        "everywhere": refusal.everywhere,
        "rule": refusal.rule,
        "covers": {
            language: Names(background.round.facts, language).scope(refusal) for language in ("zh", "en")
        },
        "reason": {language: rule.say(refusal.data, language) for language in ("zh", "en")},
    }
    return {key: value for key, value in entry.items() if value is not None}
