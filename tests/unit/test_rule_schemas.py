"""Rules from Frictionless Table Schema and from data contracts; what can't be taken over is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crmclean.config.schemas import rules_from_schema
from crmclean.config.schemas.yaml_subset import WrongYaml, load_yaml
from crmclean.core.errors import ConfigError

COLUMNS = ("Nr", "Name", "Geburt", "Umsatz", "Aktiv", "Mail")


def taken(tmp_path: Path, tree: Any) -> tuple[dict[str, Any], list[str]]:
    path = tmp_path / "schema"
    path.write_text(tree if isinstance(tree, str) else json.dumps(tree), "utf-8")
    found = rules_from_schema(path, COLUMNS)
    return {name: dict(rule.keys) for name, rule in found.rules.items()}, [remark.en for remark in found.remarks]


def of_field(tmp_path: Path, **field: Any) -> tuple[dict[str, Any], list[str]]:
    rules, remarks = taken(tmp_path, {"fields": [{"name": "Name", **field}]})
    return {rule_kind(rule): rule for rule in rules.values()}, remarks


def rule_kind(rule: dict[str, Any]) -> str:
    return next(key for key in rule if key not in ("column", "why", "severity"))


def test_all_constraints_of_a_table_schema(tmp_path: Path) -> None:
    given = {
        "required": True, "unique": True, "enum": ["a", "b"], "pattern": "[ab]", "minLength": 1, "maxLength": 2,
        "minimum": 1, "maximum": "5",
    }  # fmt: skip
    rules, remarks = of_field(tmp_path, type="integer", constraints=given)
    assert not remarks
    assert {kind: rule[kind] for kind, rule in rules.items()} == {
        "required": True, "unique": True, "allowed": ["a", "b"], "pattern": "[+-]?[0-9]+",
        "range": {"min": 1, "max": 5.0}, "length": {"min": 1, "max": 2},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "pattern"),
    [
        ({"type": "date"}, "[0-9]{4}-[0-9]{2}-[0-9]{2}"),
        ({"type": "date", "format": "%d.%m.%Y"}, r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}"),
        ({"type": "number"}, r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"),
        ({"type": "string", "format": "email"}, r"[^@\s]+@[^@\s]+\.[^@\s]+"),
        ({"type": "year"}, "-?[0-9]{4}"),
    ],
)
def test_types_become_patterns(tmp_path: Path, field: dict[str, Any], pattern: str) -> None:
    rules, remarks = of_field(tmp_path, **field)
    assert rules["pattern"]["pattern"] == pattern
    assert not remarks


@pytest.mark.parametrize(
    ("field", "remark"),
    [
        ({"type": "geopoint"}, "Name: type geopoint is not taken over"),
        ({"type": "date", "format": "%b %Y"}, "Name: format %b %Y is not taken over"),
        ({"constraints": {"pattern": "(?!x)y"}}, "Name: pattern is not taken over (no valid pattern: look-around"),
        ({"constraints": {"exclusiveMinimum": 0}}, "Name: exclusiveMinimum is not taken over"),
        ({"type": "time", "constraints": {"minimum": "08:00:00"}}, "Name: minimum, maximum is not taken over"),
    ],
)
def test_what_is_not_taken_over_is_said(tmp_path: Path, field: dict[str, Any], remark: str) -> None:
    _, remarks = of_field(tmp_path, **field)
    assert len(remarks) == 1
    assert remarks[0].startswith(remark)


def test_keys_of_a_table(tmp_path: Path) -> None:
    fields = [{"name": "Nr", "constraints": {"required": True}}, {"name": "Name"}, {"name": "fehlt", "type": "integer"}]
    tree = {"resources": [{"schema": {"fields": fields, "primaryKey": "Nr", "uniqueKeys": [["Nr", "Name"]],
                                      "foreignKeys": [{"fields": "x"}]}}]}  # fmt: skip
    rules, remarks = taken(tmp_path, tree)
    assert list(rules) == ["nr-required", "fehlt-pattern", "nr-unique", "nr-name-unique"]
    assert remarks == [
        "schema: foreignKeys is not taken over (they speak of another table)",
        "fehlt: this export has no such column",
    ]


CONTRACT = """\
# of the customers
apiVersion: v3.1.0
kind: DataContract
schema:
  - name: customers
    properties:
      - name: id
        physicalName: Nr
        primaryKey: true
        logicalTypeOptions: {minLength: 3, maxLength: 8, pattern: '^K[0-9]+$', format: x}
      - name: Name
        required: true
        quality:
          - metric: invalidValues
            mustBe: 0
            severity: warning
            arguments:
              validValues: ['a, b', "c", d]
          - {type: library, metric: missingValues, mustBeLessOrEqualTo: 5, unit: percent, description: few}
          - {metric: nullValues, mustBeLessThan: 5, unit: percent}
          - metric: duplicateValues
            mustBeLessThan: 10
          - type: sql
            query: |
              SELECT 1 # no comment
              WHERE a: b
    quality:
    - rule: duplicateCount
      mustBe: 0
      arguments:
        properties:
          - id
          - Name
    - metric: rowCount
      mustBeGreaterThan: 10
  - name: others
    properties:
      - name: x
"""


def test_a_data_contract(tmp_path: Path) -> None:
    rules, remarks = taken(tmp_path, CONTRACT)
    assert rules == {
        "nr-pattern": {"column": "Nr", "pattern": "^K[0-9]+$"},
        "nr-length": {"column": "Nr", "length": {"min": 3, "max": 8}},
        "name-required": {"column": "Name", "required": True},
        "name-allowed": {"column": "Name", "allowed": ["a, b", "c", "d"], "severity": "warning"},
        "name-complete": {"column": "Name", "complete": {"at_least": 0.95}, "why": "few"},
        "nr-required": {"column": "Nr", "required": True},
        "nr-unique": {"column": "Nr", "unique": True},
        "nr-name-unique": {"column": ["Nr", "Name"], "unique": True},
    }
    assert remarks == [
        "others: schema is not taken over (another table)",
        "Nr: logicalTypeOptions.format is not taken over",
        (
            "Name: quality nullValues is not taken over (mustBeLessThan excludes its limit, which a rule "
            "allows; mustBeLessOrEqualTo is taken over)"
        ),
        "Name: quality duplicateValues is not taken over (a rule of crmclean knows no tolerance here)",
        "Name: quality sql is not taken over (only library metrics are)",
        "customers: quality rowCount is not taken over (min_rows in [gate] does that)",
    ]


@pytest.mark.parametrize(("written", "is_taken"), [("yes", True), ("'true'", True), ("1", True), ("no", False)])
def test_flags_as_people_write_them(tmp_path: Path, written: str, is_taken: bool) -> None:
    said = f"  - name: Nr\n    required: {written}\n    unique: {written}\n    primaryKey: {written}\n"
    contract = f"apiVersion: v3.0.0\nkind: DataContract\nschema:\n- name: a\n  properties:\n{said}"
    rules, remarks = taken(tmp_path, contract)
    assert (sorted(rules), remarks) == (["nr-required", "nr-unique"] if is_taken else [], [])
    flags = {"required": written.strip("'"), "unique": False}
    assert bool(of_field(tmp_path, constraints=flags)[0]) is is_taken


@pytest.mark.parametrize("written", ["ja", "perhaps", 2])
def test_flags_that_are_none_are_said(tmp_path: Path, written: Any) -> None:
    rules, remarks = of_field(tmp_path, constraints={"required": written})
    assert (rules, remarks) == ({}, ["Name: required is not taken over (neither true nor false)"])


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("{", 1, "no valid JSON"),
        ("a: &x 1\n", 1, "outside the part of YAML"),
        ("a: 1\nb: *x\n", 2, "outside the part of YAML"),
        ("a: 1\na: 2\n", 2, "stands there twice"),
        ("a: 'open\n", 1, "a quote is not closed"),
        ("a:\n\t- b\n", 2, "a tab before the text"),
        ("a: 1\n   more\n", 2, "not understood"),
        ("a: 1\n---\nb: 2\n", 2, "not understood"),
        ("a: [1, 2\n", 1, "outside the part of YAML"),
        ("a: 1\n", 0, "is no Table Schema and no data contract"),
        ("[1]", 0, "is no Table Schema"),
        ("[" * 100_000, 0, "nested too deeply"),
        ("a: " + "[" * 1000, 1, "nested too deeply"),
    ],
)
def test_a_schema_that_is_refused(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(ConfigError) as wrong:
        taken(tmp_path, text)
    assert said in wrong.value.message()
    assert wrong.value.where == str(tmp_path / "schema") + (f":{line}" if line else "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        (
            "a:\n- b: 1\n  c: [x, 'y: z', {d: null}]\n-\n  - ~\n",
            {"a": [{"b": 1, "c": ["x", "y: z", {"d": None}]}, [None]]},
        ),
        ("'k: 1': \"\\u00e4\" # x\n", {"k: 1": "ä"}),
        (
            "a: http://example.org/#x\nb: 1.50\nc: 007x\nd: -3\n",
            {"a": "http://example.org/#x", "b": 1.5, "c": "007x", "d": -3},
        ),
        ("a: >\n  one\n  two\nb:\n", {"a": "one two", "b": None}),
        ("- - 1\n  - 2\n- 3\n", [[1, 2], 3]),
        ("---\na: it's\n", {"a": "it's"}),
    ],
)
def test_the_part_of_yaml_that_is_read(text: str, value: Any) -> None:
    assert load_yaml(text) == value


def test_a_wrong_line_of_yaml_is_named() -> None:
    with pytest.raises(WrongYaml) as wrong:
        load_yaml("a: 1\n\nb: !tag 2\n")
    assert wrong.value.line == 3
