"""``explain DIR ROW ROW``, several exports and the state on the command line. All records are made up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Command

from crmclean.formats.state import DIFFERENT, Decision, State

KUNDEN = Path(__file__).parents[2] / "examples" / "duplicates" / "kunden.csv"


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crmclean: Command) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(KUNDEN, tmp_path / "kunden.csv")
    assert crmclean("dedupe", "kunden.csv", "-o", "out", "--country", "DE")[0] == 0
    return tmp_path / "out"


def bits(page: str) -> dict[str, float]:
    """The weights of a page, by line."""
    rows = [line.rsplit(maxsplit=1) for line in page.splitlines() if line.startswith("  ")]
    return {
        row[0].strip(): float(row[1]) for row in rows if len(row) == 2 and row[1][:1] in "+-" and row[1][1:2].isdigit()
    }


def test_the_weights_add_up(job: Path, crmclean: Command) -> None:
    for pair in ((1, 3), (9, 10), (1, 2), (4, 13)):
        code, page, _ = crmclean("explain", job, *map(str, pair))
        assert code == 0
        weights = bits(page)
        total = next(name for name in weights if name.startswith("sum in bits"))
        assert sum(weights.values()) - weights[total] == pytest.approx(weights[total], abs=0.7)  # each is rounded


def test_it_says_what_became_of_the_pair_and_what_is_missing(job: Path, crmclean: Command) -> None:
    _, page, _ = crmclean("explain", job, "1001", "1003")
    assert "duplicates without a question; in one cluster" in page
    _, page, _ = crmclean("explain", job, "1001", "1002")
    assert "contradicting ids (VAT id, Register number)" in page
    assert "bits are missing to be listed" in page
    _, page, _ = crmclean("explain", job, "1001", "1016")
    assert "no key in common: they were never compared" in page


def test_rows_and_ids_name_the_same_records(job: Path, crmclean: Command) -> None:
    assert crmclean("explain", job, "1", "3") == crmclean("explain", job, "1001", "1003")


def test_values_are_shown_only_when_asked_for(job: Path, crmclean: Command) -> None:
    cell = "Lindenhayn"
    assert cell not in crmclean("explain", job, "9", "10")[1]
    assert cell in crmclean("explain", job, "9", "10", "--show-values")[1]


def test_it_speaks_german(job: Path, crmclean: Command) -> None:
    _, page, _ = crmclean("--lang", "de", "explain", job, "1001", "1003")
    assert "Dubletten ohne Rückfrage; in einer Gruppe" in page
    assert "Wahrscheinlichkeit 0,9" in page


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("out", "1", "99"), 2, "there is no record '99'"),
        (("out", "1", "1"), 2, "both are the same record"),
        (("out", "1"), 2, "a code, or a folder and two records"),
        (("gone", "1", "2"), 3, "file-not-found"),
        (("no.such-code",), 2, "unknown-code"),
    ],
)
def test_what_is_not_there_is_said(words: tuple[str, ...], code: int, said: str, job: Path, crmclean: Command) -> None:
    found, _, error = crmclean("explain", *words)
    assert (found, said in error) == (code, True)


def test_an_export_that_changed_or_moved_is_asked_for(job: Path, crmclean: Command) -> None:
    export = job.parent / "kunden.csv"
    moved = export.rename(job.parent / "elsewhere.csv")
    assert "name it with --export" in crmclean("explain", job, "1", "2")[2]
    assert crmclean("explain", job, "1", "2", "--export", moved)[0] == 0
    moved.write_bytes(moved.read_bytes().replace(b"1001", b"1099"))
    assert crmclean("explain", job, "1", "2", "--export", moved)[0] == 3


def test_decisions_in_the_folder_hold_in_the_next_run(job: Path, crmclean: Command) -> None:
    pairs = (job / "pairs.csv").read_text("utf-8").splitlines()
    first = next(line for line in pairs if line.startswith("1,3,")).split(",")
    with State(job / "state.sqlite") as state:
        evidence = f"{first[-2]} {first[-1]}"
        state.decide([Decision("1001", "1003", DIFFERENT, evidence, "a", "2026-01-31T00:00:00Z")])
    code, _, said = crmclean("dedupe", "kunden.csv", "-o", "out", "--country", "DE")
    assert (code, "1 decision applied" in said) == (0, True)
    assert "1001" not in (job / "duplicates.csv").read_text("utf-8")
    assert "decided by a person: not the same" in crmclean("explain", job, "1001", "1003")[1]


def test_several_exports_are_told_apart(job: Path, crmclean: Command) -> None:
    lines = (job.parent / "kunden.csv").read_text("utf-8").splitlines(keepends=True)
    (job.parent / "a.csv").write_text("".join(lines[:7]), "utf-8")
    (job.parent / "b.csv").write_text("".join([lines[0], *lines[7:]]), "utf-8")
    assert crmclean("dedupe", "a.csv", "b.csv", "--link", "-o", "both", "--country", "DE")[0] == 0
    pairs = (job.parent / "both" / "pairs.csv").read_text("utf-8").splitlines()
    assert pairs[0].startswith("file_a,row_a,file_b,row_b,")
    assert {tuple(line.split(",")[0:3:2]) for line in pairs[1:]} == {("a.csv", "b.csv")}
    assert crmclean("explain", "both", "a.csv:1", "b.csv:1")[0] == 0
    assert "records are called '1'" in crmclean("explain", "both", "1", "2")[2]


@pytest.mark.parametrize("words", [("kunden.csv", "--link"), ("kunden.csv", "kunden.csv")])
def test_one_export_is_not_several(words: tuple[str, ...], job: Path, crmclean: Command) -> None:
    assert crmclean("dedupe", *words, "-o", "other")[0] == 2
    assert not (job.parent / "other").exists()
