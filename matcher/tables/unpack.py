"""A workbook's package, unpacked under guard: nothing reaches a parser that was not counted first.

A workbook is a zip archive that anybody may have made. Its parts are really inflated here, up to a limit
(what the archive says about sizes is not believed), and document types, which could define entities, are
refused. Readers get these parts and nothing else.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, NoReturn

from matcher.problems import InvalidInput, Location, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.tables.limits import Limits

_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DECLARATION = re.compile(rb"<!(?!--|\[CDATA\[)")
_PICTURES = re.compile(
    r"(?i)(^|/)(media|drawings|charts|embeddings|printersettings|customxml|docprops|theme)/"
)
_BOOK = re.compile(r"(^|/)workbook\w*\.xml$")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def unpack(path: Path, limits: Limits, *, whole: bool = False) -> dict[str, bytes]:
    """Return the parts of the workbook at ``path``, by name.

    Parameters
    ----------
    path
        The workbook.
    limits
        How much it may hold.
    whole
        True for every part, pictures and all; else only those that its cells are read from.

    Raises
    ------
    InvalidInput
        When it is no workbook, or one that must not be opened.
    """
    data = read_bytes(path, limits.file_bytes)
    if data.startswith(_OLE):
        refuse(
            "encrypted_workbook" if "EncryptedPackage".encode("utf-16-le") in data else "old_workbook", path
        )
    if not data.startswith(b"PK"):
        refuse("not_a_workbook", path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _judge(archive, path, limits)
            return _inflate(archive, path, limits, whole=whole)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        if isinstance(error, InvalidInput):
            raise
        refuse("damaged_workbook", path)


def repacked(parts: dict[str, bytes]) -> io.BytesIO:
    """Return a package of exactly ``parts``, not compressed, for a reader that wants an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    buffer.seek(0)
    return buffer


def read_bytes(path: Path, most: int) -> bytes:
    """Return the content of a file of at most ``most`` bytes.

    Raises
    ------
    InvalidInput
        When there is no such file, it can't be read, or it is larger.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError:
        refuse("file_missing", path)
    except OSError as error:
        refuse("file_unreadable", path, message=str(error.strerror or error))
    if len(data) > most:
        refuse("file_too_large", path, most=_megabytes(most))
    if not data:
        refuse("file_empty", path)
    return data


def refuse(code: str, path: Path, **details: object) -> NoReturn:
    """Raise the one problem ``code`` with a whole file."""
    raise InvalidInput([Problem(code, value=path.name, details=details).at(Location(path.name))])


def _judge(archive: zipfile.ZipFile, path: Path, limits: Limits) -> None:
    """Refuse archives that are no plain workbook, by what their directory says."""
    members = archive.infolist()
    names = [member.filename.lower() for member in members]
    if len(members) > limits.parts:
        refuse("too_many_parts", path, most=limits.parts)
    if len(set(names)) < len(names):
        refuse("damaged_workbook", path)
    if any(member.flag_bits & 1 for member in members):
        refuse("encrypted_workbook", path)
    if any(member.compress_type not in _METHODS for member in members):
        refuse("damaged_workbook", path)
    if any(name.endswith("vbaproject.bin") for name in names):
        refuse("macro_workbook", path)
    if not any(_BOOK.search(name) for name in names):
        refuse(
            "other_workbook" if {"content.xml", "xl/workbook.bin"} & set(names) else "not_a_workbook", path
        )
    if sum(member.file_size for member in members) > limits.unpacked_bytes:
        refuse("unpacks_too_large", path, most=_megabytes(limits.unpacked_bytes))


def _inflate(archive: zipfile.ZipFile, path: Path, limits: Limits, *, whole: bool) -> dict[str, bytes]:
    """Inflate every part, counting; keep those that are asked for."""
    left = limits.unpacked_bytes
    parts: dict[str, bytes] = {}
    for member in archive.infolist():
        is_xml = member.filename.lower().endswith((".xml", ".rels"))
        chunks: list[bytes] = []
        with archive.open(member) as file:
            while chunk := file.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    refuse("unpacks_too_large", path, most=_megabytes(limits.unpacked_bytes))
                if is_xml or whole:
                    chunks.append(chunk)
        data = b"".join(chunks)
        if is_xml and (_DECLARATION.search(data) or b"\0" in data):
            refuse("xml_with_dtd", path, part=member.filename)
        if member.filename.lower() == "[content_types].xml" and b"macroEnabled" in data:
            refuse("macro_workbook", path)
        if whole or (is_xml and not _PICTURES.search(member.filename)):
            parts[member.filename] = data
    return parts


def _megabytes(count: int) -> int:
    return count // 2**20
