"""``--history`` and ``crmclean history``, as typed: real files, real processes."""

from __future__ import annotations

import fcntl
import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.cli.conftest import Command

from crmclean import api

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
    assert "kunden.sqlite" in done.stderr
    assert "process 4711 on night, since 2026-02-01T03:00:00Z" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("check", "monday.csv", "--history", "a b"), 2, "letters, digits"),
        (("check", "monday.csv", "--history", ""), 2, "is empty"),
        (("report", "monday.csv", "--history", ""), 2, "is empty"),
        (("run", "monday.csv", "-o", "out", "--history", ""), 2, "is empty"),
        (("check", "monday.csv", "--history", "a" * 300), 2, "at most 100 characters"),
        (("check", "monday.csv", "--format", "json="), 2, "names no file"),
        (("check", "monday.csv", "--history", "no/such/h.sqlite"), 5, "mkdir -p no/such"),
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


def purchases(night: int) -> str:
    """Customers who bought every 18 days, and have not since; the last two of the third night are gone."""
    lines = ["Kundennr;Firma;Erster Kauf;Letzter Kauf;Anzahl Käufe;NPS"]
    for n in range(40 if night < 3 else 38):
        last = date(2026, 1, 1) - timedelta(days=18 * n)
        score = (9, 6, 10)[night - 1] if n % 2 else 8
        lines.append(f"{1000 + n};Firma {n} GmbH;{last - timedelta(days=400)};{last};3;{score}")
    return "\n".join(lines) + "\n"


def test_the_relationship_from_night_to_night(place: Path, crmclean: Command) -> None:
    said = []
    for night in (1, 2, 3):
        (place / "kunden.csv").write_text(purchases(night), "utf-8")
        then = ("--history", "kunden", "--as-of", f"2026-0{night + 1}-15")
        said.append(crmclean("report", "kunden.csv", *then)[1])
        assert crmclean("report", "kunden.csv", *then)[1] == said[-1]  # made again it says the same
    assert "Relationship from run to run" not in said[0]
    options = ("--history", "kunden", "--as-of", "2026-04-15")
    assert "2  defence    winning back" in said[-1]
    assert re.search(r"Net promoter score +\+50\.0 +-50\.0 +\+50\.0\n", said[-1])
    assert re.search(r"win-back candidates +1 +3 +3\n", said[-1])
    assert re.search(r"retention since the run before +– +94\.9 % +94\.6 %\n", said[-1])
    shown = crmclean("report", "kunden.csv", *options, "--format", "html", "--lang", "de")[1]
    assert "Net Promoter Score von Lauf zu Lauf" in shown
    assert "Kandidaten zur Rückgewinnung" not in shown  # a page for others: fewer than five people
    shown = crmclean("report", "kunden.csv", *options, "--format", "html", "--lang", "de", "--no-dsgvo")[1]
    assert "Kandidaten zur Rückgewinnung" in shown
    assert "win-back" in crmclean("report", "kunden.csv", *options, "--format", "markdown")[1]


def test_a_torn_night_fails_once_and_says_nothing_is_fixed(place: Path, crmclean: Command) -> None:
    whole = HEAD + "".join(f"{n};Firma {n};x{n}@\n" for n in range(1000, 1060))
    torn = "".join(whole.splitlines(keepends=True)[:30])
    codes, said, opened = [], [], []
    for night, text in enumerate([whole, whole, torn, torn, whole], 1):
        (place / "kunden.csv").write_text(text, "utf-8")
        config = '[severity]\n"email.*" = "warning"\n[columns]\n"E-Mail" = "email"\n[input]\nentity = "company"\n'
        (place / "c.toml").write_text(config, "utf-8")
        options = ("--history", "kunden", "--as-of", f"2026-02-0{night}", "--config", "c.toml")
        code, out, _ = crmclean("check", "kunden.csv", *options, "--format", "json")
        codes.append(code)
        tree = json.loads(out)
        said.append(tree["history"])
        opened += [(f["status"], f["first_seen"]) for f in tree["findings"] if f["code"] == "anomaly.rows-dropped"]
        row = crmclean("history", "kunden", "--format", "csv", "--last", "1")[1].splitlines()
        shown = dict(zip(row[0].split(","), row[1].split(","), strict=True))
        grave = [f["severity"] for f in tree["findings"]]
        assert [int(shown[f"{level}s"]) for level in ("error", "warning")] == [*map(grave.count, ("error", "warning"))]
    assert codes == [0, 0, 1, 0, 0]
    dropped = [[a["severity"] for a in night["anomalies"] if a["code"] == "anomaly.rows-dropped"] for night in said]
    assert dropped == [[], [], ["error"], ["warning"], []]
    assert opened == [("new", "2026-02-03"), ("open", "2026-02-03")]
    assert [night["fixed"] for night in said[2:4]] == [0, 0]
    assert said[2]["gone"] >= 30
    assert (said[4]["new"], said[4]["still"] >= 60) == (0, True)


def process(place: Path, *arguments: str, blocks: int | None = None) -> subprocess.CompletedProcess[str]:
    """A run of its own; files can't grow beyond so many blocks of 1,024 bytes."""
    limit = "" if blocks is None else f"ulimit -f {blocks}; "
    command = ["bash", "-c", f'{limit}exec "$@"', "run", sys.executable, "-m", "crmclean", *arguments]
    return subprocess.run(command, cwd=place, check=False, capture_output=True, text=True)


def test_two_real_runs_at_once(place: Path) -> None:
    (place / "states").mkdir(mode=0o700)
    command = [sys.executable, "-m", "crmclean", "check", "monday.csv", *day(1), "--fail-on", "never"]
    both = [subprocess.Popen(command, cwd=place, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) for _ in range(2)]
    said = [run.communicate()[1].decode() for run in both]
    codes = sorted(run.returncode for run in both)
    assert codes in ([0, 0], [0, 8])
    if codes == [0, 8]:
        assert re.search(r"process \d+ on \S+, since 20", "".join(said))
    assert process(place, "check", "tuesday.csv", *day(2), "--fail-on", "never").returncode == 0


@pytest.mark.parametrize(("damage", "code", "said"), [("unread page", 3, "damaged"), ("newer", 3, "newer version")])
def test_a_state_that_is_none(place: Path, damage: str, code: int, said: str) -> None:
    assert process(place, "check", "monday.csv", *day(1), "--fail-on", "never").returncode == 0
    state = place / "states" / "kunden.sqlite"
    if damage == "newer":
        with closing(sqlite3.connect(state)) as database:
            database.execute("pragma user_version = 99")
            database.commit()
    else:
        content = bytearray(state.read_bytes())
        content[4096:8192] = b"\x5a" * 4096
        state.write_bytes(content)
    before = state.read_bytes()
    done = process(place, "check", "tuesday.csv", *day(2), "-q")
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert state.read_bytes() == before


def test_a_disk_that_is_full(place: Path) -> None:
    many = "".join(f"{n};Firma {n} GmbH;x{n}@\n" for n in range(2000))
    (place / "many.csv").write_text(HEAD + many, "utf-8")
    never = ("--fail-on", "never", "--map", "E-Mail=email", "-q")
    assert process(place, "check", "monday.csv", *day(1), *never).returncode == 0
    state = place / "states" / "kunden.sqlite"
    blocks = state.stat().st_size // 1024 + 8
    done = process(place, "check", "many.csv", *day(2), *never, blocks=blocks)
    assert (done.returncode, "output-failed" in done.stderr) == (5, True)
    shown = process(place, "history", "kunden", "--format", "csv").stdout
    assert [line.split(",")[0] for line in shown.splitlines()] == ["as_of", "2026-02-01"]
    assert process(place, "check", "tuesday.csv", *day(2), *never).returncode == 0


def test_metrics_go_by_the_history(place: Path, crmclean: Command) -> None:
    for night, name in ((1, "monday"), (2, "tuesday")):
        crmclean("check", f"{name}.csv", *day(night), "-q", "--metrics", "m.prom")
        shown = (place / "m.prom").read_text("utf-8")
        assert 'crmclean_up{export="kunden",command="check"} 1' in shown
        assert ("crmclean_new_findings{" in shown) == (night == 2)
    crmclean("run", "tuesday.csv", "-o", "out", "--history", "kunden", "--as-of", "2026-02-03", "--metrics", "r.prom")
    assert 'crmclean_new_findings{export="kunden",command="run"}' in (place / "r.prom").read_text("utf-8")


def test_a_rule_on_a_column_that_is_gone_still_speaks_up(place: Path, crmclean: Command) -> None:
    (place / "c.toml").write_text('[rules.mail]\ncolumn = "E-Mail"\nrequired = true\n', "utf-8")
    crmclean("check", "monday.csv", *day(1), "--config", "c.toml")
    text = (place / "tuesday.csv").read_text("utf-8").replace("E-Mail", "Mailadresse")
    (place / "tuesday.csv").write_text(text, "utf-8")
    code, out, _ = crmclean("check", "tuesday.csv", *day(2), "--config", "c.toml", "--format", "json")
    tree = json.loads(out)
    assert code == 1
    assert "rule-without-column" in {each["code"] for each in tree["findings"]}
    assert [each["code"] for each in tree["history"]["anomalies"]] == ["anomaly.column-renamed"]


def test_python_records_as_well(place: Path) -> None:
    first, second = (
        api.check(place / file, history=place / "h.sqlite", as_of=date(2026, 2, at))
        for at, file in ((1, "monday.csv"), (2, "tuesday.csv"))
    )
    assert first.summary.history is not None
    assert second.summary.history is not None
    assert (first.summary.history.since, second.summary.history.since) == ("", "2026-02-01")
    assert "status" in second.findings.columns
