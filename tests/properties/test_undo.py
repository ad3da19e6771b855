"""undo(run(x)) = x, byte for byte, for any text file the reader accepts and any changes made to it."""

from __future__ import annotations

import gzip
import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
import zstandard
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from crmclean.core.codes import Safety
from crmclean.core.errors import CrmCleanError, InputError
from crmclean.core.language import Text
from crmclean.finished_run import find_run
from crmclean.formats.csv_layout import read_back
from crmclean.formats.manifest import MANIFEST, RunFacts
from crmclean.formats.outputs import OutputSet
from crmclean.plugins import ReadOptions
from crmclean.stages.read import read
from crmclean.stages.undo import RESTORED, Undone, undo
from crmclean.stages.write import CHANGES, REJECTS, cleaned_name, stage_manifest, stage_outputs, targets_beside
from crmclean.table import CHANGES_SCHEMA, FINDINGS_SCHEMA, Column, Normalised, Table

FACTS = RunFacts(command="run", config_sha256="0" * 64)
SAMPLE = (
    "Firma;Ort;Notiz\r\n"
    'Adler GmbH;Köln;"er sagte ""ja"""\r\n'
    '"Biber KG";;"zwei\r\nZeilen"\r\n'
    "zu;viele;Zellen;hier\r\n"
    "\r\n"
    "Chamäleon e.K.;Ulm;\n"
    "Dachs AG;Graz;x\r\n"
).encode("cp1252")
TABLE_OPTIONS = ReadOptions(encoding="cp1252", delimiter=";", header_row=1)


def normalised(table: Table, written: pl.DataFrame) -> Normalised:
    """As the normaliser would hand it over, with a change for every difference."""
    rows = [
        (row + 1, None, name, "text", table.frame[row, name], written[row, name], "text.tidy", Safety.SAFE.value)
        for row in range(table.frame.height)
        for name in table.names
        if table.frame[row, name] != written[row, name]
    ]
    return Normalised(
        table=table,
        columns=tuple(
            Column(name, label, index, None, "", 0.0, Text("", ""))
            for index, (name, label) in enumerate(zip(table.names, table.labels, strict=True))
        ),
        dialect="unknown",
        written=written,
        judged={},
        findings=pl.DataFrame(schema=FINDINGS_SCHEMA),
        changes=pl.DataFrame(rows, schema=CHANGES_SCHEMA, orient="row"),
        as_of=date(2026, 1, 2),
    )


def run_into(folder: Path, result: Normalised, encoding: str = "") -> None:
    facts = RunFacts("run", "0" * 64, encoding=encoding)
    with OutputSet.in_directory(folder) as outputs:
        stage_outputs(result, outputs, encoding=encoding)
        stage_manifest(result, outputs, facts)
        outputs.commit()


def undone(place: Path, out: Path) -> Undone:
    run = find_run(place)
    with OutputSet.at({RESTORED: out}, inputs=run.paths) as outputs:
        result = undo(run, outputs)
        outputs.commit()
    return result


def changed(table: Table, column: str, row: int, value: str) -> pl.DataFrame:
    return table.frame.with_columns(table.frame[column].scatter([row - 1], [value]))


@contextmanager
def sample_run(folder: Path) -> Iterator[tuple[Path, Table]]:
    (folder / "in.csv").write_bytes(SAMPLE)
    table = read(str(folder / "in.csv"), TABLE_OPTIONS)
    run_into(folder / "run", normalised(table, changed(table, "Ort", 3, 'Neu-"Ulm"; Bayern')))
    yield folder / "run", table


CELL = st.text(st.sampled_from('aäZ1 ;,"\n\r€|'), max_size=6)


@st.composite
def csv_bytes(draw: st.DrawFn) -> tuple[bytes, str]:
    """Lines that mostly are records of three cells, quoted at will, ended at will, spoilt now and then."""
    ends = draw(st.sampled_from([["\n"], ["\r\n"], ["\n", "\r\n"]]))
    lines = ["Firma;Ort;Notiz" + ends[0]]
    for kind in draw(st.lists(st.sampled_from(["record"] * 5 + ["short", "long", "blank"]), max_size=12)):
        cells = draw(st.lists(CELL, min_size=3, max_size=3))
        raw = [
            '"' + cell.replace('"', '""') + '"' if draw(st.booleans()) or set(cell) & set(';"\r\n') else cell
            for cell in cells
        ]
        raw = {"record": raw, "short": raw[:2], "long": [*raw, "x"], "blank": []}[kind]
        lines.append(";".join(raw) + draw(st.sampled_from(ends)))
    text = "".join(lines)
    if draw(st.booleans()) and len(lines) > 2:
        text = text.rstrip("\r\n")
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]))
    return text.encode(encoding), encoding.removesuffix("-sig")


@given(csv_bytes(), st.data())
@settings(max_examples=100)
def test_any_file_comes_back_byte_for_byte(file: tuple[bytes, str], data: st.DataObject) -> None:
    raw, encoding = file
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in.csv").write_bytes(raw)
        try:
            table = read(str(folder / "in.csv"), ReadOptions(encoding=encoding, delimiter=";", header_row=1))
        except CrmCleanError:
            reject()
        new = st.sampled_from(["", "neu", 'a"b', "x;y", "z\r\nz", " ", "ä€"])
        written = table.frame
        for _ in range(data.draw(st.integers(0, 4)) if table.frame.height else 0):
            row = data.draw(st.integers(1, table.frame.height))
            written = written.with_columns(
                written[data.draw(st.sampled_from(table.names))].scatter([row - 1], [data.draw(new)])
            )
        run_into(folder / "run", normalised(table, written))
        result = undone(folder / "run", folder / "back.csv")
        assert (folder / "back.csv").read_bytes() == raw
        assert result.is_exact
        again = read_back((folder / "run" / "cleaned.csv").read_bytes(), table.layout, table.names)
        assert again is not None
        assert again.equals(written)


def test_rejects_blank_lines_and_odd_line_ends_return_to_their_places(tmp_path: Path) -> None:
    with sample_run(tmp_path) as (run, table):
        assert len(table.rejects) == 1
        cleaned = (run / "cleaned.csv").read_bytes()
        assert cleaned == SAMPLE.replace(b"zu;viele;Zellen;hier\r\n\r\n", b"").replace(
            b";Ulm;", b';"Neu-""Ulm""; Bayern";'
        )
        result = undone(run, tmp_path / "back.csv")
        assert (tmp_path / "back.csv").read_bytes() == SAMPLE
        assert (result.name, result.is_exact, result.n_rows, result.n_changes) == ("in.csv", True, 4, 1)


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with sample_run(tmp_path / "one") as (one, _), sample_run(tmp_path / "two") as (two, _):
        assert sorted(path.name for path in one.iterdir()) == sorted(
            ["cleaned.csv", "changes.csv", "findings.csv", "rejects.csv", MANIFEST]
        )
        for path in one.iterdir():
            assert path.read_bytes() == (two / path.name).read_bytes()
        assert str(tmp_path) not in (one / MANIFEST).read_text()


@pytest.mark.parametrize("name", ["cleaned.csv", CHANGES, REJECTS])
def test_a_changed_or_missing_file_of_the_run_is_refused_and_nothing_written(tmp_path: Path, name: str) -> None:
    with sample_run(tmp_path) as (run, _):
        (run / name).write_bytes((run / name).read_bytes() + b"1,2,3\n")
        for _ in range(2):
            with pytest.raises(InputError) as raised:
                undone(run, tmp_path / "back.csv")
            assert (raised.value.code, raised.value.exit_code) == ("audit-mismatch", 3)
            assert name in raised.value.where
            assert not (tmp_path / "back.csv").exists()
            (run / name).unlink(missing_ok=True)


@pytest.mark.parametrize(
    "edit",
    [
        ('"delimiter":";"', '"delimiter":","'),
        ('"line_end":"\\r\\n"', '"line_end":"\\n"'),
        ('"rows": 4', '"rows": 5'),
        ('"layout":', '"lay":'),
        ('"lines": [[1,2]', '"lines": ["a"'),
        ('"name": "crmclean"', '"name": "other"'),
        ('"schema_version": "1"', '"schema_version": "9"'),
        ('"cleaned": {', '"gone": {'),
    ],
)
def test_an_edited_manifest_is_refused(tmp_path: Path, edit: tuple[str, str]) -> None:
    with sample_run(tmp_path) as (run, _):
        text = (run / MANIFEST).read_text()
        assert edit[0] in text
        (run / MANIFEST).write_text(text.replace(*edit))
        with pytest.raises(InputError) as raised:
            undone(run, tmp_path / "back.csv")
        assert raised.value.exit_code == 3
        assert not (tmp_path / "back.csv").exists()


def test_no_run_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no manifest"):
        find_run(tmp_path)


@pytest.mark.parametrize("ending", ["gz", "zst"])
def test_compressed_input_stays_compressed_and_comes_back_with_its_content(tmp_path: Path, ending: str) -> None:
    packed = gzip.compress(SAMPLE, mtime=5) if ending == "gz" else zstandard.ZstdCompressor().compress(SAMPLE)
    (tmp_path / f"in.csv.{ending}").write_bytes(packed)
    table = read(str(tmp_path / f"in.csv.{ending}"), TABLE_OPTIONS)
    assert cleaned_name(table) == f"cleaned.csv.{ending}"
    run_into(tmp_path / "run", normalised(table, changed(table, "Firma", 1, "Adler")))
    undone(tmp_path / "run", tmp_path / "back")
    back = (tmp_path / "back").read_bytes()
    plain = gzip.decompress(back) if ending == "gz" else zstandard.ZstdDecompressor().stream_reader(back).read()
    assert plain == SAMPLE


def test_side_files_beside_the_cleaned_file(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(SAMPLE)
    (tmp_path / "log").mkdir()
    table = read(str(tmp_path / "in.csv"), TABLE_OPTIONS)
    result = normalised(table, changed(table, "Ort", 1, "Bonn"))
    targets = targets_beside(tmp_path / "neu.csv", changes=tmp_path / "log" / "c.csv")
    with OutputSet.at(targets, inputs=[tmp_path / "in.csv"]) as outputs:
        stage_outputs(result, outputs)
        stage_manifest(result, outputs, FACTS)
        outputs.commit()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "in.csv", "log", "neu.csv", "neu.findings.csv", "neu.manifest.json", "neu.rejects.csv",
    ]  # fmt: skip
    for number, place in enumerate([tmp_path, tmp_path / "neu.csv", tmp_path / "neu.manifest.json"]):
        undone(place, tmp_path / f"back{number}.csv")
        assert (tmp_path / f"back{number}.csv").read_bytes() == SAMPLE


def test_another_output_encoding_comes_back_too(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(SAMPLE)
    table = read(str(tmp_path / "in.csv"), TABLE_OPTIONS)
    run_into(tmp_path / "run", normalised(table, changed(table, "Ort", 1, "Ωmega")), encoding="utf-8-sig")
    assert "Ωmega" in (tmp_path / "run" / "cleaned.csv").read_bytes().decode("utf-8-sig")
    undone(tmp_path / "run", tmp_path / "back.csv")
    assert (tmp_path / "back.csv").read_bytes() == SAMPLE


def test_a_change_that_is_not_logged_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(SAMPLE)
    table = read(str(tmp_path / "in.csv"), TABLE_OPTIONS)
    result = normalised(table, changed(table, "Ort", 1, "Bonn"))
    silent = Normalised(
        table, result.columns, "unknown", changed(table, "Ort", 2, "Bonn"), {}, result.findings, result.changes,
        result.as_of,
    )  # fmt: skip
    with pytest.raises(CrmCleanError) as raised:
        run_into(tmp_path / "run", silent)
    assert raised.value.exit_code == 70
    assert not (tmp_path / "run").exists()


def test_the_manifest_knows_the_content_of_what_it_lists(tmp_path: Path) -> None:
    with sample_run(tmp_path) as (run, _):
        manifest = find_run(run).manifest
        assert manifest["input"]["sha256"] == hashlib.sha256(SAMPLE).hexdigest()
        assert manifest["counts"] == {
            "rows": 4, "columns": 3, "rejects": 1, "changes": 1, "findings": {"error": 0, "warning": 0, "info": 2},
        }  # fmt: skip
        for file in manifest["files"].values():
            assert file["sha256"] == hashlib.sha256((run / file["name"]).read_bytes()).hexdigest()


def test_a_workbook_comes_back_as_the_same_table(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "in.xlsx") as book:
        sheet = book.add_worksheet("Kontakte")
        for row, cells in enumerate([["Firma", "PLZ", "Umsatz"], ["Adler", "01067", 12.5], ["Biber", 1067, None]]):
            sheet.write_row(row, 0, cells)
    table = read(str(tmp_path / "in.xlsx"), ReadOptions())
    assert cleaned_name(table) == "cleaned.xlsx"
    run_into(tmp_path / "run", normalised(table, changed(table, "PLZ", 2, "01067")))
    result = undone(tmp_path / "run", tmp_path / "back.xlsx")
    assert (result.file_format, result.n_changes) == ("xlsx", 1)
    assert read(str(tmp_path / "back.xlsx"), ReadOptions()).frame.equals(table.frame)
