"""What erasing must not miss: a state of the same name elsewhere, a reader, an empty id, a proof over a file."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.conftest import crmclean as _crmclean_fixture

from crmclean.formats.state import State

Command = Callable[..., tuple[int, str, str]]
crmclean = _crmclean_fixture

ONE, TWIN = "KND-70010001", "KND-70010002"
SAYS = "Ottokar;Zwirnstein;Musterstr. 12;01067;Dresden;o.zwirn@example.org"
EXPORT = f"""Kundennr.;Vorname;Nachname;Straße;PLZ;Ort;E-Mail
{ONE};{SAYS}
{TWIN};{SAYS}
KND-70010003;Eva;Muster;Weg 1;50667;Köln;e@@example.net
KND-70010004;Ohne;Nummer;Weg 2;50667;Köln;ohne@example.net
"""


def _run(crmclean: Command, place: Path, *more: str | Path) -> Path:
    (place / "e.csv").write_text(EXPORT)
    code, _, said = crmclean("run", place / "e.csv", "-o", place / "out", "--country", "DE", *more)
    assert code in (0, 1), said
    return place / "out"


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("against", [False, True])
def test_a_named_history_is_found_although_another_file_has_its_name(
    crmclean: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, against: bool
) -> None:
    monkeypatch.setenv("CRMCLEAN_STATE", str(tmp_path / "states"))
    more = ("--against", tmp_path / "k.state") if against else ()
    out = _run(crmclean, tmp_path, "--history", "nightly", *more)
    states = [tmp_path / "states" / "nightly.sqlite", *([tmp_path / "k.state"] if against else [])]
    assert ONE.encode() in states[-1].read_bytes()  # beside another state a history has hashes only
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    with State(elsewhere / "nightly.sqlite") as other:
        other.remember([("A-1", "c1")], [], ["A-1"])
    (elsewhere / "k.state").write_text("a note")
    code, printed, said = crmclean("erase", out, "--record", ONE)
    assert code == 0, said
    assert not any(ONE.encode() in path.read_bytes() for path in states)
    rows = {one["name"]: sum(one["rows_removed"].values()) for one in json.loads(printed)["states"]}
    assert all(rows[str(path)] for path in states)
    with State(elsewhere / "nightly.sqlite") as other:
        assert other.cluster_ids() == [("A-1", "c1")]


def test_a_state_named_from_another_folder_is_found_beside_the_run(
    crmclean: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jobs").mkdir()
    monkeypatch.chdir(tmp_path / "jobs")
    out = _run(crmclean, tmp_path, "--against", "../k.state")
    monkeypatch.chdir("/")
    assert crmclean("erase", out, "--record", ONE)[0] == 0
    assert ONE.encode() not in (tmp_path / "k.state").read_bytes()


@pytest.mark.parametrize("empty", ["", " "])
def test_an_empty_id_is_a_mistake(crmclean: Command, tmp_path: Path, empty: str) -> None:
    out = _run(crmclean, tmp_path)
    before = _bytes(out)
    code, _, said = crmclean("erase", out, "--record", ONE, "--record", empty)
    assert code == 2, said
    assert _bytes(out) == before


def test_who_reads_the_state_keeps_everything_as_it_is(
    crmclean: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crmclean.formats.state_removing._WAIT_S", 0.01)
    out = _run(crmclean, tmp_path, "--against", tmp_path / "k.state")
    before, kept = _bytes(out), (tmp_path / "k.state").read_bytes()
    with closing(sqlite3.connect(tmp_path / "k.state", isolation_level=None)) as reader:
        reader.execute("begin")
        assert reader.execute("select count(*) from clusters").fetchone()[0]
        assert crmclean("erase", out, "--record", ONE)[0] == 8
        assert _bytes(out) == before
        assert (tmp_path / "k.state").read_bytes() == kept
        assert crmclean("erase", out, "--record", ONE, "--dry-run")[0] == 0
    assert crmclean("erase", out, "--record", ONE)[0] == 0
    assert ONE.encode() not in (tmp_path / "k.state").read_bytes()


@pytest.mark.parametrize(
    ("place", "name"),
    [
        *(("out", name) for name in ("out/manifest.json", "out/cleaned.csv", "out/report.json", "k.state", "e.csv")),
        ("k.state", "k.state"),
    ],
)
def test_the_proof_is_written_over_nothing_of_the_run(crmclean: Command, tmp_path: Path, place: str, name: str) -> None:
    _run(crmclean, tmp_path, "--against", tmp_path / "k.state")
    before = (tmp_path / name).read_bytes()
    code, _, said = crmclean("erase", tmp_path / place, "--record", ONE, "--proof", tmp_path / name, "--force")
    assert code == 2
    assert "same-file" in said
    assert (tmp_path / name).read_bytes() == before


def test_the_proof_of_a_state_alone_holds_the_key_of_its_hashes(crmclean: Command, tmp_path: Path) -> None:
    from crmclean.pipeline.erasing_notes import hashes_of

    out = _run(crmclean, tmp_path, "--against", tmp_path / "k.state")
    shutil.copy(tmp_path / "k.state", tmp_path / "other.state")
    code, printed, _ = crmclean("erase", tmp_path / "k.state", "--record", ONE)
    assert code == 0
    proof = json.loads(printed)
    assert proof["records"] == list(hashes_of([ONE], bytes.fromhex(proof["key"])))
    assert crmclean("suppress", "new-key", tmp_path / "key")[0] == 0
    given = "erase", tmp_path / "other.state", "--record", ONE, "--key-file", tmp_path / "key"
    assert json.loads(crmclean(*given)[1])["key"] is None
    assert json.loads(crmclean("erase", out, "--record", ONE)[1])["key"] is None  # it stands in the manifest
