"""The command line: exit code, stdout and stderr asserted apart, on real files."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest
import zstandard
from tests.run_files import RUN_FILES

from crmclean import api
from crmclean.__main__ import run_and_report
from crmclean.cli.app import globals_first

EXAMPLE = Path(__file__).parents[2] / "examples" / "german-excel-export" / "kunden.csv"
AS_OF = ("--as-of", "2026-01-31")


def crmclean(*arguments: str | Path) -> int:
    """Run the command line in this process; returns the exit code."""
    return run_and_report([str(argument) for argument in arguments])


def process(*arguments: str | Path, **more: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "crmclean", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, timeout=120, **more)  # type: ignore[call-overload,no-any-return]


def test_help_and_version_never_import_polars() -> None:
    for option in ("--help", "--version"):
        code = f"import sys; sys.argv = ['crmclean', '{option}']\n"
        code += "from crmclean.__main__ import run_and_report\nassert run_and_report(sys.argv[1:]) == 0\n"
        code += "assert 'polars' not in sys.modules, 'polars was imported'"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout
        assert not done.stderr


def test_run_writes_every_file_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "result"
    assert crmclean("run", EXAMPLE, "-o", out, "--country", "DE", *AS_OF) == 1  # two lines are no records
    said = capsys.readouterr()
    assert said.out == f"{out}/report.html\n"
    assert "19 records" in said.err or "18 records" in said.err
    assert {p.name for p in out.iterdir()} == RUN_FILES
    assert all(p.stat().st_mode & 0o777 == 0o600 for p in out.iterdir())


def test_two_runs_are_byte_identical(tmp_path: Path) -> None:
    for name in ("a", "b"):
        crmclean("run", EXAMPLE, "-o", tmp_path / name, *AS_OF, "-q")
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes(), file.name


def test_undo_gives_the_original_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    crmclean("run", EXAMPLE, "-o", tmp_path / "result", "--country", "DE", *AS_OF, "-q")
    assert crmclean("undo", tmp_path / "result", "-o", tmp_path / "original.csv") == 0
    assert (tmp_path / "original.csv").read_bytes() == EXAMPLE.read_bytes()
    assert "byte for byte" in capsys.readouterr().err


def test_undo_refuses_edited_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    crmclean("run", EXAMPLE, "-o", tmp_path / "result", *AS_OF, "-q")
    with (tmp_path / "result" / "changes.csv").open("a") as log:
        log.write("1,,x,y,a,b,c,safe\n")
    assert crmclean("undo", tmp_path / "result", "-o", tmp_path / "original.csv") == 3
    assert "audit-mismatch" in capsys.readouterr().err
    assert not (tmp_path / "original.csv").exists()


def test_clean_writes_its_logs_beside_out(tmp_path: Path) -> None:
    crmclean("clean", EXAMPLE, "-o", tmp_path / "k.csv", *AS_OF, "-q")
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        *("k.changes.csv", "k.csv", "k.findings.csv", "k.manifest.json", "k.rejects.csv")
    ]
    assert crmclean("undo", tmp_path / "k.csv", "-o", tmp_path / "o.csv", "-q") == 0
    assert (tmp_path / "o.csv").read_bytes() == EXAMPLE.read_bytes()


def test_cleaning_the_cleaned_file_changes_nothing(tmp_path: Path) -> None:
    crmclean("clean", EXAMPLE, "-o", tmp_path / "a.csv", "--country", "DE", *AS_OF, "-q")
    crmclean("clean", tmp_path / "a.csv", "-o", tmp_path / "b.csv", "--country", "DE", *AS_OF, "-q")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert (tmp_path / "b.changes.csv").read_text().count("\n") == 1


def test_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = list(tmp_path.iterdir())
    crmclean("run", EXAMPLE, "-o", tmp_path / "result", "--dry-run", *AS_OF)
    assert "cells that would change" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == before


def test_profile_json_keeps_its_shape(capsys: pytest.CaptureFixture[str]) -> None:
    assert crmclean("profile", EXAMPLE, "--json", *AS_OF) == 0
    tree = json.loads(capsys.readouterr().out)
    assert tree["schema_version"] == "1"
    facts = ("encoding", "bom", "delimiter", "quote", "line_end", "header_row", "preamble_lines", "columns", "rows")
    assert [tree["file"][name] for name in facts] == ["cp1252", False, ";", '"', "CRLF", 2, 1, 20, 18]
    assert tree["file"]["evidence"]["header_row"] == "20 known labels"
    fields = {c["column"]: c["field"] for c in tree["columns"]}
    assert fields["Telefon"] == "phone"
    assert fields["PLZ"] == "postal_code"
    assert {"column", "field", "confidence", "evidence", "filled", "valid"} <= set(tree["columns"][0])


def test_check_fails_on_what_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = tmp_path / "good.csv"
    good.write_text("LEI;Firma\n213800KUD8LAJWSQ9D15;Muster GmbH\n5493001KJTIIGC8Y1R12;Adler AG\n")
    assert crmclean("check", good) == 0
    assert crmclean("check", EXAMPLE) == 1
    assert crmclean("check", good, "--fail-under", "0.99", "--format", f"json={tmp_path / 'c.json'}") in (0, 1)
    assert set(json.loads((tmp_path / "c.json").read_text())) >= {"schema_version", "passed", "scores", "findings"}
    said = capsys.readouterr()
    assert "j.adler@example.org" not in said.out + said.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["run", "missing.csv", "-o", "out"], 3, "file-not-found"),
        (["run", ".", "-o", "out"], 3, "not-a-file"),
        (["run", str(EXAMPLE)], 2, "Missing option"),
        (["rum"], 2, "No such command 'rum'"),
        (["run", str(EXAMPLE), "-o", "out", "--map", "PLZ=postal_cod"], 4, "did you mean 'postal_code'?"),
        (["run", str(EXAMPLE), "-o", "out", "--map", "PLY=postal_code"], 4, "did you mean 'PLZ'?"),
        (["run", str(EXAMPLE), "-o", "out", "--as-of", "gestern"], 2, "--as-of"),
        (["run", str(EXAMPLE), "-o", "out", "--config", "none.toml"], 4, "can't be read"),
        (["explain", "phone.no-contry"], 2, "did you mean 'phone.no-country'?"),
        (["parse", "phon", "1"], 2, "did you mean 'phone'?"),
        (["list", "field"], 2, "one of fields"),
        (["report", str(EXAMPLE), "--format", "pdf"], 2, "one of html"),
    ],
)
def test_wrong_use_is_one_clear_line(
    arguments: list[str],
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert crmclean(*arguments) == code
    streams = capsys.readouterr()
    assert streams.out == ""
    assert said in streams.err
    assert streams.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_output_that_exists_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "k.csv"
    target.write_text("mine")
    assert crmclean("clean", EXAMPLE, "-o", target) == 2
    assert "output-exists" in capsys.readouterr().err
    assert target.read_text() == "mine"


def test_the_input_is_never_the_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = tmp_path / "k.csv"
    export.write_bytes(EXAMPLE.read_bytes())
    (tmp_path / "link.csv").hardlink_to(export)
    for command, target in (("clean", "k.csv"), ("clean", "link.csv"), ("run", "k.csv")):
        assert crmclean(command, export, "-o", tmp_path / target, "--force") == 2
        assert "same-file" in capsys.readouterr().err
    assert export.read_bytes() == EXAMPLE.read_bytes()


def test_parse_is_a_filter() -> None:
    done = process("parse", "lei", "-", input=b"213800KUD8LAJWSQ9D15\nnope\n")
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["valid"] for line in lines] == [True, False]
    assert {"value", "valid", "code", "canonical", "display", "key", "parts"} <= set(lines[0])


def test_stdin_and_stdout(tmp_path: Path) -> None:
    process("clean", "-", "-o", "-", "-q", *AS_OF, input=EXAMPLE.read_bytes(), cwd=tmp_path)
    # As every night: the logs of the last time give way.
    done = process("clean", "-", "-o", "-", "-q", *AS_OF, input=EXAMPLE.read_bytes(), cwd=tmp_path)
    assert done.returncode == 1
    assert (tmp_path / "stdout.changes.csv").exists()
    assert done.stdout.startswith(b"Adressliste Kunden")
    assert done.stdout.count(b"\r\n") > 15


@pytest.mark.parametrize("environment", [{"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, {"LC_ALL": "de_DE.UTF-8"}, {}])
def test_outputs_do_not_depend_on_the_locale(environment: dict[str, str], tmp_path: Path) -> None:
    done = process("run", EXAMPLE, "-o", tmp_path / "r", *AS_OF, env={"PATH": os.environ["PATH"], **environment})
    assert done.returncode == 1, done.stderr
    again = tmp_path / "again"
    crmclean("run", EXAMPLE, "-o", again, *AS_OF, "-q")
    for file in again.iterdir():
        assert file.read_bytes() == (tmp_path / "r" / file.name).read_bytes(), file.name


def test_closed_pipe_is_quiet() -> None:
    command = f"{sys.executable} -m crmclean list checks | head -1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False)
    assert done.stderr == b""


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_runs_leave_nothing(sign: signal.Signals, code: int, tmp_path: Path) -> None:
    big = tmp_path / "big.csv"
    big.write_text("Nr;E-Mail;Telefon\n" + "".join(f"{n};a{n}@example.org;030 23125 {n:06d}\n" for n in range(400_000)))
    out = tmp_path / "result"
    running = subprocess.Popen(
        [sys.executable, "-m", "crmclean", "run", big, "-o", out], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    while not (out / ".crmclean.lock").exists() and running.poll() is None:
        time.sleep(0.02)  # until the run has begun, however slow the machine
    time.sleep(0.4)
    running.send_signal(sign)
    _, said = running.communicate(timeout=60)
    assert running.returncode == code
    assert b"Traceback" not in said
    assert not out.exists() or list(out.iterdir()) == []


def test_no_value_leaks_into_messages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """I12: every cell carries a token; no message of any command repeats one."""
    leaky = tmp_path / "leaky.csv"
    header = "Nr;Firma;Telefon;E-Mail;PLZ;Ort;USt-IdNr.;Geändert am"
    rows = [";".join(f"tok{row}x{column}en" for column in range(8)) for row in range(30)] + ["tok30;too;few"]
    leaky.write_text("\n".join([header, *rows]) + "\n")
    for arguments in (
        ("run", leaky, "-o", tmp_path / "r", "-v"),
        ("check", leaky),
        ("profile", leaky),
        ("report", leaky, "--format", "markdown"),
        ("clean", leaky, "--dry-run"),
    ):
        crmclean(*arguments)
        streams = capsys.readouterr()
        assert "tok" not in streams.out + streams.err, arguments
    for name in ("report.html", "report.json", "manifest.json"):
        assert "tok" not in (tmp_path / "r" / name).read_text(), name


def test_global_options_may_stand_anywhere() -> None:
    assert globals_first(["run", "x", "--lang=de", "-q"]) == ["--lang=de", "-q", "run", "x"]
    assert globals_first(["parse", "phone", "--", "-q"]) == ["parse", "phone", "--", "-q"]


def test_german_messages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    crmclean("run", EXAMPLE, "-o", tmp_path / "r", "--lang", "de", *AS_OF)
    assert "Datensätze" in capsys.readouterr().err
    assert '<html lang="de">' in (tmp_path / "r" / "report.html").read_text()


def test_the_demo_cleans_the_first_example(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert crmclean("demo", "-o", tmp_path / "demo") == 0
    assert str(tmp_path / "demo" / "report.html") in capsys.readouterr().out
    assert (tmp_path / "demo-kunden.csv").read_bytes() == EXAMPLE.read_bytes()


def _packed(form: str, folder: Path) -> Path:
    """The first example as another kind of file."""
    frame = pl.read_csv(
        EXAMPLE.read_bytes().decode("cp1252").encode(), separator=";", skip_lines=1, infer_schema=False,
        truncate_ragged_lines=True,
    ).head(16)  # fmt: skip
    path = folder / f"kunden.{form}"
    if form == "xlsx":
        frame.write_excel(path)
    elif form == "parquet":
        frame.write_parquet(path)
    elif form == "jsonl":
        frame.write_ndjson(path)
    else:
        text = frame.write_csv(separator=";").encode()
        path.write_bytes(gzip.compress(text) if form.endswith("gz") else zstandard.compress(text))
    return path


@pytest.mark.parametrize(
    ("form", "facts"),
    [
        ("xlsx", {"sheet": "Sheet1", "header_row": 1, "preamble_lines": 0, "blank_rows": 0, "date_system": 1900}),
        ("parquet", {"types": ["String"] * 20}),
        ("jsonl", {"encoding": "utf-8", "bom": False, "line_end": "LF"}),
        ("csv.gz", {"encoding": "utf-8", "delimiter": ";", "compression": "gz"}),
    ],
)
def test_facts_of_every_format_are_typed(
    form: str, facts: dict[str, object], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert crmclean("profile", _packed(form, tmp_path), "--json", *AS_OF) == 0
    found = json.loads(capsys.readouterr().out)["file"]
    assert {**found, **facts, "columns": 20} == found


@pytest.mark.parametrize("form", ["xlsx", "parquet", "jsonl", "csv.gz", "csv.zst"])
def test_every_format_is_cleaned_and_undone(form: str, tmp_path: Path) -> None:
    export = _packed(form, tmp_path)
    assert crmclean("run", export, "-o", tmp_path / "r", "--country", "DE", *AS_OF, "-q") == 0
    assert (tmp_path / "r" / f"cleaned.{form}").exists()
    assert (tmp_path / "r" / "changes.csv").read_text().count("\n") > 10
    back = tmp_path / f"back.{form}"
    assert crmclean("undo", tmp_path / "r", "-o", back, "-q") == 0
    first, second = (api.read(path).frame for path in (export, back))
    assert first.equals(second)
