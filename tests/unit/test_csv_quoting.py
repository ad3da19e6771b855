"""Which habit a column has, and what can't be written in a dialect without quote marks."""

from __future__ import annotations

import polars as pl
import pytest

from crmclean.core.errors import OutputError
from crmclean.formats.csv_layout import find_habits, in_encoding
from crmclean.formats.csv_quoting import Quoting, render

VALUES = ["Anna", "", "Anna Bär", "x;y", ""]


@pytest.mark.parametrize(
    ("habit", "raw"),
    [
        ("minimal", ["Anna", "", "Anna Bär", '"x;y"', ""]),
        ("nonempty", ['"Anna"', "", '"Anna Bär"', '"x;y"', ""]),
        ("always", ['"Anna"', '""', '"Anna Bär"', '"x;y"', '""']),
        ("empty", ["Anna", '""', "Anna Bär", '"x;y"', '""']),
        ("spaced", ["Anna", "", '"Anna Bär"', '"x;y"', ""]),
    ],
)
def test_the_habit_of_each_column_is_found(habit: str, raw: list[str]) -> None:
    frame = pl.DataFrame({"a": VALUES, "b": ["1"] * 5})
    records = pl.Series([f"{cell};1" for cell in raw])
    habits, irregular = find_habits(records, frame, ";", '"')
    assert habits[0] == habit
    assert [entry for entry in irregular if 0 in entry[1:]] == []
    quoting = Quoting(";", '"', tuple(habits), {entry[0] - 1: tuple(entry[1:]) for entry in irregular})
    assert render(frame, quoting).to_list() == records.to_list()


def test_cells_against_the_habit_are_listed() -> None:
    frame = pl.DataFrame({"a": ["x"] * 9, "b": ["y"] * 9})
    records = pl.Series(["x;y"] * 4 + ['x;"y"'] + ["x;y"] * 4)
    assert find_habits(records, frame, ";", '"') == (["minimal", "minimal"], [[5, 1]])


def test_a_record_the_cells_do_not_give_is_kept_whole() -> None:
    frame = pl.DataFrame({"a": ["x", "x"], "b": ["y", "y"]})
    records = pl.Series(["x;y", '"x" ;y'])
    habits, irregular = find_habits(records, frame, ";", '"')
    assert irregular == [[2, '"x" ;y']]
    layout = {"delimiter": ";", "quote": '"', "habits": habits, "irregular": irregular}
    quoting = Quoting.of(layout)
    assert render(frame, quoting).to_list() == records.to_list()
    changed = frame.with_columns(a=pl.Series(["x", "z"]))
    assert render(changed, quoting.for_changed(frame, changed)).to_list() == ["x;y", "z;y"]


def test_a_changed_cell_follows_the_habit() -> None:
    before, after = pl.DataFrame({"a": ["x", "x"], "b": ["", ""]}), pl.DataFrame({"a": ["x", "n"], "b": ["", ""]})
    quoting = Quoting(";", '"', ("minimal", "minimal"), {0: (0,), 1: (0, 1)})
    assert render(before, quoting).to_list() == ['"x";', '"x";""']
    assert render(after, quoting.for_changed(before, after)).to_list() == ['"x";', 'n;""']


def test_without_quote_marks_a_delimiter_in_a_new_value_is_refused() -> None:
    quoting = Quoting("\t", "", ("minimal", "minimal"), {})
    assert render(pl.DataFrame({"a": ['"x'], "b": ["y"]}), quoting).to_list() == ['"x\ty']
    with pytest.raises(OutputError) as raised:
        render(pl.DataFrame({"a": ["x", "x"], "b": ["y", "ge\theim"]}), quoting, 10)
    assert raised.value.code == "unquotable-cell"
    assert 'row 12, column "b"' in raised.value.message("en")
    assert "ge\theim" not in raised.value.message("de")


def test_another_encoding_brings_its_own_mark() -> None:
    layout = {"encoding": "cp1252", "bom": False}
    assert in_encoding(layout, "utf-8-sig") == {"encoding": "utf-8", "bom": True}
    assert in_encoding({"encoding": "utf-8", "bom": True}, "cp1252") == {"encoding": "cp1252", "bom": False}
    assert in_encoding({"sheet": "A"}, "utf-8") == {"sheet": "A"}
