"""Erasing one person from what a run wrote: every byte of them is gone, and everybody else's is as it was."""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import zstandard
from tests.cli.conftest import crmclean as _crmclean_fixture

from crmclean.api import read
from crmclean.formats.state import Decision, State

Command = Callable[..., tuple[int, str, str]]
crmclean = _crmclean_fixture

HEADER = "Kundennr.;Firma;Vorname;Nachname;Straße;PLZ;Ort;Telefon;E-Mail;Newsletter abgemeldet;Text"
# 2001, 2002 and 2005 are one person, 2003 and 2006 another. Line breaks, quotes, rejects, blank lines on purpose.
LINES = [
    "Kunden, Stand 15.01.2026",
    HEADER,
    "2001;Quellhof GmbH;Ottokar;Zwirnstein;Musterstr. 12;1067;Dresden;030/23125018;o.zwirn@example.org;Nein;Notiz eins",
    '2002;Quellhof GmbH;Ottokar;Zwirnstein;Musterstr. 12;01067;Dresden;;o.zwirn@example.org;Ja;"zwei\r\n""hierda"""',
    "",
    "2003;Tannenbau AG;Wilhelmine;Krautwald;Gartenweg 3a;80331;München;089 99998123;w.krautwald@example.com;Nein;",
    '2004;Moorbad e.K.;Adalbert;Sumpfdotter;Am Moor 7;28195;Bremen;0421 99998 77;a.sumpf@example.net;;"bitte; ja"',
    "2009;zu;wenig;Zellen;a.b@example.net",
    "2005;Quellhof GmbH;Ottokar;Zwirnstein;Musterstraße 12;01067;Dresden;030/23125-018;o.zwirn@example.org;Nein;drei!",
    "2006;Tannenbau AG;Wilhelmine;Krautwald;Gartenweg 3 a;80331;München;089/99998123;w.krautwald@example.com;Ja;",
    "2004;kaputt;a.sumpf@example.net",
    "2007;Allein KG;Solveig;Einzelgang;Waldpfad 1;50667;Köln;0221 9999877;s.einzelgang@example.com;;",
]
TEXT = "\r\n".join(LINES)


def _without(*ids: str) -> str:
    """The export with the lines of some records cut out."""
    return "\r\n".join(line for line in LINES if not line.startswith(tuple(f"{one};" for one in ids)))


def _values(*ids: str) -> set[str]:
    """What only these records say."""

    def cells(lines: list[str]) -> set[str]:
        return {cell.strip('"') for line in lines for cell in re.split(r";|\r\n", line) if len(cell.strip('"')) > 4}

    mine = [line for line in LINES if line.startswith(tuple(f"{one};" for one in ids))]
    return cells(mine) - cells([line for line in LINES if line not in mine])


def _content(path: Path) -> bytes:
    """The bytes of a file; of one that packs others, or compresses its columns, also what is in it."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(data)
    if path.suffix == ".zst":
        return zstandard.ZstdDecompressor().stream_reader(data).read()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as parts:
            return b"\n".join([data, *(parts.read(name) for name in parts.namelist())])
    if path.suffix == ".parquet":
        return data + "\n".join(str(cell) for row in pl.read_parquet(path).iter_rows() for cell in row).encode()
    return data


def _hits(folder: Path, values: set[str]) -> dict[str, list[str]]:
    """Files that hold one of the values, in any encoding an export may have."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        content = _content(path) if path.is_file() else b""
        for value in sorted(values):
            if any(value.encode(encoding) in content for encoding in ("utf-8", "cp1252", "utf-16-le")):
                found.setdefault(path.name, []).append(value)
    return found


def _run(crmclean: Command, place: Path, name: str = "kunden.csv", data: bytes | None = None, *more: str) -> Path:
    export = place / name
    export.write_bytes(TEXT.encode("cp1252") if data is None else data)
    out = place / "result"
    code, _, said = crmclean("run", export, "-o", out, "--as-of", "2026-02-01", "--country", "DE", *more)
    assert code in (0, 1), said
    return out


def _restored(crmclean: Command, out: Path, suffix: str = "") -> bytes:
    back = out.parent / f"back{suffix}"
    code, _, said = crmclean("undo", out, "-o", back, "--force")
    assert code == 0, said
    return back.read_bytes()


@pytest.mark.parametrize("one", ["2001", "2002", "2003", "2004", "2005", "2007"])
def test_every_byte_of_the_record_is_gone_and_the_others_come_back_byte_for_byte(
    crmclean: Command, tmp_path: Path, one: str
) -> None:
    out = _run(crmclean, tmp_path)
    code, printed, said = crmclean("erase", out, "--record", one, "--as-of", "2026-03-01")
    assert code == 0, said
    assert _hits(out, _values(one)) == {}
    assert _restored(crmclean, out).decode("cp1252") == _without(one)
    proof = json.loads(printed)
    assert proof["n_records"] == 1
    assert one not in re.sub(r'"[0-9a-f]{32,}"', "", printed)
    assert proof["date"] == "2026-03-01"
    assert all(file["sha256_before"] != file["sha256_after"] for file in proof["files"])
    assert f'"{one}"' not in (out / "manifest.json").read_text()


def test_the_folder_is_that_of_a_run_over_the_export_without_the_record(crmclean: Command, tmp_path: Path) -> None:
    """Row numbers, lines, findings, changes and rejects are those the shorter export would have had."""
    out = _run(crmclean, tmp_path)
    assert crmclean("erase", out, "--record", "2002")[0] == 0
    assert crmclean("erase", out, "--record", "2003")[0] == 0
    other = tmp_path / "other"
    other.mkdir()
    shorter = _run(crmclean, other, data=_without("2002", "2003").encode("cp1252"))
    for name in ("cleaned.csv", "changes.csv", "rejects.csv", "decisions.csv"):
        assert (out / name).read_bytes() == (shorter / name).read_bytes(), name
    rows = pl.read_csv(out / "findings.csv", infer_schema=False).filter(pl.col("row").is_not_null())
    same = pl.read_csv(shorter / "findings.csv", infer_schema=False).filter(pl.col("row").is_not_null())
    assert rows.select("row", "line", "record_id", "code").equals(same.select("row", "line", "record_id", "code"))
    mine, theirs = (json.loads((place / "manifest.json").read_text()) for place in (out, shorter))
    for key in ("inputs", "columns", "lines", "layout", "reject_bytes"):
        assert mine[key] == theirs[key], key
    for key in ("rows", "rejects", "changes"):
        assert mine["counts"][key] == theirs["counts"][key], key


def test_golden_records_go_on_without_what_the_record_brought(crmclean: Command, tmp_path: Path) -> None:
    out = _run(crmclean, tmp_path)
    before = pl.read_csv(out / "duplicates.csv", infer_schema=False)
    assert {"2001", "2002", "2005"} <= set(before["record_id"]), "the example has a cluster of three"
    leading = before.filter((pl.col("is_primary") == "true") & pl.col("record_id").is_in(["2001", "2002", "2005"]))
    gone = leading["record_id"][0]
    assert crmclean("erase", out, "--record", gone)[0] == 0
    after = pl.read_csv(out / "duplicates.csv", infer_schema=False)
    left = after.filter(pl.col("record_id").is_in(["2001", "2002", "2005"]))
    assert left.height == 2
    assert (left["is_primary"] == "true").sum() == 1
    heir = left.filter(pl.col("is_primary") == "true")["record_id"][0]
    merged = pl.read_csv(out / "merge_map.csv", infer_schema=False)
    assert gone not in {*merged["winner_id"], *merged["loser_id"]}
    assert merged.filter(pl.col("winner_id") == heir).height == 1
    golden = pl.read_csv(out / "golden.csv", separator=";", skip_rows=1, infer_schema=False, encoding="cp1252")
    assert golden.filter(pl.col("Kundennr.") == heir).height == 1
    provenance = pl.read_csv(out / "golden_provenance.csv", infer_schema=False)
    assert gone not in set(provenance["record_id"])
    said = provenance.filter(pl.col("record_id") == heir)["row"].unique().to_list()
    assert said == left.filter(pl.col("record_id") == heir)["row"].to_list()


def test_a_cluster_of_one_record_is_none(crmclean: Command, tmp_path: Path) -> None:
    out = _run(crmclean, tmp_path)
    n_golden = (out / "golden.csv").read_text("cp1252").count("Krautwald")
    assert n_golden == 1, "the example has a cluster of two"
    assert crmclean("erase", out, "--record", "2003")[0] == 0
    assert (out / "golden.csv").read_text("cp1252").count("Krautwald") == 1
    assert "2006" not in (out / "duplicates.csv").read_text()
    assert "2006" not in (out / "merge_map.csv").read_text()
    assert "2006" not in (out / "golden_provenance.csv").read_text()


@pytest.mark.parametrize("suffix", [".csv.gz", ".csv.zst", ".jsonl", ".parquet", ".xlsx"])
def test_every_format(crmclean: Command, tmp_path: Path, suffix: str) -> None:
    rows = [line.replace("\r\n", " ").split(";") for line in LINES[2:] if line.count(";") >= 10]
    header = HEADER.split(";")
    frame = pl.DataFrame([row[: len(header)] for row in rows], schema=header, orient="row")
    data = tmp_path / "data"
    if suffix == ".xlsx":
        frame.write_excel(data)
        content = data.with_suffix(".xlsx").read_bytes()
    elif suffix == ".parquet":
        frame.write_parquet(data)
        content = data.read_bytes()
    elif suffix == ".jsonl":
        content = frame.write_ndjson().encode()
    else:
        text = TEXT.encode("cp1252")
        content = gzip.compress(text) if suffix.endswith("gz") else zstandard.ZstdCompressor().compress(text)
    out = _run(crmclean, tmp_path, f"kunden{suffix}", content)
    lonely = _values("2007")
    assert _hits(out, lonely), "the search finds them while they are there"
    for one in ("2007", "2002"):
        code, printed, said = crmclean("erase", out, "--record", one)
        assert code == 0, said
        assert json.loads(printed)["searched"]["still_holding"] == []
    assert _hits(out, lonely | _values("2002")) == {}
    frame = frame.filter(pl.col("Kundennr.") != "2007")
    if suffix in (".jsonl", ".parquet"):
        reader = pl.read_ndjson if suffix == ".jsonl" else pl.read_parquet
        assert reader(out / f"cleaned{suffix}").height == frame.height - 1
        back = reader(_restored(crmclean, out, suffix))
        assert back.equals(frame.filter(pl.col("Kundennr.") != "2002"))
    elif suffix == ".xlsx":
        _restored(crmclean, out, suffix)
        back = read(tmp_path / "back.xlsx").frame
        assert back["Kundennr."].to_list() == frame.filter(pl.col("Kundennr.") != "2002")["Kundennr."].to_list()
    else:
        _restored(crmclean, out, suffix)
        assert _content(tmp_path / f"back{suffix}").decode("cp1252") == _without("2002", "2007")


def test_a_second_time_there_is_nothing_and_an_unknown_id_is_said(crmclean: Command, tmp_path: Path) -> None:
    out = _run(crmclean, tmp_path)
    assert crmclean("erase", out, "--record", "2003")[0] == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    code, printed, said = crmclean("erase", out, "--record", "2003")
    assert code == 0
    assert json.loads(printed)["already_erased"] is True
    assert "erased before" in said
    code, _, said = crmclean("erase", out, "--record", "9999")
    assert code == 3
    assert "record-not-found" in said
    assert before == {path.name: path.read_bytes() for path in out.iterdir()}


def test_a_dry_run_writes_nothing(crmclean: Command, tmp_path: Path) -> None:
    out = _run(crmclean, tmp_path)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    code, printed, _ = crmclean("erase", out, "--record", "2001", "--dry-run")
    assert code == 0
    assert json.loads(printed)["planned"] is True
    assert before == {path.name: path.read_bytes() for path in out.iterdir()}


def test_a_record_that_is_only_a_rejected_line_goes(crmclean: Command, tmp_path: Path) -> None:
    out = _run(crmclean, tmp_path)
    assert crmclean("erase", out, "--record", "2009")[0] == 0
    assert _hits(out, {"a.b@example.net"}) == {}
    assert _restored(crmclean, out).decode("cp1252") == _without("2009")


def test_the_state_forgets_it_to_the_last_byte(crmclean: Command, tmp_path: Path) -> None:
    state_path = tmp_path / "kunden.state"
    key = "KEY-" + "x" * 40
    with State(state_path) as state:
        state.remember([(key, "c1"), ("2003", "c1")], [(key, "2003")], [key, "2003"])
        state.decide([Decision(key, "2003", "same", "0" * 16, "anna", "2026-01-01T00:00:00Z")])
    code, printed, said = crmclean("erase", state_path, "--record", key)
    assert code == 0, said
    assert sum(json.loads(printed)["states"][0]["rows_removed"].values()) == 4
    assert key.encode() not in state_path.read_bytes()
    with State(state_path) as state:
        assert state.cluster_ids() == [("2003", "c1")]
    assert crmclean("erase", state_path, "--record", key)[0] == 3


def test_with_against_the_state_beside_the_folder_forgets_it_too(crmclean: Command, tmp_path: Path) -> None:
    out = _run(crmclean, tmp_path, "kunden.csv", None, "--against", str(tmp_path / "kunden.state"))
    assert crmclean("erase", out, "--record", "2001")[0] == 0
    with State(tmp_path / "kunden.state") as state:
        assert "2001" not in {key for key, _ in state.cluster_ids()}
        assert "2002" in {key for key, _ in state.cluster_ids()}


def test_a_locked_state_changes_nothing(crmclean: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmclean.formats.state_removing._WAIT_S", 0.01)
    out = _run(crmclean, tmp_path, "kunden.csv", None, "--against", str(tmp_path / "kunden.state"))
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    holder = sqlite3.connect(tmp_path / "kunden.state", isolation_level=None)
    holder.execute("begin immediate")
    assert crmclean("erase", out, "--record", "2001")[0] == 8
    holder.close()
    assert before == {path.name: path.read_bytes() for path in out.iterdir()}


@pytest.mark.parametrize("mode", [(), ("--mode", "link")])
def test_golden_and_linked_records_of_merge(crmclean: Command, tmp_path: Path, mode: tuple[str, ...]) -> None:
    found = _run(crmclean, tmp_path)
    out = tmp_path / "merged"
    code, _, said = crmclean("merge", tmp_path / "kunden.csv", "--duplicates", found, "-o", out, *mode)
    assert code in (0, 1), said
    for gone in ("2002", "2003"):
        assert crmclean("erase", out, "--record", gone)[0] == 0
        assert _hits(out, _values(gone)) == {}
    assert _restored(crmclean, out).decode("cp1252") == _without("2002", "2003")
    if mode:
        text = (out / "linked.csv").read_text("cp1252")
        assert ";2002" not in text
        assert ";2003" not in text


def test_a_folder_of_dedupe_keeps_the_numbers_of_its_export(crmclean: Command, tmp_path: Path) -> None:
    (tmp_path / "kunden.csv").write_bytes(TEXT.encode("cp1252"))
    out = tmp_path / "d"
    assert crmclean("dedupe", tmp_path / "kunden.csv", "-o", out, "--country", "DE")[0] in (0, 1)
    before = pl.read_csv(out / "duplicates.csv", infer_schema=False)
    assert crmclean("erase", out, "--record", "2001")[0] == 0
    after = pl.read_csv(out / "duplicates.csv", infer_schema=False)
    assert after.drop("is_primary").equals(before.filter(pl.col("record_id") != "2001").drop("is_primary"))
    assert _hits(out, {'"2001"', ",2001,"}) == {}
    assert crmclean("erase", out, "--record", "9007")[0] == 3


def test_what_clean_wrote_beside_others(crmclean: Command, tmp_path: Path) -> None:
    (tmp_path / "kunden.csv").write_bytes(TEXT.encode("cp1252"))
    assert crmclean("clean", tmp_path / "kunden.csv", "-o", tmp_path / "c" / "x.csv")[0] != 0
    (tmp_path / "c").mkdir(exist_ok=True)
    assert crmclean("clean", tmp_path / "kunden.csv", "-o", tmp_path / "c" / "x.csv")[0] in (0, 1)
    assert crmclean("erase", tmp_path / "c" / "x.csv", "--record", "2004")[0] == 0
    assert _hits(tmp_path / "c", _values("2004")) == {}
    back = tmp_path / "back.csv"
    assert crmclean("undo", tmp_path / "c" / "x.csv", "-o", back)[0] == 0
    assert back.read_bytes().decode("cp1252") == _without("2004")


def test_other_files_and_the_proof_are_named(crmclean: Command, tmp_path: Path) -> None:
    out = _run(crmclean, tmp_path)
    (out / "note.txt").write_text("2001 called")
    code, printed, said = crmclean("erase", out, "--record", "2001", "--proof", tmp_path / "proof.json")
    assert code == 0
    assert "note.txt" in said
    assert "export itself" in said
    assert json.loads((tmp_path / "proof.json").read_text()) == json.loads(printed)


def test_records_without_ids_are_refused(crmclean: Command, tmp_path: Path) -> None:
    out = _run(crmclean, tmp_path, "k.csv", b"Firma;Ort\nAdler GmbH;Ulm\nBiber KG;Bonn\n")
    code, _, said = crmclean("erase", out, "--record", "1")
    assert code == 3
    assert "no-record-ids" in said


def test_an_edited_folder_is_refused(crmclean: Command, tmp_path: Path) -> None:
    out = _run(crmclean, tmp_path)
    (out / "findings.csv").write_text("x")
    code, _, said = crmclean("erase", out, "--record", "2001")
    assert code == 3
    assert "audit-mismatch" in said
