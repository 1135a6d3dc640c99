"""Guessing passwords takes ever longer: by account, and by the address that guesses."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from api.access import keys
from api.access.repository import attempts as repository
from api.access.repository.attempts import Attempts
from api.problems import Refused
from api.storage.session import writing

if TYPE_CHECKING:
    from api.state import Service

_PURPOSE: Final = "login attempts"
_DAY_MS: Final = 86_400_000
#: Seconds of the first delay, which doubles with each failure, and of the longest.
_FIRST: Final = 1
_LONGEST: Final = 900


class Attempt:
    """One attempt at a password: counted as failed before the password is looked at, however many come at once.

    Parameters
    ----------
    name
        The account that is named, whether there is one or not.
    address
        Who asks.
    """

    def __init__(self, service: Service, name: str, address: str) -> None:
        self._service = service
        settings = service.settings
        self._account = service.secrets.mac(_PURPOSE, f"account {name}")
        self._address = service.secrets.mac(_PURPOSE, f"address {address}")
        self._free = {self._account: settings.account_tries, self._address: settings.address_tries}

    def begin(self) -> None:
        """Count it.

        Raises
        ------
        Refused
            With the code ``login_delayed``, where it comes too soon after others; then it is not counted.
        """
        now = keys.now()
        with writing(self._service.database) as connection:
            # In one order, so that no two wait for each other.
            found = {mac: repository.locked(connection, mac) for mac in sorted(self._free)}
            until = max(attempts.until for attempts in found.values())
            if until > now:
                raise _delayed(until - now)
            for mac, attempts in found.items():
                failures = _failures(attempts, now) + 1
                delay = _delay(failures - self._free[mac])
                repository.put(connection, mac, Attempts(failures, now + delay * 1000))

    def succeed(self) -> None:
        """Forget what failed at the account; at the address, only that this one did."""
        now = keys.now()
        with writing(self._service.database) as connection:
            for mac in sorted(self._free):
                if mac == self._account:
                    repository.forget(connection, mac)
                else:
                    repository.take_back(connection, mac, now)
        with writing(self._service.database) as connection:
            repository.forget_old(connection, now - _DAY_MS)


def _failures(attempts: Attempts, now: int) -> int:
    """Return how many failures still count: none after a quiet day."""
    return 0 if attempts.until < now - _DAY_MS else attempts.failures


def _delay(beyond: int) -> int:
    """Return the seconds to wait after so many failures more than are free."""
    return 0 if beyond < 1 else int(min(_FIRST * 2 ** min(beyond - 1, 30), _LONGEST))


def _delayed(milliseconds: int) -> Refused:
    seconds = max(1, math.ceil(milliseconds / 1000))
    return Refused("login_delayed", headers={"Retry-After": str(seconds)}, seconds=seconds)
