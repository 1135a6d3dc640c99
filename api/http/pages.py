"""Lists that are given page by page, each with the cursor of the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from api.http import cursors
from api.http.idempotency import Answer
from api.state import service_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fastapi import Request
    from starlette.responses import Response

    from api.access.guard import Caller

    _Item = TypeVar("_Item")


class Page:
    """One page of a list.

    Parameters
    ----------
    name
        The name of the list.
    size
        How many items it has at most.
    cursor
        Where it begins; blank for the beginning.
    kept
        What else makes the list what it is: its filters, what it is about.

    Attributes
    ----------
    after
        The position after which it begins; None for the beginning.
    most
        How many items are to be looked for: one more than are shown, to know whether others follow.

    Raises
    ------
    Refused
        With the code ``bad_cursor``.
    """

    def __init__(
        self, request: Request, caller: Caller, name: str, size: int, cursor: str, **kept: Any
    ) -> None:
        self._request = request
        self._secrets = service_of(request).secrets
        self._list: Mapping[str, Any] = {"list": name, "of": caller.principal, **kept}
        self._size = size
        self.after: Any = cursors.position_of(self._secrets, self._list, cursor)
        self.most = size + 1

    def response(
        self,
        found: Sequence[_Item],
        show: Callable[[_Item], Mapping[str, Any]],
        position: Callable[[_Item], Any] = lambda item: item.id,  # type: ignore[attr-defined]
    ) -> Response:
        """Return the answer.

        Parameters
        ----------
        found
            The items, as many as ``most``.
        show
            Makes data of an item.
        position
            What the next page begins after, where an item is the last of this one.
        """
        items, following = found[: self._size], None
        if len(found) > self._size:
            following = cursors.cursor(self._secrets, self._list, position(items[-1]))
        headers = cursors.next_link(self._request, following) if following else {}
        return Answer(200, {"items": [show(item) for item in items], "next": following}, headers).response()
