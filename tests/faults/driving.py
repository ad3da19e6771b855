"""How the fault tests run crmclean, and what they ask of every run, whatever the fault."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from crmclean.__main__ import run_and_report
from crmclean.core.catalogue import describe

AS_OF = ("--as-of", "2026-01-31")
# FILE[:LINE[:COLUMN]]: code: what. Hint: what to do next. The file's name may hold anything but a line break.
MESSAGE = re.compile(r"(?:(?P<where>[^\n]+?)(?::(?P<line>\d+))?: )?(?P<code>[a-z]+(?:[-.][a-z]+)*): \S[^\n]*")
HEAD = "Nr;Firma;PLZ;Ort\n"
ROWS = "".join(f"{n};Adler {n} GmbH;01067;Dresden\n" for n in range(1, 6))
GOOD = HEAD + ROWS  # a table without any fault: header in line 1, records in lines 2 to 6


@dataclass(frozen=True)
class Outcome:
    """What a run said and left behind."""

    code: int
    out: str
    err: str
    folder: Path
    files: tuple[str, ...] = field(default=())

    @property
    def manifest(self) -> dict[str, Any]:
        """Its manifest."""
        return json.loads((self.folder / "manifest.json").read_bytes())  # type: ignore[no-any-return]

    @property
    def rejects(self) -> list[tuple[int, str]]:
        """Line and code of every rejected line."""
        return [(int(row["line"]), row["code"]) for row in self.rows("rejects.csv")]

    @property
    def notes(self) -> set[str]:
        """Codes of what was found about the file."""
        return {note["code"] for note in json.loads((self.folder / "report.json").read_bytes())["notes"]}

    @property
    def findings(self) -> list[tuple[str, str, str]]:
        """Row, column and code of every finding."""
        return [(row["row"], row["column"], row["code"]) for row in self.rows("findings.csv")]

    def rows(self, name: str) -> list[dict[str, str]]:
        """A side file."""
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, strict=True))

    def cells(self, encoding: str = "utf-8", delimiter: str = ";") -> list[list[str]]:
        """The cleaned file as Python's own strict parser reads it; the encoding's byte order mark left out."""
        text = next(self.folder.glob("cleaned.*")).read_bytes().decode(encoding).removeprefix("\ufeff")
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


class Driver:
    """Runs the command line in this process and holds every message against the form all messages have."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def file(self, data: bytes | str, name: str = "export.csv") -> Path:
        """A file of this content."""
        path = self.folder / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def __call__(self, *arguments: str | Path, folder: Path | None = None) -> Outcome:
        """Run any command."""
        self._capsys.readouterr()
        code = run_and_report([str(argument) for argument in arguments])
        said = self._capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", said.out + said.err), "control characters on the terminal"
        place = folder or self.folder
        files = tuple(sorted(path.name for path in place.iterdir())) if place.is_dir() else ()
        return Outcome(code, said.out, said.err, place, files)

    def run(self, export: Path | str, *more: str | Path) -> Outcome:
        """``crmclean run``, quietly, into the folder ``out``."""
        out = self.folder / "out"
        return self("run", export, "-o", out, "-q", *AS_OF, *more, folder=out)

    def undone(self, done: Outcome) -> bytes:
        """What ``crmclean undo`` makes of a run."""
        back = self.folder / "back"
        back.unlink(missing_ok=True)
        again = self("undo", done.folder, "-o", back, "-q")
        assert again.code == 0, again.err
        return back.read_bytes()

    def refused(self, outcome: Outcome, exit_code: int, *codes: str) -> None:
        """Exactly one well-formed line with one of these codes, and nothing written."""
        assert outcome.code == exit_code, outcome.err
        assert_message(outcome.err, *codes)
        assert outcome.out == ""
        assert outcome.files == (), outcome.files
        assert_no_leavings(self.folder)


def assert_message(said: str, *codes: str) -> None:
    """One line: ``FILE[:LINE]: code: what. Hint: …`` with one of these codes."""
    assert said.count("\n") == 1, said
    match = MESSAGE.fullmatch(said.rstrip("\n"))
    assert match, said
    assert not codes or match["code"] in codes, said
    describe(match["code"])  # each code has a page: KeyError else
    assert " Hint: " in said or " Tipp: " in said, said


def assert_no_leavings(folder: Path) -> None:
    """No temporary, lock or journal of ours is left below a folder."""
    assert [str(path) for path in folder.rglob(".crmclean*")] == []


def assert_conserved(data: bytes, done: Outcome, encoding: str = "utf-8") -> None:
    """I01: lines of the input = header and preamble + records + rejects + blank lines."""
    n_lines = _n_ends(data.decode(encoding, "backslashreplace").removeprefix("\ufeff"), r"|[^\r\n]\Z")
    manifest = done.manifest
    layout, counts = manifest["layout"], manifest["counts"]
    n_head = len(layout["preamble"]) + layout["has_header"]
    n_blank = len(layout["blank_lines"])
    assert counts["rejects"] == len(done.rejects)
    n_more = sum(_n_ends(row["raw"]) for row in done.rows("rejects.csv"))
    if not counts["rejects"]:
        n_more += sum(map(_n_ends, re.findall('"[^"]*"', data.decode(encoding))))
    assert n_lines == n_head + counts["rows"] + counts["rejects"] + n_more + n_blank


def _n_ends(text: str, or_else: str = "") -> int:
    return len(re.findall(rf"\r\n|\n|\r{or_else}", text))


def process(
    *arguments: str | Path | bytes, env: dict[str, str] | None = None, prefix: Sequence[str] = (), **more: Any
) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own, in the environment given and no other."""
    command = [*prefix, sys.executable, "-m", "crmclean", *arguments]
    surroundings = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **(env or {})}
    how: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 60, **more}
    return subprocess.run(command, env=surroundings, check=False, **how)
