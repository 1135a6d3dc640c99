"""What the service refuses, said as the command line says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.jobs.refusals import JobsRefused
from api.refusals import ServiceRefused
from api.storage.refusals import StorageRefused
from matcher.cli.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.codes import Language


@dataclass(frozen=True, slots=True)
class _Told(Refusal):
    """A refusal whose sentences come from an error."""

    error: StorageRefused | JobsRefused | ServiceRefused | None = None

    def sentence(self, language: Language) -> str:
        """Return what is wrong."""
        return "" if self.error is None else self.error.sentence(language)

    def remedy(self, language: Language) -> str:
        """Return what to do about it."""
        return "" if self.error is None else self.error.remedy(language)


def refusals_of(error: BaseException) -> Iterable[Refusal]:
    """Return what an error of the service refuses; nothing for one that is no refusal."""
    if isinstance(error, StorageRefused | JobsRefused | ServiceRefused):
        return [_Told(error.code, error=error)]
    return []
