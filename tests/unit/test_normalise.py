"""The normaliser: what is written, what is found, and that the two agree with the change log."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from tests.tables import cleaned

from crmclean.table import CHANGES_SCHEMA, FINDINGS_SCHEMA

LEI, BROKEN = "213800KUD8LAJWSQ9D15", "213800KUD8LXJWSQ9D15"


def test_changes_and_findings_name_row_record_and_column() -> None:
    result = cleaned({("Nr", "record_id"): ["K1", "K2", "K3"], ("LEI", "lei"): [LEI.lower(), BROKEN, "n/a"]})
    assert result.written["LEI"].to_list() == [LEI, BROKEN, "n/a"]
    assert result.changes.columns == list(CHANGES_SCHEMA)
    assert result.changes.rows() == [(1, "K1", "LEI", "lei", LEI.lower(), LEI, "lei.form", "safe")]
    assert result.findings.columns == list(FINDINGS_SCHEMA)
    assert result.findings.select("row", "line", "record_id", "column", "code", "severity").rows() == [
        (2, 3, "K2", "LEI", "lei.checksum", "error"),
        (3, 4, "K3", "LEI", "placeholder-value", "warning"),
    ]


def test_placeholders_are_cleared_only_when_asked() -> None:
    columns = {("LEI", "lei"): ["n/a", LEI]}
    assert cleaned(columns).changes.is_empty()
    result = cleaned(columns, unsafe_fixes=True)
    assert result.written["LEI"].to_list() == ["", LEI]
    assert result.changes.select("before", "after", "code", "safety").rows() == [
        ("n/a", "", "placeholder-value", "unsafe")
    ]


def test_unmapped_columns_and_order_stay() -> None:
    result = cleaned({("b", None): [" x ", "n/a"], ("a", "lei"): [LEI, ""], ("c", "text"): ["  y", "-"]})
    assert result.written.columns == ["b", "a", "c"]
    assert result.written.equals(result.table.frame)
    assert result.findings.is_empty()


def test_unusual_characters_are_found_in_any_column() -> None:
    result = cleaned({("x", None): ["ok", "a\u200bb", "MÃ¼ller", "=1+1", "+49 30", "-5", "a\x07", "Mаier"]})
    assert result.findings.select("row", "code", "suggestion").rows() == [
        (2, "invisible-character", None),
        (3, "mojibake", "Müller"),
        (4, "formula-cell", None),
        (7, "control-character", None),
        (8, "mixed-script", None),
    ]
    assert result.changes.is_empty()


def test_hints_come_from_the_same_group_and_the_country_from_anywhere() -> None:
    result = cleaned(
        {
            ("PLZ", "postal_code", "billing"): ["1067", "1010"],
            ("Ort", "city", "billing"): ["Dresden", "Wien"],
            ("Land", "country"): ["Deutschland", "Österreich"],
        }
    )
    assert result.written["PLZ"].to_list() == ["01067", "1010"]


cells = st.sampled_from(
    ["", " ", "-", "n/a", LEI, f" {LEI}", LEI.lower(), BROKEN, "x\u200b", "=A1", "2024-03-01", "31.12.2024", "abc"]
)


@given(st.integers(0, 12).flatmap(lambda n: st.lists(st.tuples(cells, cells, cells), min_size=n, max_size=n)))
def test_the_change_log_is_the_difference(rows: list[tuple[str, str, str]]) -> None:
    """I05: what changed is in the log, and nothing else; I04: cleaning again changes nothing."""
    columns = {
        ("id", "record_id"): [r[0] for r in rows],
        ("l", "lei"): [r[1] for r in rows],
        ("m", None): [r[2] for r in rows],
    }
    result = cleaned(columns)
    before, after = result.table.frame, result.written
    differences = [
        (row + 1, name, before[name][row], after[name][row])
        for row in range(before.height)
        for name in before.columns
        if before[name][row] != after[name][row]
    ]
    assert result.changes.select("row", "column", "before", "after").rows() == differences
    again = cleaned({key: after[key[0]].to_list() for key in columns})
    assert again.changes.is_empty()


def test_findings_are_sorted_and_complete_for_a_shuffled_table() -> None:
    """I09: the same findings whatever the order of the rows."""
    values = [LEI, BROKEN, "x", "n/a", "", LEI.lower()]
    forward = cleaned({("l", "lei"): values}).findings.select("value", "code").sort(pl.all())
    backward = cleaned({("l", "lei"): values[::-1]}).findings.select("value", "code").sort(pl.all())
    assert forward.equals(backward)


def test_what_a_code_says_about_a_value_is_not_what_was_changed() -> None:
    result = cleaned(
        {
            ("E-Mail", "email"): [" info@Example.org"],
            ("PLZ", "postal_code"): ["1067"],
            ("Ort", "city"): ["Dresden"],
            ("Land", "country"): ["DE"],
        }
    )
    assert result.changes.select("column", "code").rows() == [
        ("E-Mail", "email.form"),
        ("PLZ", "postal_code.leading-zero"),
    ]


def test_repeated_record_ids_are_found() -> None:
    result = cleaned({("Nr", "record_id"): ["K1", "K2", "K1 ", "", ""]})
    assert result.findings.select("row", "code", "severity").rows() == [
        (1, "repeated-id", "warning"),
        (3, "repeated-id", "warning"),
    ]


def test_surnames_that_are_words_for_nothing_elsewhere() -> None:
    result = cleaned({("Name", "last_name"): ["Null", "NULL", "null", "Na"], ("Ort", "city"): ["Null", "", "", ""]})
    assert result.findings.select("row", "column").rows() == [(1, "Ort"), (2, "Name"), (3, "Name")]
