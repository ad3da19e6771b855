"""In DSGVO mode no planted personal value stands in anything that leaves the team, however it is written there."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.dsgvo.planted import LABELS, as_csv, as_xlsx, broken_line, hits, parts_of, phones, planted, records
from tests.faults.driving import AS_OF, Driver

from crmclean.core.registry import DIFF_REPORTS, GATE_REPORTS, REPORTS

ROWS = records()
WORDS, NUMBERS = planted(ROWS) | {"Petronellus", "Haudegenthal", "Sammelvermerk", "Ringelpiezhausen"}, phones(ROWS)
RULES = """
[rules.owner]
column = "Betreuer"
allowed = ["Hadumoth Stelzfuchs", "Petronellus Haudegenthal"]

[rules.note]
column = "Notiz"
pattern = "Schwärmt für Quirolinde.*"

[rules.when-owner]
field = "phone"
required = true
when = { "Betreuer" = "Ignazius Brummkreisler" }

[rules.turnover]
column = "Umsatz mit Kunde"
range = { min = 0, max = 3 }

[rules.once]
field = "email"
unique = true
message = "An address stands twice"

[rules.nowhere]
column = "Nirgends"
required = true
"""


@pytest.fixture
def crm(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Driver:
    """crmclean in a folder with the exports."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    driver = Driver(tmp_path, capsys)
    driver.file(as_csv(ROWS, broken_line()))
    driver.file(RULES, "crmclean.toml")
    changed = [list(row) for row in ROWS[4:]]
    for row in changed:
        row[LABELS.index("Lieblingstier")] = "Sammelvermerk Ringelpiezhausen"
        row[LABELS.index("Telefon")] = ""
    changed[9][LABELS.index("Nachname")] = "Umgetaufterl"
    driver.file(as_csv(changed), "new.csv")
    as_xlsx(ROWS, tmp_path / "export.xlsx")
    as_xlsx(changed, tmp_path / "new.xlsx")
    return driver


def silent(*said: str | bytes) -> None:
    for text in said:
        assert hits(text, WORDS | {"Umgetaufterl"}, NUMBERS) == []


def test_the_search_finds_what_is_hidden_in_escapes() -> None:
    for text in ("gr&uuml;nspechter", "Gr%C3%BCnspechter", r"Gr\u00fcnspechter", "GRUENSPECHTER", "gru\u0308nspechter"):
        assert hits(text, WORDS, NUMBERS), text
    assert hits("(030) 23125-0017", WORDS, NUMBERS)


@pytest.mark.parametrize("export", ["export.csv", "export.xlsx"])
def test_check(crm: Driver, export: str) -> None:
    wanted = [f"--format={name}=out-{name}" for name in GATE_REPORTS]
    config = ("--config", "crmclean.toml", *AS_OF)
    for language in ("en", "de"):
        done = crm("check", export, *wanted, *config, "-v", "--debug", "--lang", language)
        assert done.code == 1
        silent(done.out, done.err, *(content for path in crm.folder.glob("out-*") for content in parts_of(path)))
    for name in GATE_REPORTS:
        done = crm("check", export, "--format", name, *config, "--dsgvo", "--fail-on", "info", "--key-file", _key(crm))
        silent(done.out, done.err)
    known = crm("check", export, *config, "--baseline", "known.txt", "--update-baseline")
    silent(known.out, known.err, (crm.folder / "known.txt").read_bytes())


def _key(crm: Driver) -> Path:
    path = crm.file("k" * 32, "key")
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("export", ["export.csv", "export.xlsx"])
def test_report(crm: Driver, export: str) -> None:
    config = ("--config", "crmclean.toml", *AS_OF)
    for name in REPORTS:
        out = f"report-{name}"
        done = crm("report", export, "--format", name, "-o", out, "--dsgvo", *config, "-v")
        assert done.code == 0, done.err
        silent(done.out, done.err, *parts_of(crm.folder / out))
    by_default = crm("report", export, "--format", "html", *config)
    silent(by_default.out, by_default.err)
    for more in ((), ("--json",)):
        done = crm("profile", export, "--dsgvo", *more, *config)
        assert done.code == 0, done.err
        silent(done.out, done.err)


@pytest.mark.parametrize("how", [(), ("--match",), ("--key", "E-Mail")])
def test_diff(crm: Driver, how: tuple[str, ...]) -> None:
    for old, new in (
        (("export.csv", "new.csv"), ("export.xlsx", "new.xlsx")) if not how else (("export.csv", "new.xlsx"),)
    ):
        for name in DIFF_REPORTS:
            done = crm(
                "diff", old, new, *how, "--format", name, "--dsgvo", "--fail-on", "lost", *AS_OF, "-v", "--debug"
            )
            assert done.code == 1, done.err
            silent(done.out, done.err)
    by_default = crm("diff", "export.csv", "new.csv", *how, "--format", "html", *AS_OF)
    silent(by_default.out, by_default.err)


def test_run(crm: Driver) -> None:
    out = crm.folder / "out"
    done = crm("run", "export.csv", "-o", out, "--config", "crmclean.toml", *AS_OF, "-v", "--debug", folder=out)
    assert done.code in (0, 1), done.err
    silent(done.out, done.err, *(path.read_bytes() for path in (out / "report.html", out / "report.json")))
    for name in REPORTS:
        again = crm("report", out, "--format", name, "--dsgvo", "--lang", "de")
        assert again.code == 0, again.err
        silent(again.out, again.err)
    more = crm("run", "export.xlsx", "-o", "more", "--dsgvo", "--config", "crmclean.toml", *AS_OF, "--lang", "de")
    assert more.code in (0, 1), more.err
    silent(more.out, more.err, *(path.read_bytes() for path in (crm.folder / "more").glob("report.*")))
