"""Whole runs over random exports: nothing lost, every change logged, all of it undone, and nothing left to clean."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from crmclean.__main__ import run_and_report

AS_OF = ("--as-of", "2026-01-31")
LABELS = (
    "Nr",
    "Firma",
    "Telefon",
    "E-Mail",
    "Straße",
    "PLZ",
    "Ort",
    "Land",
    "USt-IdNr.",
    "Geändert am",
    "Notiz",
    "Titel",
)
# Parts that every field has something to say about, right, repairable and hopeless.
VALUES = (
    *("Adler GmbH", "  adler   gmbh & co kg ", "BIBER AG", "Müller & Söhne", "n/a", "", "-", "xxx"),
    *("030/23125 001", "+49 (0)30 23125002", "0049 89 99998 003", "4,98912E+11", "089/99998-18 oder 030 23125 004"),
    *("A@Example.ORG", "a@example,org", "Ada <a@example.org>", "a@example.org; b@example.org", "a@"),
    *("Hauptstr. 5 a", "Hauptstraße 5", "Postfach 12", "1067", "D-01067", "1010", "Dresden", "Wien", "D", "Österreich"),
    *("DE 136 695 976", "ATU12345678", "31.01.2024", "2024-02-30", "1/2/2024", "45000", "Dr", "Herr Dr.", "Ja", "x"),
    *("a\nb", 'sagt "ja"', "a;b,c\td|e", "=1+1", "\u200bx", "MÃ¼ller", "€ 1.234,50", "\u2028", "\x0b"),
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")


@st.composite
def exports(draw: st.DrawFn) -> tuple[bytes, str, str]:
    """A table as some CRM might write it: the file, its encoding and its delimiter."""
    labels = draw(st.lists(st.sampled_from(LABELS), min_size=3, max_size=7, unique=True))
    encoding, delimiter = draw(st.sampled_from(ENCODINGS)), draw(st.sampled_from(";,\t|"))
    end, quotes_all = draw(st.sampled_from(("\n", "\r\n", "\r"))), draw(st.booleans())
    value = st.one_of(st.sampled_from(VALUES), st.text(st.sampled_from("aäZ1 .,@/+-(€"), max_size=8))
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=1 if quotes_all else 0)
    writer.writerow(labels)
    kinds = draw(
        st.lists(st.sampled_from(["record"] * 12 + ["short", "long", "blank", "broken"]), min_size=2, max_size=10)
    )
    for kind in kinds:
        if kind in ("blank", "broken"):
            text.write(("" if kind == "blank" else f'a"b"{delimiter}c"') + end)
            continue
        n_cells = len(labels) + {"record": 0, "short": -1, "long": 1}[kind]
        writer.writerow(draw(st.lists(value, min_size=n_cells, max_size=n_cells)))
    raw = text.getvalue()
    if draw(st.booleans()):
        raw = raw.removesuffix(end)
    name = encoding if encoding != "utf-16" else "utf-16-le"
    data = raw.encode(name, "replace")
    return (b"\xff\xfe" + data if encoding == "utf-16" else data), encoding, delimiter


def crmclean(*arguments: str | Path) -> tuple[int, str]:
    """Exit code and stderr of a command."""
    said = io.StringIO()
    with redirect_stderr(said), redirect_stdout(io.StringIO()):
        code = run_and_report([str(argument) for argument in arguments])
    return code, said.getvalue()


def side_file(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def table_of(data: bytes, encoding: str, delimiter: str) -> list[list[str]]:
    text = data.decode(encoding, "strict")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


@given(exports(), st.booleans())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_run_loses_nothing_logs_everything_and_is_undone(export: tuple[bytes, str, str], unsafe: bool) -> None:
    """I01, I04, I05, I06."""
    data, encoding, delimiter = export
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, out = folder / "in.csv", folder / "out"
        source.write_bytes(data)
        told = ("--encoding", encoding, "--delimiter", delimiter, "--header-row", "1", "--country", "DE")
        how = (*AS_OF, *told, "-q", *(["--unsafe-fixes"] if unsafe else []))
        code, said = crmclean("run", source, "-o", out, *how)
        if code not in (0, 1):  # refused: then in one line, and nothing is written
            assert code in (3, 5), said
            assert said.count("\n") == 1
            assert not out.exists()
            event(said.partition(": ")[2].partition(":")[0])
            return
        manifest = json.loads((out / "manifest.json").read_bytes())
        counts, rejects, changes = (
            manifest["counts"], side_file(out / "rejects.csv"), side_file(out / "changes.csv")
        )  # fmt: skip
        assert code == bool(rejects)
        event(f"changes: {min(len(changes), 3)}, rejects: {min(len(rejects), 1)}")
        cleaned = table_of((out / "cleaned.csv").read_bytes(), encoding, delimiter)[1:]
        assert len(cleaned) == counts["rows"]
        assert counts["rejects"] == len(rejects)
        assert counts["changes"] == len(changes)

        back = folder / "back.csv"
        assert crmclean("undo", out, "-o", back, "-q") == (0, "")
        assert back.read_bytes() == data
        plain = folder / "plain"
        crmclean("run", source, "-o", plain, *AS_OF, *told, "-q", *(f"--map={c['name']}=" for c in manifest["columns"]))
        before = table_of((plain / "cleaned.csv").read_bytes(), encoding, delimiter)[1:]
        names = [column["name"] for column in manifest["columns"]]
        logged = {(int(c["row"]), c["column"]): (c["before"], c["after"]) for c in changes}
        found = {
            (row, names[at]): (old, new)
            for row, (olds, news) in enumerate(zip(before, cleaned, strict=True), start=1)
            for at, (old, new) in enumerate(zip(olds, news, strict=True))
            if old != new
        }
        assert logged == found

        again = folder / "again"
        crmclean("run", out / "cleaned.csv", "-o", again, *how)
        assert (again / "cleaned.csv").read_bytes() == (out / "cleaned.csv").read_bytes()
        assert side_file(again / "changes.csv") == []
