"""States and reasons: what there is to say about each."""

from __future__ import annotations

import string
from typing import get_args

import pytest

from api.jobs.reasons import REASONS, reason_text, remedy, sentence
from api.jobs.refusals import REFUSALS, JobsRefused
from api.jobs.states import ENDED, LIVE, State, before


def test_every_state_but_the_ended_ones_leads_on() -> None:
    states = set(get_args(State))
    reached = {state: before(state) for state in states}
    assert {source for sources in reached.values() for source in sources} == states - ENDED
    assert all(LIVE & reached[state] for state in ENDED)


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_is_said_in_both_languages(code: str) -> None:
    wording = REASONS[code]
    names = {name for _, name, _, _ in string.Formatter().parse(wording.sentence.en) if name}
    text = reason_text(dict.fromkeys(names, 3))
    for language in ("zh", "en"):
        assert sentence(code, text, language)
        assert remedy(code, text, language)


def test_a_reason_is_said_with_its_details() -> None:
    text = reason_text({"deaths": 3, "attempts": 4})
    assert (
        sentence("too_many_attempts", text, "zh") == "求解进程多次中断而没有进展（进程死亡 3 次，尝试 4 次）"
    )
    assert sentence("cancelled", None, "en") == "it was cancelled"


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_is_said_in_both_languages(code: str) -> None:
    refused = JobsRefused(code, name="w-1")
    assert str(refused) == f"{refused.sentence('en')} – {refused.remedy('en')}"
    assert refused.sentence("zh") != refused.sentence("en")
