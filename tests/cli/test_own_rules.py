"""Rules of one's own where people meet them: check, clean, report, run, undo, explain, list, init."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests.cli.conftest import Command

EXPORT = """Nr;Firma;Land;USt-IdNr.;E-Mail
1;Adler Bau GmbH;Deutschland;;a@example.org
2;Bach AG;Österreich;;b@example.org
3;Conrad SA;Frankreich;FR40303265045;info@example.com
"""
RULES = """[rules.vat-id-abroad]
field = "vat_id"
required = true
when = { country = { is = "EU", not = "DE" } }
message = { en = "No VAT id abroad", de = "Keine USt-IdNr. im Ausland" }
why = "The invoice would carry tax."

[rules.mail]
complete = { at_least = 0.5, purpose = "email" }

[severity]
"email.role-account" = "off"
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "export.csv").write_text(EXPORT, "utf-8")
    (tmp_path / "crmclean.toml").write_text(RULES, "utf-8")
    return tmp_path


def test_check_fails_and_says_why(place: Path, crmclean: Command) -> None:
    code, out, err = crmclean("check", place / "export.csv", "--config", place / "crmclean.toml")
    assert code == 1
    assert 'export.csv:3: rule.vat-id-abroad: No VAT id abroad (record 2, column D "USt-IdNr.")' in out
    assert "role-account" not in out
    assert err.endswith("1 finding of severity error or worse\n")


def test_check_passes_when_the_rule_is_said_to_be_mild(place: Path, crmclean: Command) -> None:
    config = place / "crmclean.toml"
    config.write_text(RULES + '"rule.*" = "warning"\n', "utf-8")
    code, out, _ = crmclean("check", place / "export.csv", "--config", config, "--format", "json")
    assert code == 0
    (finding,) = [each for each in json.loads(out)["findings"] if each["code"] == "rule.vat-id-abroad"]
    assert finding["severity"] == "warning"
    assert finding["row"] == 2
    assert finding["column"] == "USt-IdNr."


def test_a_run_keeps_them_in_findings_and_report_and_can_be_undone(place: Path, crmclean: Command) -> None:
    folder = place / "r"
    code, _, err = crmclean("run", place / "export.csv", "-o", folder, "--config", place / "crmclean.toml")
    assert code == 0, err
    with (folder / "findings.csv").open(encoding="utf-8", newline="") as file:
        found = [row for row in csv.DictReader(file) if row["code"] == "rule.vat-id-abroad"]
    assert [(row["row"], row["line"], row["severity"], row["message"]) for row in found] == [
        ("2", "3", "error", "No VAT id abroad")
    ]
    assert "No VAT id abroad" in (folder / "report.html").read_text("utf-8")
    assert json.loads((folder / "report.json").read_text("utf-8"))["own_rules"][0][0] == "rule.vat-id-abroad"
    _, german, _ = crmclean("--lang", "de", "report", folder)
    assert "Keine USt-IdNr. im Ausland" in german
    assert crmclean("undo", folder, "-o", place / "again.csv")[0] == 0
    assert (place / "again.csv").read_text("utf-8") == EXPORT


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_every_form_of_the_report_says_the_rules_own_words(place: Path, crmclean: Command, form: str) -> None:
    config = place / "crmclean.toml"
    _, out, _ = crmclean("report", place / "export.csv", "--config", config, "--format", form, "-o", place / "r")
    assert "No VAT id abroad" in (out or "") + (place / "r").read_text("utf-8")


def test_clean_writes_them_too_without_a_report(place: Path, crmclean: Command) -> None:
    out = place / "out.csv"
    assert crmclean("clean", place / "export.csv", "-o", out, "--config", place / "crmclean.toml")[0] == 0
    assert "rule.vat-id-abroad,error" in (place / "out.findings.csv").read_text("utf-8")


def test_explain_shows_the_rule(place: Path, crmclean: Command) -> None:
    code, out, _ = crmclean("explain", "rule.vat-id-abroad", "--config", place / "crmclean.toml")
    assert code == 0
    assert out.splitlines()[:5] == [
        "rule.vat-id-abroad (error)",
        "  No VAT id abroad",
        "  Why: The invoice would carry tax.",
        "  What to do: Correct the cell, or the rule (crmclean.toml:1)",
        "  The rule:",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["explain", "rule.vat-id-abroad"], "add --config crmclean.toml"),
        (["explain", "rule.vat-id-abrod", "--config", "crmclean.toml"], "did you mean 'rule.vat-id-abroad'?"),
    ],
)
def test_explain_without_the_rule(
    place: Path, crmclean: Command, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(place)
    code, _, err = crmclean(*arguments)
    assert code == 2
    assert said in err


def test_a_column_that_is_gone_fails_the_gate_when_it_must_be_filled(place: Path, crmclean: Command) -> None:
    config = place / "crmclean.toml"
    config.write_text('[rules.mail]\ncolumn = "EMail"\nrequired = true\n', "utf-8")
    code, out, _ = crmclean("check", place / "export.csv", "--config", config)
    assert code == 1
    assert "rule-without-column" in out
    assert "crmclean.toml:1: [rules.mail] EMail (did you mean 'E-Mail'?)" in out


def test_a_wrong_rule_stops_before_the_export_is_read(place: Path, crmclean: Command) -> None:
    config = place / "crmclean.toml"
    config.write_text('[rules.mail]\nfield = "emial"\nrequired = true\n', "utf-8")
    code, out, err = crmclean("check", place / "missing.csv", "--config", config)
    assert (code, out) == (4, "")
    assert err.startswith(f"{config}:2: config-error: unknown field 'emial'")


def test_list_rule_kinds(crmclean: Command) -> None:
    code, out, _ = crmclean("list", "rule-kinds")
    assert code == 0
    assert "max_age_days" in out


def test_init_from_a_schema_gives_rules_that_run(place: Path, crmclean: Command) -> None:
    schema = {"fields": [{"name": "Nr", "constraints": {"unique": True}}, {"name": "Firma", "type": "geojson"}]}
    (place / "schema.json").write_text(json.dumps(schema), "utf-8")
    made = place / "made.toml"
    code, _, err = crmclean("init", place / "export.csv", "--from-schema", place / "schema.json", "-o", made)
    assert code == 0
    assert "Firma: type geojson is not taken over" in err
    assert err.endswith("5 columns, 1 rule\n")
    assert '[rules.nr-unique]\ncolumn = "Nr"\nunique = true\n' in made.read_text("utf-8")
    assert crmclean("check", place / "export.csv", "--config", made, "--fail-on", "never")[0] == 0


def test_init_refuses_what_is_no_schema(place: Path, crmclean: Command) -> None:
    code, _, err = crmclean("init", place / "export.csv", "--from-schema", place / "export.csv", "-o", place / "m.toml")
    assert code == 4
    assert not (place / "m.toml").exists()
    assert "export.csv" in err


def test_they_are_listed_among_the_checks(place: Path, crmclean: Command) -> None:
    code, out, _ = crmclean("list", "checks", "--config", place / "crmclean.toml", "--json")
    assert code == 0
    (rule,) = [check for check in json.loads(out) if check["code"] == "rule.vat-id-abroad"]
    assert rule == {"code": "rule.vat-id-abroad", "severity": "error", "what": "No VAT id abroad"}
    code, _, err = crmclean("list", "fields", "--config", place / "crmclean.toml")
    assert (code, "checks alone" in err) == (2, True)
