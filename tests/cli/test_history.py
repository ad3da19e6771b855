"""``--history`` and ``crmclean history``, as typed: real files, real processes."""

from __future__ import annotations

import fcntl
import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Command

HEAD = "Kundennr;Firma;E-Mail\n"
ROWS = ("1001;Adler GmbH;mia@\n", "1002;Bach AG;info@example.com\n", "1003;Conrad KG;x@@y\n")
LATER = ("1001;Adler GmbH;mia@example.com\n", "1002;Bach AG;info@\n", "1003;Conrad KG;x@@y\n")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRMCLEAN_STATE", str(tmp_path / "states"))
    (tmp_path / "monday.csv").write_text(HEAD + "".join(ROWS), "utf-8")
    (tmp_path / "tuesday.csv").write_text(HEAD + "".join(LATER), "utf-8")
    return tmp_path


def day(n: int) -> tuple[str, ...]:
    return ("--history", "kunden", "--as-of", f"2026-02-0{n}")


def test_two_nights_of_check(place: Path, crmclean: Command) -> None:
    assert crmclean("history")[0] == 0
    assert crmclean("check", "monday.csv", *day(1))[0] == 1
    code, out, _ = crmclean("check", "tuesday.csv", *day(2), "--format", "json", "--no-dsgvo")
    assert code == 1
    tree = json.loads(out)
    assert {name: tree["history"][name] for name in ("name", "since")} == {"name": "kunden", "since": "2026-02-01"}
    errors = {f["record_id"]: (f["status"], f["first_seen"]) for f in tree["findings"] if f["severity"] == "error"}
    assert errors == {"1002": ("new", "2026-02-02"), "1003": ("open", "2026-02-01")}
    assert "since 2026-02-01" in crmclean("check", "tuesday.csv", *day(2))[1]
    assert crmclean("history")[1] == "kunden\n"
    _, out, _ = crmclean("history", "kunden", "--format", "csv")
    assert [line.split(",")[0] for line in out.splitlines()] == ["as_of", "2026-02-01", "2026-02-02"]
    assert "2026-02-01" in crmclean("history", "kunden", "--findings")[1]
    assert json.loads(crmclean("history", "kunden", "--format", "json")[1])["runs"][1]["rows"] == 3
    assert json.loads(crmclean("history", "kunden", "--findings", "--format", "json")[1])["open_findings"]
    assert crmclean("history", "kunden", "--findings", "--format", "csv")[1].startswith("severity,code,column")
    assert "seit" in crmclean("history", "kunden", "--findings", "--lang", "de")[1]
    assert (place / "states").stat().st_mode & 0o777 == 0o700
    assert [path.name for path in (place / "states").iterdir()] == ["kunden.sqlite"]
    content = (place / "states" / "kunden.sqlite").read_bytes()
    assert not any(value in content for value in (b"1001", b"Adler", b"mia@", b"example.com"))


def test_a_run_made_again_writes_the_same_bytes_and_another_key_changes_none(place: Path, crmclean: Command) -> None:
    assert crmclean("run", "monday.csv", "-o", "one", *day(1))[0] == 0
    code, _, err = crmclean("run", "tuesday.csv", "-o", "two", *day(2))
    assert (code, "since 2026-02-01" in err) == (0, True)
    kept = {path.name: path.read_bytes() for path in (place / "two").iterdir()}
    assert "findings_history.csv" in json.loads(kept["manifest.json"])["files"]
    assert "\nfixed,1,1001,E-Mail,email." in kept["findings_history.csv"].decode()
    assert "<desc>" in kept["report.html"].decode()
    for _ in range(2):
        assert crmclean("run", "tuesday.csv", "-o", "two", "--force", *day(2))[0] == 0
        assert {path.name: path.read_bytes() for path in (place / "two").iterdir()} == kept
    (place / "states" / "kunden.sqlite").unlink()
    crmclean("run", "monday.csv", "-o", "one", "--force", *day(1))
    crmclean("run", "tuesday.csv", "-o", "two", "--force", *day(2))
    assert {path.name: path.read_bytes() for path in (place / "two").iterdir()} == kept


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_every_form_of_the_report_tells_of_the_run_before(form: str, place: Path, crmclean: Command) -> None:
    crmclean("report", "monday.csv", *day(1))
    code, out, _ = crmclean("report", "tuesday.csv", *day(2), "--format", form, "--lang", "de")
    assert code == 0
    assert "kunden" in out
    assert "2026-02-01" in out
    again = crmclean("report", "tuesday.csv", *day(2), "--format", form, "--lang", "de")[1]
    assert again == out


def test_a_run_is_shown_again_with_its_history(place: Path, crmclean: Command) -> None:
    crmclean("run", "monday.csv", "-o", "one", *day(1))
    crmclean("run", "tuesday.csv", "-o", "two", *day(2))
    assert "Seit dem letzten Lauf" in crmclean("report", "two", "--format", "html", "--lang", "de")[1]
    assert crmclean("report", "two", "--history", "kunden")[0] == 2


def test_two_cron_jobs_at_once(place: Path) -> None:
    (place / "states").mkdir(mode=0o700)
    lock = place / "states" / ".kunden.sqlite.lock"
    with lock.open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        held.write(b"4711 night 2026-02-01T03:00:00Z\n")
        held.flush()
        done = subprocess.run(
            [sys.executable, "-m", "crmclean", "check", "monday.csv", *day(1)],
            cwd=place, check=False, capture_output=True, text=True,
        )  # fmt: skip
    assert done.returncode == 8
    assert "process 4711 on night, since 2026-02-01T03:00:00Z" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("check", "monday.csv", "--history", "a b"), 2, "letters, digits"),
        (("check", "monday.csv", "--history", "no/such/h.sqlite"), 5, "output-failed"),
        (("check", "monday.csv", "--history", "monday.csv/h.sqlite"), 5, "output-failed"),
        (("check", "none.csv", "--history", "kunden"), 3, "file-not-found"),
        (("history", "nobody"), 3, "no such history"),
        (("history", "kunden", "--format", "xml"), 2, "no form"),
    ],
)
def test_refused(place: Path, crmclean: Command, arguments: tuple[str, ...], code: int, said: str) -> None:
    done, out, err = crmclean(*arguments)
    assert (done, out) == (code, "")
    assert said in err
    assert not list(place.glob("states/*.sqlite"))


def test_the_configuration_names_it(place: Path, crmclean: Command) -> None:
    (place / "c.toml").write_text('[history]\nname = "kunden"\nkeep_runs = 3\n', "utf-8")
    crmclean("check", "monday.csv", "--config", "c.toml")
    assert crmclean("history")[1] == "kunden\n"
    (place / "c.toml").write_text('[history]\nname = "a b"\n', "utf-8")
    code, _, err = crmclean("check", "monday.csv", "--config", "c.toml")
    assert (code, "c.toml:2" in err) == (4, True)


def test_the_clock_set_back(place: Path, crmclean: Command) -> None:
    crmclean("check", "monday.csv", *day(2))
    code, out, err = crmclean("check", "monday.csv", *day(1))
    assert (code, out) == (3, "")
    assert "history-clock-back" in err
    assert "2026-02-02" in err
