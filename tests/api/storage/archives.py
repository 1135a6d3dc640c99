"""Looking into archives of backups, and changing them."""

from __future__ import annotations

import io
import json
import tarfile
from typing import TYPE_CHECKING, Any

from api.storage import archive
from api.storage.canonical import canonical_json, digest_of
from api.storage.session import reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import sqlalchemy as sa


def contents(database: sa.Engine) -> dict[str, archive.Content]:
    """Return what stands in every table."""
    with reading(database) as connection:
        return {table.name: archive.content_of(connection, table) for table in archive.TABLES}


def members(file: Path) -> dict[str, bytes]:
    """Return the files of an archive."""
    with tarfile.open(file) as packed:
        return {entry.name: packed.extractfile(entry).read() for entry in packed}  # type: ignore[union-attr]


def write(file: Path, parts: dict[str, bytes]) -> None:
    """Write an archive of files."""
    with tarfile.open(file, "w:gz") as packed:
        for name, content in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            packed.addfile(entry, io.BytesIO(content))


def edited(file: Path, name: str, edit: Callable[[bytes], bytes], **fields: Any) -> None:
    """Change one file of an archive, with a manifest that agrees to it and says ``fields``."""
    parts = members(file)
    parts[name] = edit(parts[name])
    manifest = json.loads(parts["manifest.json"])
    del manifest["digest"]
    content = archive.counted(iter(parts[name].splitlines(keepends=True)))
    manifest["tables"][name.removesuffix(".jsonl")] = {"rows": content.rows, "sha256": content.sha256}
    manifest |= fields
    parts["manifest.json"] = canonical_json(
        {**manifest, "digest": digest_of(canonical_json(manifest))}
    ).encode()
    write(file, parts)
