"""Only regular files are opened, only the one that is named, inflated within a budget."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import sys
import zlib
from pathlib import Path

import pytest
import zstandard

from crmclean.core.errors import CrmCleanError
from crmclean.formats import source as source_module
from crmclean.formats.source import open_source
from crmclean.plugins import ReadOptions
from crmclean.stages.read import read

_BUDGET = 64 * 1024**2
_TEXT = b"Firma;PLZ\r\nAdler Muster;01067\r\n"


def _refused(path: str, budget: int = _BUDGET) -> CrmCleanError:
    with pytest.raises(CrmCleanError) as caught:
        open_source(path, budget)
    return caught.value


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(_TEXT)
    found = open_source(str(path), _BUDGET)
    assert (found.data, found.compression, found.size_bytes) == (_TEXT, "", len(_TEXT))
    assert found.sha256 == hashlib.sha256(_TEXT).hexdigest()
    assert found.identity == (path.stat().st_dev, path.stat().st_ino)


@pytest.mark.parametrize(
    ("packed", "kind"),
    [
        (gzip.compress(_TEXT, mtime=0), "gz"),
        (gzip.compress(_TEXT[:9], mtime=0) + gzip.compress(_TEXT[9:], mtime=0) + b"\0" * 8, "gz"),
        (zstandard.compress(_TEXT), "zst"),
        (zstandard.compress(_TEXT[:9]) + zstandard.compress(_TEXT[9:]), "zst"),
    ],
)
def test_compressed_files_are_inflated_by_content(tmp_path: Path, packed: bytes, kind: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(packed)
    found = open_source(str(path), _BUDGET)
    assert (found.data, found.compression, found.size_bytes) == (_TEXT, kind, len(packed))


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_cut_or_damaged_archive_is_refused(tmp_path: Path, pack: object) -> None:
    packed = pack(os.urandom(100_000))  # type: ignore[operator]
    path = tmp_path / "a.gz"
    path.write_bytes(packed[:-5000])
    assert (_refused(str(path)).code, _refused(str(path)).exit_code) == ("truncated-file", 3)
    path.write_bytes(packed[:10] + b"\xff" * 50 + packed[60:])
    assert _refused(str(path)).exit_code == 3


@pytest.mark.parametrize("level", ["gz", "zst"])
def test_a_bomb_is_refused(tmp_path: Path, level: str) -> None:
    path = tmp_path / "a.csv.gz"
    if level == "gz":
        packer = zlib.compressobj(9, wbits=31)
        packed = b"".join(packer.compress(bytes(1024**2)) for _ in range(512)) + packer.flush()
    else:
        packed = zstandard.compress(bytes(512 * 1024**2))
    path.write_bytes(packed)
    error = _refused(str(path), 2 * 1024**3)
    assert (error.code, error.exit_code) == ("limit-exceeded", 7)


def test_the_budget_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(_TEXT * 100)
    assert _refused(str(path), 1000).exit_code == 7
    path.write_bytes(gzip.compress(os.urandom(5000)))
    assert _refused(str(path), 4000).exit_code == 7


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    cases = {
        str(tmp_path): "not-a-file",
        str(tmp_path / "fifo"): "not-a-file",
        "/dev/zero": "not-a-file",
        str(tmp_path / "dangling"): "file-not-found",
        str(tmp_path / "loop"): "not-a-file",
        str(tmp_path / "missing.csv"): "file-not-found",
        str(tmp_path / "missing.csv" / "x"): "file-not-found",
        "x" * 5000: "file-not-found",
        "a\0b": "file-not-found",
        "https://example.org/export.csv": "not-a-file",
        "s3://bucket/export.csv": "not-a-file",
    }
    for path, code in cases.items():
        error = _refused(path)
        assert (error.code, error.exit_code) == (code, 3), path
        assert error.hint is not None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused_with_mode_and_owner(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(_TEXT)
    path.chmod(0)
    error = _refused(str(path))
    assert error.code == "permission-denied"
    assert "mode ----------" in error.message()


@pytest.mark.parametrize("name", ["[1]*.csv", "-x.csv", "a\nb.csv", "<b>$(x).csv", "q?.csv", b"\xff.csv"])
def test_odd_names_are_that_one_file(tmp_path: Path, name: str | bytes) -> None:
    path = os.path.join(os.fsencode(tmp_path), os.fsencode(name))  # noqa: PTH118 - a name that is no text
    Path(os.fsdecode(path)).write_bytes(_TEXT)
    table = read(os.fsdecode(path), ReadOptions(known_headers=frozenset({"firma", "plz"})))
    assert table.frame.rows() == [("Adler Muster", "01067")]
    assert table.file.path.isprintable()


def test_a_change_while_reading_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(_TEXT)
    original = source_module._read_all

    def slow(file: io.FileIO, size: int) -> bytes:
        data = original(file, size)
        with path.open("ab") as more:
            more.write(b"late")
        return data

    monkeypatch.setattr(source_module, "_read_all", slow)
    assert (_refused(str(path)).code, _refused(str(path)).exit_code) == ("input-changed", 3)


def test_stdin_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(_TEXT, mtime=0))))
    found = open_source("-", _BUDGET)
    assert (found.data, found.path, found.identity) == (_TEXT, None, None)
    monkeypatch.setattr(sys, "stdin", None)
    assert _refused("-").exit_code == 3


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n \t\n", b"\0" * 8192])
def test_nothing_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(CrmCleanError) as caught:
        read(str(path), ReadOptions())
    assert (caught.value.code, caught.value.exit_code) == ("empty-file", 3)
