"""Files appear whole or not at all."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from matcher.problems import InvalidInput
from matcher.tables import whole_file, whole_folder, write_csv, write_whole
from tests.tables.samples import small_round

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_takes_its_place_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_whole(path, b"old")
    path.chmod(0o640)
    with whole_file(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [item.name for item in tmp_path.iterdir()] == ["a.txt"]


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.txt", b"x")
    (tmp_path / "b.txt").write_bytes(b"x")
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "b.txt").stat().st_mode


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_what_fails_leaves_nothing(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(error):
        _fail_in_a_file(path, error)
    assert path.read_bytes() == b"old"
    with pytest.raises(error):
        _fail_in_a_folder(tmp_path / "folder", error)
    assert [item.name for item in tmp_path.iterdir()] == ["a.txt"]


def _fail_in_a_file(path: Path, error: type[BaseException]) -> None:
    with whole_file(path) as file:
        file.write(b"half")
        raise error


def _fail_in_a_folder(path: Path, error: type[BaseException]) -> None:
    with whole_folder(path, is_ours=lambda _: True) as folder:
        (folder / "a.csv").write_bytes(b"half")
        raise error


def test_nobody_sees_a_part(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    write_whole(path, b"0" * 200_000)
    seen: set[tuple[int, bytes]] = set()
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            data = path.read_bytes()
            seen.add((len(data), data[:1] + data[-1:]))

    watcher = threading.Thread(target=look)
    watcher.start()
    for digit in b"123456789":
        write_whole(path, bytes([digit]) * 200_000)
    stop.set()
    watcher.join()
    assert all(length == 200_000 and ends[:1] == ends[1:] for length, ends in seen)


def test_a_folder_of_ours_is_replaced(tmp_path: Path) -> None:
    write_csv(small_round(), tmp_path / "round", "en")
    assert (tmp_path / "round" / "Cadres.csv").exists()
    write_csv(small_round(), tmp_path / "round", "zh")
    assert not (tmp_path / "round" / "Cadres.csv").exists()
    assert (tmp_path / "round" / "干部表.csv").exists()
    assert [item.name for item in tmp_path.iterdir()] == ["round"]
    (tmp_path / "empty").mkdir()
    write_csv(small_round(), tmp_path / "empty")


@pytest.mark.parametrize("name", ["photo.jpg", "我的.csv", "干部表.txt"])
def test_a_folder_of_others_is_left_alone(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "round"
    write_csv(small_round(), folder)
    (folder / name).write_bytes(b"mine")
    before = sorted(item.name for item in folder.iterdir())
    with pytest.raises(InvalidInput) as caught:
        write_csv(small_round(), folder)
    assert caught.value.problems[0].code == "folder_not_ours"
    assert sorted(item.name for item in folder.iterdir()) == before
    assert [item.name for item in tmp_path.iterdir()] == ["round"]


def test_a_file_or_a_folder_with_folders_is_no_folder_of_ours(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "deep" / "干部表.csv").mkdir(parents=True)
    for name in ("file", "deep"):
        with pytest.raises(InvalidInput):
            write_csv(small_round(), tmp_path / name)
