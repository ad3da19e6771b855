"""``check``: formats, baselines, limits and exit codes, as typed."""

from __future__ import annotations

import json
import random
import re
import stat
from pathlib import Path

import pytest
from tests.cli.conftest import Command

AS_OF = ("--as-of", "2026-01-31")
HEAD = "Nr;Firma;E-Mail\n"
ROWS = ("1;Adler GmbH;mia@\n", "2;Bach AG;info@example.com\n", "3;Conrad KG;x@@y\n")


@pytest.fixture
def export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "export.csv"
    path.write_text(HEAD + "".join(ROWS), "utf-8")
    return path


def test_several_formats_at_once(export: Path, crmclean: Command) -> None:
    kinds = ("json", "markdown", "junit", "sarif", "gitlab", "text")
    files = [item for kind in kinds for item in ("--format", f"{kind}=out.{kind}")]
    code, out, err = crmclean("check", export, *files, "--format", "github", *AS_OF)
    assert code == 1
    assert out.startswith("::error file=export.csv,line=2,title=email.")
    assert "2 findings of severity error or worse" in err
    for kind in kinds:
        path = export.with_name(f"out.{kind}")
        assert path.stat().st_size
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert "mia@" not in path.read_text("utf-8")
    tree = json.loads(export.with_name("out.json").read_text())
    assert [(f["row"], f["line"], f["column"], f["severity"]) for f in tree["findings"] if f["fails"]] == [
        (1, 2, "E-Mail", "error"),
        (3, 4, "E-Mail", "error"),
    ]
    named = {f["record_id"] for f in tree["findings"] if f["fails"]}
    assert len(named) == 2
    assert all(re.fullmatch("#[0-9a-f]{10}", name) for name in named)
    crmclean("check", export, "--format", "json=out.json", "--no-dsgvo", *AS_OF)
    plain = json.loads(export.with_name("out.json").read_text())
    assert [f["record_id"] for f in plain["findings"] if f["fails"]] == ["1", "3"]
    crmclean("check", export, "--format", "json=out.json", "--show-values", *AS_OF)
    assert "mia@" in export.with_name("out.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "xml"), "no check format 'xml'"),
        (("--format", "jnit"), "did you mean 'junit'"),
        (("--format", "json", "--format", "github"), "only one format"),
        (("--format", "json=-", "--format", "github"), "only one format"),
        (("--format", "json=a", "--format", "sarif=a"), "same"),
        (("--format", "json=export.csv"), "same-file"),
        (("--update-baseline",), "--baseline FILE"),
        (("--fail-under", "nonsense=0.9"), "no dimension"),
        (("--fail-on", "bad"), "no severity"),
        (("--baseline", "export.csv", "--format", "json=export.csv"), "same-file"),
    ],
)
def test_usage(export: Path, crmclean: Command, arguments: tuple[str, ...], said: str) -> None:
    before = export.read_bytes()
    code, _, err = crmclean("check", export, *arguments, *AS_OF)
    if arguments[0] == "--baseline":
        assert code == 3  # an export is no baseline
    else:
        assert code == 2
        assert said in err
    assert export.read_bytes() == before
    assert [path.name for path in export.parent.iterdir()] == ["export.csv"]


def test_only_new_findings_fail(export: Path, crmclean: Command) -> None:
    known = ("--baseline", "known.txt")
    code, _, err = crmclean("check", export, *known, *AS_OF)
    assert (code, "--update-baseline makes it" in err) == (3, True)
    code, _, err = crmclean("check", export, *known, "--update-baseline", *AS_OF)
    assert code == 0
    assert "baseline written" in err
    content = Path("known.txt").read_bytes()
    assert stat.S_IMODE(Path("known.txt").stat().st_mode) == 0o600
    code, out, err = crmclean("check", export, *known, *AS_OF)
    assert (code, err) == (0, "")
    assert " 0 new, 0 stale" in out

    shuffled = list(ROWS)
    random.Random(1).shuffle(shuffled)
    export.write_text(HEAD + "".join(shuffled))
    assert crmclean("check", export, *known, *AS_OF)[0] == 0

    export.write_text(HEAD + "".join(ROWS[1:]) + "4;Dorn UG;no mail\n")
    code, out, err = crmclean("check", export, *known, *AS_OF)
    assert code == 1
    assert "1 new finding of severity error" in err
    assert "1 stale (email." in out
    assert "x***" not in out
    assert crmclean("check", export, *known, "--max-new", "1", *AS_OF)[0] == 0
    assert Path("known.txt").read_bytes() == content

    _, _, err = crmclean("check", export, *known, "--update-baseline", *AS_OF)
    assert "1 added, 1 pruned" in err
    assert crmclean("check", export, *known, *AS_OF)[0] == 0
    assert Path("known.txt").read_bytes() != content


def test_updating_is_atomic_and_repeatable(export: Path, crmclean: Command) -> None:
    crmclean("check", export, "--baseline", "known.txt", "--update-baseline", *AS_OF)
    content = Path("known.txt").read_bytes()
    code, _, _ = crmclean(
        "check", export, "--baseline", "known.txt", "--update-baseline", "--format", "json=no/x", *AS_OF
    )
    assert code == 5
    assert Path("known.txt").read_bytes() == content
    crmclean("check", export, "--baseline", "known.txt", "--update-baseline", *AS_OF)
    assert Path("known.txt").read_bytes() == content
    assert sorted(path.name for path in export.parent.iterdir()) == ["export.csv", "known.txt"]


def test_a_foreign_file_is_never_replaced(export: Path, crmclean: Command) -> None:
    Path("notes.txt").write_text("dear diary")
    for name in ("notes.txt", "export.csv"):
        before = Path(name).read_bytes()
        code, _, err = crmclean("check", export, "--baseline", name, "--update-baseline", *AS_OF)
        assert code == 3
        assert "baseline-damaged" in err
        assert Path(name).read_bytes() == before


def test_a_baseline_of_other_columns_is_refused(export: Path, crmclean: Command) -> None:
    crmclean("check", export, "--baseline", "known.txt", "--update-baseline", *AS_OF)
    content = Path("known.txt").read_bytes()
    export.write_text("Nr;Name;E-Mail\n1;Adler GmbH;mia@\n")
    for more in ((), ("--update-baseline",)):
        code, _, err = crmclean("check", export, "--baseline", "known.txt", *more, *AS_OF)
        assert code == 3
        assert 'no column "Firma" here' in err
    assert Path("known.txt").read_bytes() == content


def test_floors_by_dimension_with_levels(export: Path, crmclean: Command) -> None:
    Path("crmclean.toml").write_text(
        '[gate]\nfail_on = "never"\n[gate.error]\nvalidity = 0.5\n[gate.warning]\nvalidity = 0.99\n'
    )
    code, out, err = crmclean("check", export, "--config", "crmclean.toml", *AS_OF)
    assert (code, err) == (0, "")
    assert "validity 0.600 under 0.990" in out or "under 0.990" in out
    code, _, err = crmclean("check", export, "--config", "crmclean.toml", "--fail-under", "validity=0.95", *AS_OF)
    assert code == 1
    assert "under 0.950" in err


def test_uniqueness_is_measured_where_it_is_asked_for(export: Path, crmclean: Command) -> None:
    never = ("--fail-on", "never")
    _, out, _ = crmclean("check", export, *never, "--format", "json", *AS_OF)
    assert "uniqueness" not in json.loads(out)["scores"]
    _, out, _ = crmclean("check", export, *never, "--format", "json", "--fail-under", "uniqueness=0.5", *AS_OF)
    assert json.loads(out)["scores"]["uniqueness"]["of"] == 3
    code, _, err = crmclean("check", export, *never, "--fail-under", "1", *AS_OF)
    assert (code, "score" in err) == (1, True)


def test_rejects_of_a_baseline_pass(export: Path, crmclean: Command) -> None:
    export.write_text(HEAD + "".join(ROWS) + "4;Dorn;a@example.com;too;many\n")
    assert crmclean("check", export, "--fail-on", "never", *AS_OF)[0] == 1
    crmclean("check", export, "--baseline", "k", "--update-baseline", *AS_OF)
    assert crmclean("check", export, "--baseline", "k", *AS_OF)[0] == 0
    export.write_text(HEAD + "".join(ROWS) + "4;Dorn;a@example.com;too;many\n5;Ebert;b@example.com;too;many\n")
    code, _, err = crmclean("check", export, "--baseline", "k", *AS_OF)
    assert code == 1
    assert "1 line is no record" in err


def test_german(export: Path, crmclean: Command) -> None:
    _, out, err = crmclean("--lang", "de", "check", export, "--format", "markdown", *AS_OF)
    assert "nicht bestanden" in out
    assert "2 Befunde mit Schweregrad Fehler oder schlimmer" in err


def test_formats_are_listed(crmclean: Command) -> None:
    code, out, _ = crmclean("list", "check-formats")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == [
        "github",
        "gitlab",
        "json",
        "junit",
        "markdown",
        "sarif",
        "text",
    ]


def test_a_cell_counts_once(tmp_path: Path, crmclean: Command) -> None:
    (tmp_path / "x.csv").write_text("Nr;Firma;E-Mail\n1;Ad\x01ler;\n2;Bach;\n", "utf-8")
    report = crmclean("check", str(tmp_path / "x.csv"), "--format", "json", "--fail-on", "warning", "--max-new", "1")
    found = [f for f in json.loads(report[1])["findings"] if f["severity"] == "warning"]
    assert [(f["code"], f["row"]) for f in found] == [("control-character", 1)]
    assert report[0] == 0
