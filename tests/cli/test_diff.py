"""``diff`` on the command line, on real files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.cli.conftest import Command

EXAMPLE = Path(__file__).parents[2] / "examples" / "two-exports"
OLD, NEW = EXAMPLE / "montag.csv", EXAMPLE / "dienstag.csv"


def diff(crmclean: Command, *more: str | Path) -> tuple[int, str, str]:
    return crmclean("diff", OLD, NEW, "--country", "DE", *more)


def test_tells_counts_events_and_columns_and_no_value(crmclean: Command) -> None:
    code, said, told = diff(crmclean)
    assert (code, told) == (0, "")
    for part in (
        "lost        3",
        "Telefon → Rufnummer",
        "columns added: Newsletter",
        "repeated-id",
        "11 records (50.0 %)",
    ):
        assert part in said
    assert "example.org" not in said
    assert "hannes.lang@example.org → ∅" in diff(crmclean, "--show-values")[1]


def test_the_same_file_has_no_differences(crmclean: Command) -> None:
    code, said, _ = crmclean("diff", OLD, OLD, "--format", "json", "--fail-on", "lost,removed,changed,added")
    tree = json.loads(said)
    assert (code, tree["added"], tree["removed"], tree["changed"], tree["form"]) == (0, [], [], [], [])


@pytest.mark.parametrize(
    ("gate", "why"),
    [
        ("lost", "3 cells lost"),
        ("removed", "2 records removed"),
        ("changed", "16 cells changed"),
        ("added", "3 records added"),
    ],
)
def test_gates(gate: str, why: str, crmclean: Command) -> None:
    code, _, told = diff(crmclean, "--fail-on", gate)
    assert code == 1
    assert told.startswith(f"failed: {why}")
    assert diff(crmclean, "--fail-on", gate, "--lang", "de")[2].startswith("nicht bestanden: ")


def test_several_gates_and_forms_at_a_file(tmp_path: Path, crmclean: Command) -> None:
    out = tmp_path / "diff.csv"
    code, said, told = diff(crmclean, "--fail-on", "lost", "--fail-on", "added", "--format", "csv", "-o", out)
    assert (code, said) == (1, "")
    assert told.count("failed: ") == 2
    assert "repeated-id" in told
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8"))))
    assert {row["kind"] for row in rows} == {"added", "removed", "changed", "lost", "form"}
    assert out.stat().st_mode & 0o777 == 0o600
    code, _, told = diff(crmclean, "--format", "csv", "-o", out)
    assert (code, "output-exists" in told) == (2, True)
    assert diff(crmclean, "--format", "html", "-o", out, "--force")[0] == 0
    assert out.read_text("utf-8").startswith("<!doctype html>")


def test_never_over_an_input(tmp_path: Path, crmclean: Command) -> None:
    old = tmp_path / "old.csv"
    old.write_bytes(OLD.read_bytes())
    code, _, told = crmclean("diff", old, NEW, "-o", old, "--force")
    assert (code, "same-file" in told) == (2, True)
    assert old.read_bytes() == OLD.read_bytes()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--fail-on", "loss"], "--fail-on does not know 'loss'"),
        (["--format", "pdf"], "there is no form 'pdf'"),
        (["--key", "Kundennummer"], "the file has no column 'Kundennummer'"),
        (["--key", "Ort", "--match"], "contradict"),
    ],
)
def test_wrong_use(options: list[str], said: str, crmclean: Command) -> None:
    code, out, told = diff(crmclean, *options)
    assert (code, out) == (2, "")
    assert said in told


def test_a_key_that_repeats_is_told(crmclean: Command) -> None:
    _, said, _ = diff(crmclean, "--key", "Ort")
    assert "OLD: repeated-id: 24 records share their id" in said
    assert "24 of them not compared" in said


def test_rejected_lines_are_no_removed_records_in_silence(tmp_path: Path, crmclean: Command) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    lines = ["Kundennr;Nachname;Ort", *(f"K{i};Muster{chr(97 + i)};Bonn" for i in range(20))]
    old.write_text("\n".join(lines) + "\n")
    lines[5] += ";too;many"
    new.write_text("\n".join(lines) + "\n")
    code, said, told = crmclean("diff", old, new)
    assert code == 1
    assert "NEW: 1 line rejected" in said
    assert "1 line rejected, 0 allowed" in told
    assert crmclean("diff", old, new, "--max-rejects", "1")[0] == 0
