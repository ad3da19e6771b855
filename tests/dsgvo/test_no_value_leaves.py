"""In DSGVO mode no planted personal value stands in anything that leaves the team, however it is written there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.company_lists import build, write_list
from tests.dsgvo.planted import LABELS, Search, as_csv, as_xlsx, broken_line, parts_of, records
from tests.faults.driving import AS_OF, Driver
from tests.private_packages import private_package

from crmclean.core.registry import DIFF_REPORTS, GATE_REPORTS, REPORTS

ROWS = records()
SEARCH = Search(
    ROWS, "Petronellus", "Haudegenthal", "Sammelvermerk", "Ringelpiezhausen", "Umgetaufterl", "Krachlederner"
)
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
    as_xlsx([*ROWS, ROWS[3]], tmp_path / "export.xlsx")  # one id repeats
    as_xlsx(changed, tmp_path / "new.xlsx")
    return driver


def silent(*said: str | bytes) -> None:
    for text in said:
        assert SEARCH.hits(text) == []


def test_the_search_finds_what_is_hidden_in_escapes() -> None:
    for text in ("gr&uuml;nspechter", "Gr%C3%BCnspechter", r"Gr\u00fcnspechter", "GRUENSPECHTER", "gru\u0308nspechter"):
        assert SEARCH.hits(text), text
    assert SEARCH.hits("(030) 23125-0017")


def key(crm: Driver) -> Path:
    """A file with a key."""
    path = crm.file("k" * 32, "key")
    path.chmod(0o600)
    return path


def test_check(crm: Driver) -> None:
    wanted = [f"--format={name}=out-{name}" for name in GATE_REPORTS if name != "text"]
    given = (*wanted, "--config", "crmclean.toml", *AS_OF, "-v", "--debug")
    for export, *more in (
        ("export.csv", "--lang", "de"),
        ("export.csv", "--dsgvo", "--fail-on", "info", "--key-file", key(crm), "--format", "text"),
        ("export.xlsx", "--baseline", "known.txt", "--update-baseline", "--fail-under", "uniqueness=1"),
    ):
        done = crm("check", export, *given, *more)
        assert done.code == 1, done.err
        silent(done.out, done.err, *(content for path in crm.folder.glob("out-*") for content in parts_of(path)))
    silent((crm.folder / "known.txt").read_bytes())
    named = crm("check", "export.csv", "--format", "json", *AS_OF)
    ids = {found["record_id"] for found in json.loads(named.out)["findings"] if found["row"]}
    assert len(ids) > 30
    assert all(re.fullmatch("#[0-9a-f]{10}", each) for each in ids)
    plain = crm("check", "export.csv", "--format", "json", *AS_OF, "--no-dsgvo")
    assert "WACKELZAHN-000" in plain.out, "else there is nothing to hide"
    assert len(SEARCH.hits(crm("check", "export.csv", "--format", "json", *AS_OF, "--show-values").out)) > 40


def test_report(crm: Driver) -> None:
    config = ("--config", "crmclean.toml", *AS_OF)
    for command, export, *more in (
        ("report", "export.csv", "--dsgvo", "-v", "--debug"),
        ("report", "export.xlsx", "--format", "html"),
        ("report", "export.csv", "--format", "markdown", "--dsgvo", "--lang", "de"),
        ("profile", "export.csv", "--dsgvo"),
        ("profile", "export.xlsx", "--dsgvo", "--json"),
    ):
        done = crm(command, export, *more, *config)
        assert done.code == 0, done.err
        silent(done.out, done.err)


@pytest.mark.parametrize("how", [(), ("--match",), ("--key", "E-Mail")])
def test_diff(crm: Driver, how: tuple[str, ...]) -> None:
    for old, new in (("export.csv", "new.csv"), ("export.xlsx", "new.xlsx"))[: 1 if how else 2]:
        for name in DIFF_REPORTS:
            gate = ("--fail-on", "lost", "-v", "--debug")
            done = crm("diff", old, new, *how, "--format", name, "--dsgvo", *gate, *AS_OF)
            assert done.code == 1, done.err
            silent(done.out, done.err)
    by_default = crm("diff", "export.csv", "new.csv", *how, "--format", "html", *AS_OF)
    silent(by_default.out, by_default.err)


def test_run(crm: Driver) -> None:
    firms = [
        {"Firma": row[1], "Straße": row[4], "PLZ": row[5], "Ort": row[6], "USt-IdNr.": row[13]} for row in ROWS[6:]
    ]
    firms[3]["Firma"] = "Krachlederner AG"
    write_list(crm.folder, [{"id": str(n), "status": "gelöscht", **firm} for n, firm in enumerate(firms)])
    build(crm.folder / "companies.cdir", crm.folder / "register.toml")
    out, given = crm.folder / "out", ("--config", "crmclean.toml", *AS_OF, "-v", "--debug")
    done = crm("run", "export.csv", "-o", out, "--directory", "companies.cdir", *given, folder=out)
    assert done.code in (0, 1), done.err
    silent(done.out, done.err, *(path.read_bytes() for path in (out / "report.html", out / "report.json")))
    report = json.loads((out / "report.json").read_bytes())
    assert report["enrichment"]["auto"]
    assert report["duplicates"]["clusters"]
    assert report["relationship"]
    assert report["n_rejects"] == 1
    assert len(report["findings"]) > 25, "faults of too few kinds to prove anything"
    for name in REPORTS:
        place = crm.folder / f"again.{name}"
        again = crm("report", out, "--format", name, "--dsgvo", "--lang", "de", "-o", place)
        assert again.code == 0, again.err
        silent(again.out, again.err, *parts_of(place))
    more = crm("run", "export.xlsx", "-o", "more", "--dsgvo", *given, "--lang", "de")
    assert more.code in (0, 1), more.err
    silent(more.out, more.err, *(path.read_bytes() for path in (crm.folder / "more").glob("report.*")))
    again = crm("report", "more", "--format", "text")
    silent(again.out, again.err)


FIELD = """
from crmclean.core.field import FieldType, Hints, Parsed
from crmclean.core.language import Text


def parse(value: str, hints: Hints) -> Parsed:
    raise ValueError(f"no pet: {value}")


FIELD = FieldType(
    name="pet", title=Text("Pet", "Tier"), group="other", parse=parse, headers=("lieblingstier",), codes=(),
    examples_good=("a",) * 5, examples_bad=(),
)
"""


def test_a_bug_that_names_a_value_is_told_without_it(crm: Driver) -> None:
    with private_package(crm.folder / "site", "zoo", {"pet.py": FIELD}, "[crmclean.fields]\npet = zoo.pet\n"):
        for command in ("check", "report", "profile"):
            done = crm(command, "export.csv", "--map", "Lieblingstier=pet", "--debug", "-v", *AS_OF)
            assert done.code == 70, done.err
            assert "ValueError@pet.py" in done.err
            silent(done.out, done.err)


def as_json_lines() -> bytes:
    return b"".join(json.dumps(dict(zip(LABELS, row, strict=True))).encode() + b"\n" for row in ROWS)


DAMAGED = {
    "cut.jsonl": as_json_lines()[:-20],
    "nested.jsonl": as_json_lines() + b'{"Nachname": {"Krachlederner": ["Krachlederner"]}}\n[1, "Krachlederner"]\n',
    "twice.jsonl": as_json_lines() + b'{"Nachname": "Krachlederner", "Nachname": "Krachlederner"}\n',
    "cut.xlsx": None,
    "cut.parquet": b"PAR1" + as_csv(ROWS) + b"PAR1",
    "nul.csv": as_csv(ROWS) + b"\0" * 50,
    "latin.csv": as_csv(ROWS) + "Krachlederner;Stöberlein\r\n".encode("cp1252"),
    "quote.csv": as_csv(ROWS) + b'"Krachlederner;x\r\n',
    "bare.csv": as_csv(ROWS).partition(b"\r\n")[2],
}


@pytest.mark.parametrize("name", DAMAGED)
def test_refusals_and_remarks_name_no_value(crm: Driver, name: str) -> None:
    damaged = DAMAGED[name]
    crm.file((crm.folder / "export.xlsx").read_bytes()[:-900] if damaged is None else damaged, name)
    done = crm("check", name, "--format", "json", "-v", "--debug", *AS_OF)
    assert done.code in (0, 1, 3), done.err
    silent(done.out, done.err)
