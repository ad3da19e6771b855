"""What holds for rules over any table, any text of YAML and any configuration."""

from __future__ import annotations

import json
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tables import cleaned

from crmclean.config.loader import load_config
from crmclean.config.model import RuleSection
from crmclean.config.own_rules import read_rules
from crmclean.config.schemas.yaml_subset import WrongYaml, load_yaml
from crmclean.core.errors import ConfigError
from crmclean.stages.own_rules import apply_rules

CELLS = st.sampled_from(
    ["", "-", "a", "A", "b ", "7", "-7,5", "2026-01-01", "31.12.2019", "a@example.org", "DE", "ü" * 30]
)
TABLES = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=12)
RULES: dict[str, dict[str, Any]] = {
    "required": {"required": True},
    "any": {"required": "any"},
    "allowed": {"allowed": ["a", "7"]},
    "pattern": {"pattern": "[a-z]+"},
    "range": {"range": {"min": -1, "max": 5}},
    "days": {"range": {"max": "today", "min": "2020-01-01"}},
    "length": {"length": {"min": 2, "max": 10}},
    "unique": {"unique": True},
    "age": {"max_age_days": 365},
}


def broken(table: list[tuple[str, str, str]], keys: dict[str, Any]) -> list[int]:
    columns = {(name, field): [row[at] for row in table] for at, (name, field) in enumerate(COLUMNS)}
    found = apply_rules(cleaned(columns), read_rules({"r": RuleSection(keys)})).findings
    return found.filter(pl.col("code") == "rule.r")["row"].to_list()


COLUMNS = (("X", None), ("Y", "segment"), ("Z", "email"))


@pytest.mark.parametrize("keys", RULES.values(), ids=RULES)
@settings(max_examples=20)  # each cleans a table, for every kind of rule
@given(table=TABLES, data=st.data())
def test_the_order_of_the_rows_does_not_matter(keys: dict[str, Any], table: list[Any], data: st.DataObject) -> None:
    asked = {"column": "X", "field": ["segment", "email"], **keys}
    order = data.draw(st.permutations(range(len(table))))
    shuffled = broken([table[at] for at in order], asked)
    assert sorted(order[row - 1] + 1 for row in shuffled) == broken(table, asked)


@pytest.mark.parametrize("keys", [keys for name, keys in RULES.items() if name != "unique"], ids=lambda k: str(*k))
@settings(max_examples=20)  # each cleans a table, for every kind of rule
@given(table=TABLES)
def test_a_condition_leaves_the_findings_of_the_records_it_means(keys: dict[str, Any], table: list[Any]) -> None:
    asked = {"column": ["X", "Z"], **keys}
    meant = [at for at, row in enumerate(table, 1) if row[1].strip() in ("a", "DE")]
    found = broken(table, {**asked, "when": {"segment": ["a", "DE"]}})
    assert found == [row for row in broken(table, asked) if row in meant]


@settings(max_examples=20)  # each cleans a table, for every kind of rule
@given(table=TABLES)
def test_unique_is_what_counting_says(table: list[tuple[str, str, str]]) -> None:
    keys = [(row[0].strip(), row[1].strip()) for row in table]
    full = [all(cell not in ("", "-") for cell in key) for key in keys]
    expected = [at + 1 for at, key in enumerate(keys) if full[at] and keys.count(key) > 1]
    assert broken(table, {"column": ["X", "Y"], "unique": True}) == expected


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.text(st.characters(codec="ascii", categories=["L", "N", "Z", "P", "S"]), max_size=8),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.text("abc", min_size=1), inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


def block(value: Any, indent: int = 0) -> str:
    """Block style, as people write it; scalars as JSON, which is YAML."""
    pad = " " * indent
    if isinstance(value, dict):
        parts = [f"{pad}{key}:" + _below(each, indent) for key, each in value.items()]
    elif isinstance(value, list):
        parts = [f"{pad}-" + _below(each, indent) for each in value]
    else:
        return pad + json.dumps(value)
    return "\n".join(parts)


def _below(value: Any, indent: int) -> str:
    return "\n" + block(value, indent + 2) if isinstance(value, (dict, list)) else " " + json.dumps(value)


@given(JSON)
def test_what_is_written_in_block_style_is_read(value: Any) -> None:
    assert load_yaml(block(value)) == value


@given(JSON)
def test_what_is_written_in_flow_style_is_read(value: Any) -> None:
    assert load_yaml("a: " + json.dumps(value)) == {"a": value}


@given(st.text(st.sampled_from("ab:-[]{},'\"#|>&*! \n\t1.~"), max_size=60))
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    line = 1
    try:
        load_yaml(text)
    except WrongYaml as wrong:
        line = wrong.line
    assert 1 <= line <= text.count("\n") + 1


VALUES = st.sampled_from(
    ["true", '"a"', "3", "-1.5", "[]", '["a", "b"]', "{}", "{ min = 1 }", '{ is = "a" }', '{ at_least = 0.5 }',
     "2026-01-01", '"email"', '"error"', '{ country = { not = "EU" } }', "inf", '"(?<=x)"', '"["'],
)  # fmt: skip
KEYS = st.sampled_from(
    ["field", "column", "when", "entity", "severity", "message", "why", "required", "allowed", "pattern", "range",
     "length", "unique", "max_age_days", "complete", "other"],
)  # fmt: skip


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_any_rule_is_read_or_refused_with_a_place(
    tmp_path_factory: pytest.TempPathFactory, keys: dict[str, str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text("[rules.r]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items()), "utf-8")
    try:
        rules = load_config(path).rules
    except ConfigError as error:
        rules, place = {}, error.where
    else:
        place = f"{path}:1"
    assert place.startswith(f"{path}:")
    for rule in rules.values():  # what is read can be checked
        broken([("a", "b", "c")], dict(rule.keys))
