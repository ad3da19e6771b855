"""Kinds of rules: what breaks each of them, what does not, and what is not known."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tests.tables import cleaned

from crmclean.config.model import RuleSection
from crmclean.config.own_rules import json_like, read_rules
from crmclean.core.codes import Severity
from crmclean.core.own_rule import WrongRule
from crmclean.core.registry import RULE_KINDS
from crmclean.stages.own_rules import apply_rules
from crmclean.stages.severities import apply_severities
from crmclean.table import Normalised

PEOPLE = {
    ("Nr", "record_id"): ["1", "2", "3", "4", "5"],
    ("Firma", "company_name"): ["Adler GmbH", "Bach AG", "", "Bach AG", "Dorn KG"],
    ("Nachname", "last_name"): ["", "Hahn", "Moser", "-", ""],
    ("Land", "country"): ["Deutschland", "Österreich", "fr", "", "Narnia"],
    ("USt", "vat_id"): ["", "", "FR40303265045", "", "n/a"],
    ("Segment", "segment"): ["A", "A", "B", "a", ""],
    ("Geburt", "date_of_birth"): ["", "01.02.1980", "1935-05-06", "31.02.1990", ""],
    ("Geprüft", "verified_at"): ["2026-01-01", "2020-01-01", "", "", ""],
    ("Code", None): ["K-1", "k-1", " K-22 ", "", "N/A"],
    ("Wert", None): ["5", "7,5", "1.234", "abc", "-3"],
    ("Mail", "email"): ["a@example.org", "A@EXAMPLE.ORG", "b@example.org", "", "kaputt"],
}


def check(rules: str, columns: Mapping[Any, Sequence[str]] = PEOPLE, **settings: Any) -> Normalised:
    return apply_rules(cleaned(columns), read_rules(sections(rules)), **settings)


def sections(rules: str) -> dict[str, RuleSection]:
    tree = tomllib.loads(rules)
    return {name: RuleSection(json_like(keys), "crmclean.toml:1") for name, keys in tree.items()}


def rows(rules: str, columns: Mapping[Any, Sequence[str]] = PEOPLE, **settings: Any) -> list[int]:
    found = check(rules, columns, **settings).findings
    return sorted(found.filter(pl.col("code").cast(pl.String).str.starts_with("rule."))["row"].to_list())


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        ('field = "last_name"\nrequired = true', [1, 4, 5]),  # a placeholder is empty
        ('field = "country"\nrequired = true', [4]),  # a wrong country is there
        ('field = ["vat_id", "last_name"]\nrequired = "any"', [1, 4, 5]),
        ('field = ["vat_id", "last_name"]\nrequired = true', [1, 1, 2, 4, 4, 5, 5]),
        ('column = "Code"\nrequired = true', [4, 5]),
        ('field = "country"\nallowed = ["DACH", "Frankreich"]', [5]),  # however it is written
        ('column = "Land"\nallowed = ["Deutschland"]', [2, 3, 5]),  # as it is written
        ('field = "segment"\nallowed = "A"', [3, 4]),
        ('column = "Code"\npattern = "K-[0-9]+"', [2]),  # the whole value, without blanks around it
        ('column = "Code"\npattern = "K"', [1, 2, 3]),
        ('column = "Code"\npattern = "(?i)k-[0-9]|K-22"', []),
        ('column = "Wert"\nrange = { min = 0, max = 7.5 }', [5]),  # 1.234 may be either, abc is no number
        ('field = "date_of_birth"\nrange = { min = 1940-01-01 }', [3]),
        ('field = "date_of_birth"\nrange = { max = "today" }', []),
        ('column = "Geburt"\nrange = { max = 1979-12-31 }', [2]),
        ('column = "Code"\nlength = { min = 4 }', [1, 2]),
        ('column = "Code"\nlength = { max = 3 }', [3]),
        ('field = "company_name"\nunique = true', [2, 4]),
        ('field = "email"\nunique = true', [1, 2]),
        ('field = ["company_name", "segment"]\nunique = true', []),
        ('field = "verified_at"\nmax_age_days = 365', [2]),
        ('field = "vat_id"\nrequired = true\nwhen = { country = "EU" }', [1, 2]),
        ('field = "vat_id"\nrequired = true\nwhen = { country = { is = "EU", not = "DE" } }', [2]),
        ('field = "vat_id"\nrequired = true\nwhen = { country = { not = ["DE", "AT"] } }', [5]),
        ('field = "last_name"\nrequired = true\nwhen = { Code = { filled = true }, segment = ["A", "B"] }', [1]),
        ('field = "last_name"\nrequired = true\nwhen = { segment = { filled = false } }', [5]),
        ('field = "last_name"\nrequired = true\nwhen = { Wert = { min = 0 } }', [1]),
        ('field = "company_name"\nunique = true\nwhen = { segment = "A" }', []),
        ('field = "vat_id"\nrequired = true\nentity = "company"', [1, 2, 4, 5]),
        ('field = "vat_id"\nrequired = true\nentity = "person"', [2]),
        ('field = "vat_id"\nrequired = true\nentity = "contact"', [2]),
    ],
)
def test_where_a_rule_is_broken(rule: str, broken: list[int]) -> None:
    assert rows(f"[r]\n{rule}\n") == broken


def test_a_country_of_the_run_counts_for_records_that_name_none() -> None:
    rule = '[r]\nfield = "vat_id"\nrequired = true\nwhen = { country = "AT" }\n'
    assert rows(rule) == [2]
    assert rows(rule, country="AT") == [2, 4]
    without = {key: values for key, values in PEOPLE.items() if key[0] != "Land"}
    assert rows(rule, without, country="AT") == [1, 2, 4, 5]


def test_columns_of_one_group() -> None:
    columns = {("A", "city", "billing"): ["Bonn", ""], ("B", "city", "shipping"): ["", "Köln"]}
    assert rows('[r]\nfield = "city"\nrequired = true\n', columns) == []
    assert rows('[r]\nfield = "city@billing"\nrequired = true\n', columns) == [2]


def test_a_finding_says_all_there_is_to_say() -> None:
    rule = '[number]\ncolumn = "Code"\npattern = "K-[0-9]+"\nseverity = "warning"\n'
    rule += 'message = { en = "Not ours", de = "Keine unserer" }\n'
    found = check(rule, language="de").findings.filter(pl.col("code") == "rule.number")
    assert found.row(0, named=True) == {
        "row": 2, "line": 3, "record_id": "2", "column": "Code", "field": None, "code": "rule.number",
        "severity": "warning", "value": "k-1", "suggestion": None, "message": "Keine unserer",
    }  # fmt: skip


def test_findings_stand_in_the_order_of_rows_and_columns() -> None:
    rules = '[a]\ncolumn = "Wert"\npattern = "x"\n[b]\nfield = "country"\nallowed = ["LI"]\n'
    findings = check(rules).findings
    at = {name: position for position, (name, _) in enumerate(PEOPLE)}
    order = [(row, at[name]) for row, name in findings.select("row", "column").iter_rows()]
    assert order == sorted(order)
    assert findings.schema == cleaned(PEOPLE).findings.schema


def test_without_broken_rules_nothing_is_other() -> None:
    before = cleaned(PEOPLE)
    after = apply_rules(before, read_rules(sections('[r]\nfield = "record_id"\nrequired = true\n')))
    assert_frame_equal(after.findings, before.findings)
    assert after.table.notes == before.table.notes


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ('field = "country"\ncomplete = { at_least = 0.9 }', ["4 of 5 (80.0 %), at least 90.0 % wanted"]),
        ('field = "country"\ncomplete = { at_least = 0.8 }', []),
        ('field = "country"\ncomplete = { at_least = 1 }\nwhen = { segment = "A" }', []),
        ('complete = { at_least = 0.9, purpose = "email" }', ["3 of 5 (60.0 %)"]),
        ('complete = { at_least = 0.9, purpose = "email" }\nwhen = { segment = ["A", "B"] }', []),
        ('complete = { at_least = 0.1, purpose = "sms" }', ["0 of 5"]),
    ],
)
def test_completeness_is_one_finding_about_the_file(rule: str, said: list[str]) -> None:
    notes = check(f"[r]\n{rule}\n").table.notes
    assert len(notes) == len(said)
    for note, text in zip(notes, said, strict=True):
        assert note.code == "rule.r"
        assert text in note.message.en


def test_a_column_that_is_not_there_is_said_with_place_and_nearest_name() -> None:
    (note,) = check('[r]\ncolumn = "Cod"\npattern = "x"\n').table.notes
    assert note.code == "rule-without-column"
    assert note.severity is Severity.WARNING
    assert note.message.en.endswith("crmclean.toml:1: [rules.r] Cod (did you mean 'Code'?)")


@pytest.mark.parametrize(
    ("rule", "severity", "broken"),
    [
        ('field = "lei"\nrequired = true', Severity.ERROR, []),  # it is missing in every record
        ('field = ["lei", "last_name"]\nrequired = "any"', Severity.WARNING, [1, 4, 5]),
        ('field = ["lei", "company_name"]\nunique = true', Severity.WARNING, []),  # half a key is none
        ('field = "last_name"\nrequired = true\nwhen = { lei = { filled = true } }', Severity.WARNING, []),
        ('field = ["lei", "last_name"]\nlength = { min = 6 }', Severity.WARNING, [2, 3]),
    ],
)
def test_what_a_missing_column_leaves(rule: str, severity: Severity, broken: list[int]) -> None:
    after = check(f"[r]\n{rule}\n")
    assert [note.severity for note in after.table.notes] == [severity]
    assert rows(f"[r]\n{rule}\n") == broken


def test_nothing_is_broken_in_a_table_without_rows() -> None:
    empty: dict[Any, list[str]] = {key: [] for key in PEOPLE}
    rules = "".join(f"[r{at}]\n{kind.example}\n" for at, kind in enumerate(RULE_KINDS.values()))
    assert rows(rules.replace("Kundennummer", "Code"), empty) == []


@pytest.mark.parametrize("name", RULE_KINDS)
def test_every_kind_keeps_the_contract(name: str) -> None:
    kind = RULE_KINDS[name]
    assert kind.name == name
    (rule,) = read_rules(sections(f"[r]\n{kind.example}\n"))
    assert rule.kind == name
    said = kind.said(rule)
    assert said.en
    assert said.de
    assert said.en != said.de
    for nonsense in (None, False, -1, [], {"x": 1}, [1]):
        with pytest.raises(WrongRule) as wrong:
            kind.read(nonsense, rule.targets)
        assert wrong.value.key == name


def test_severities_by_glob_the_last_line_wins() -> None:
    before = check('[r]\nfield = "last_name"\nrequired = true\n[gone]\ncolumn = "Cod"\nlength = { min = 1 }\n')
    after = apply_severities(before, {"rule.*": "info", "email.*": "off", "rule-*": "error", "date_of_birth.*": "off"})
    codes = dict(after.findings.select("code", "severity").iter_rows())
    assert codes["rule.r"] == "info"
    assert not [code for code in codes if code.startswith(("email", "date"))]
    assert [note.severity for note in after.table.notes] == [Severity.ERROR]
    assert after.findings.schema == before.findings.schema
    assert not apply_severities(before, {"rule-*": "off"}).table.notes
