"""Cells that hold several things: lists of codes and words, and maps such as ``党建5、政法2``.

Items are separated by 、 , ， ; ； or a new line. An item that holds one of these signs itself is written
in straight quotes; names of codes that hold one (中小学教师、县级医院医护) are known and need none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from matcher.tables.folding import BLANK_WORDS, exactly, filled, folded, literal, quoted, trimmed, unquoted
from matcher.tables.scalars import read_yes_no, text_of
from matcher.tables.wrong import Wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from matcher.codes import CodeList

SEPARATORS = "、,，;；\n"
_ITEM = re.compile(rf'(?:"(?:[^"\\]|\\.)*"|[^{SEPARATORS}])+')
_SPECIAL = re.compile(rf'[{SEPARATORS}"]')
_LEVEL = re.compile(r"(.+?)[\s:=(]*(\d+(?:\.\d+)?)\s*级?\s*\)?")
_AFTER_LEVEL = re.compile(r"(?<=[\d级)])[ /]+(?=[^\s\d)])")
#: What people put between names besides the separators.
_LOOSE = re.compile(r"[\s/|｜]+")
_ANSWER = re.compile(r'("(?:[^"\\]|\\.)*"|.*?)\s*(?:[:：=＝]\s*([^:：=＝]*))?', re.DOTALL)


def items_of(text: str) -> list[str]:
    """Return the items of a cell, trimmed, without those that only say that there is nothing."""
    items = (trimmed(item) for item in _ITEM.findall(text))
    return [item for item in items if item and item not in BLANK_WORDS]


class Known:
    """The names that mean a code: written in a cell, each is read as its code.

    Parameters
    ----------
    codes
        A code list, whose names in both languages and aliases are understood.
    own
        Names and codes of the round's own, which go first.
    open_
        True when a word that nobody knows is kept as it is, for others to judge.
    """

    def __init__(
        self, codes: CodeList | None, own: Mapping[str, str] | None = None, *, open_: bool = False
    ) -> None:
        self.codes = codes
        self.own = dict(own or {})
        self.open = open_
        self._with_signs = self._names_with_signs()

    def code(self, word: str) -> str:
        """Return the code that ``word`` means.

        Raises
        ------
        Wrong
            Where it means none and the list is not an open one.
        """
        if word in self.own:
            return self.own[word]
        found = self.codes.find(folded(word)) if self.codes else None
        if found is not None:
            return found
        if self.open or self.codes is None:
            return word
        near = self.codes.nearest(word)
        raise Wrong("unknown_code", word, list=self.codes.name, nearest=near.code if near else "")

    def item(self, item: str) -> str:
        """Return the code that an item of a list means; in quotes, only the code itself is meant."""
        text = unquoted(item) if item.startswith('"') else None
        return self.code(item) if text is None else text

    def items(self, item: str) -> list[str]:
        """Return the codes that an item means: several where nothing but blanks or strokes stand between names."""
        words = _LOOSE.split(item)
        if (
            len(words) > 1
            and not item.startswith('"')
            and not self.means(item)
            and all(map(self.means, words))
        ):
            return [self.code(word) for word in words]
        return [self.item(item)]

    def means(self, word: str) -> bool:
        """Return whether ``word`` is known to mean a code."""
        return word in self.own or (self.codes is not None and self.codes.find(folded(word)) is not None)

    def protected(self, text: str) -> str:
        """Return ``text`` with the known names that hold a separator replaced by their codes."""
        if self._with_signs is None or not _SPECIAL.search(text):
            return text
        pattern, names = self._with_signs

        def as_code(match: re.Match[str]) -> str:
            # What is in quotes is meant as it stands, even where a name looks like a part of it.
            return match[0] if match[1] else quoted(names["".join(match[0].split()).casefold()])

        return pattern.sub(as_code, text)

    def _names_with_signs(self) -> tuple[re.Pattern[str], dict[str, str]] | None:
        listed = self.codes.codes if self.codes else ()
        names = {name: code.code for code in listed for name in (code.zh, code.en, *code.aliases)}
        names |= self.own
        names = {name: code for name, code in names.items() if _SPECIAL.search(name)}
        if not names:
            return None
        longest_first = sorted(names, key=len, reverse=True)
        words = "|".join(r"\s*".join(map(re.escape, name.split())) for name in longest_first)
        signs = SEPARATORS
        item = rf'("(?:[^"\\]|\\.)*")|(?:{words})'
        pattern = re.compile(rf"(?<![^{signs}\s])(?:{item})(?=\s*(?:[{signs}:：=＝]|$))", re.IGNORECASE)
        return pattern, {"".join(name.split()).casefold(): code for name, code in names.items()}


def codes_reader(known: Known) -> Callable[[Any], list[str]]:
    """Return the reader of a list of codes."""

    def read(cell: Any) -> list[str]:
        return [code for item in items_of(known.protected(text_of(cell))) for code in known.items(item)]

    return read


def read_names(cell: Any) -> list[str]:
    """Return the words of a list, each trimmed."""
    return _words(text_of(cell), _name, _strict(_name))


def read_ids(cell: Any) -> list[str]:
    """Return the ids of a list, each folded."""
    return _words(text_of(cell), filled, _strict(filled))


def _words(text: str, plain: Callable[[str], str | None], strict: Callable[[str], str | None]) -> list[str]:
    words = (literal(item, plain, strict) for item in items_of(text))
    return [word for word in words if word]


def _name(text: str) -> str | None:
    result = trimmed(text)
    return result if result and result not in BLANK_WORDS else None


def _strict(plain: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """Return the judge of what may stand in a list without quotes."""
    return lambda text: None if _SPECIAL.search(text) else plain(text)


def write_names(words: Iterable[str], separator: str) -> str:
    """Return the cell that :func:`read_names` reads as ``words``."""
    return separator.join(exactly(word, _strict(_name)) for word in words)


def write_ids(words: Iterable[str], separator: str) -> str:
    """Return the cell that :func:`read_ids` reads as ``words``."""
    return separator.join(exactly(word, _strict(filled)) for word in words)


def levels_reader(codes: CodeList) -> Callable[[Any], dict[str, int]]:
    """Return the reader of a map from specialty to level: ``党建5、政法2``."""
    known = Known(codes)

    def read(cell: Any) -> dict[str, int]:
        levels: dict[str, int] = {}
        for item in items_of(_AFTER_LEVEL.sub("、", folded(text_of(cell)))):
            match = _LEVEL.fullmatch(item)
            if match is None:
                raise Wrong("level_missing" if codes.find(item) else "bad_entry", item)
            code = known.code(trimmed(match[1]))
            if code in levels:
                raise Wrong("repeated_key", item)
            levels[code] = read_level(match[2])
        return levels

    return read


def read_level(cell: Any) -> int:
    """Return the level of one specialty."""
    text = folded(text_of(cell)).removesuffix("级")
    if not re.fullmatch(r"\d{1,9}(\.0*)?", text):
        raise Wrong("not_a_whole_number", text)
    return int(float(text))


def answers_reader(known: Known) -> Callable[[Any], dict[str, bool | None]]:
    """Return the reader of a map from condition to yes, no or blank; a condition alone is met."""

    def read(cell: Any) -> dict[str, bool | None]:
        answers: dict[str, bool | None] = {}
        for item in items_of(known.protected(text_of(cell))):
            match = _ANSWER.fullmatch(item)
            if match is None or not match[1]:
                raise Wrong("bad_entry", item)
            code = known.item(trimmed(match[1]))
            if code in answers:
                raise Wrong("repeated_key", item)
            answers[code] = True if match[2] is None else read_yes_no(match[2])
        return answers

    return read
