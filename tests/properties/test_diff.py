"""Differences hold for any two tables: nothing between equals, symmetry, and what is listed is all there is."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exports import csv_file, differences

from crmclean.core.registry import DIFF_REPORTS
from crmclean.differences import Differences
from crmclean.pipeline import DiffOrder

HEADER = ("Nr", "Telefon", "Notiz")
_CELL = st.sampled_from(["", "-", "a", "b ", "b", "030 23125 101", "+49 30 23125101", "n/a", "Ä", '"; x'])
_ID = st.sampled_from([*(f"K{i}" for i in range(8)), ""])
_ROW = st.tuples(_ID, _CELL, _CELL)
_ROWS = st.lists(_ROW, min_size=1, max_size=12)
_KEYED = st.lists(_ROW.filter(lambda row: row[0] != ""), min_size=1, max_size=8, unique_by=lambda row: row[0])
BY_NR = DiffOrder(("Nr",))
Rows = Sequence[Sequence[str]]


def diff(old: Rows, new: Rows) -> Differences:
    with TemporaryDirectory() as folder:
        files = [csv_file(Path(folder, name), [HEADER, *rows]) for name, rows in (("old.csv", old), ("new.csv", new))]
        return differences(files[0], files[1], order=BY_NR, Nr="identifier", Telefon="phone", Notiz="text")


@given(_ROWS)
@settings(deadline=None, max_examples=80)
def test_nothing_changes_between_equals(rows: Rows) -> None:
    found = diff(rows, rows)
    assert (found.added.height, found.removed.height, found.cells.height, found.events) == (0, 0, 0, ())


@given(_ROWS, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=80)
def test_order_is_no_change(rows: list[tuple[str, str, str]], chance: object) -> None:
    moved = list(rows)
    chance.shuffle(moved)  # type: ignore[attr-defined]
    found = diff(rows, moved)
    assert (found.added.height, found.removed.height, found.cells.height) == (0, 0, 0)


@given(_ROWS, _ROWS)
@settings(deadline=None, max_examples=80)
def test_sides_swap(old: Rows, new: Rows) -> None:
    there, back = diff(old, new), diff(new, old)
    assert there.added.equals(back.removed)
    assert there.removed.equals(back.added)
    kinds = {kind: there.count(kind) for kind in ("changed", "form", "lost", "filled")}
    assert kinds == {
        "changed": back.count("changed"),
        "form": back.count("form"),
        "lost": back.count("filled"),
        "filled": back.count("lost"),
    }
    every = [found.n_compared + found.removed.height + _n_apart(found, "old") for found in (there, back)]
    assert every == [len(old), len(new)]


def _n_apart(found: Differences, side: str) -> int:
    return found.ids.filter((pl.col("side") == side) & pl.col("counted").is_null()).height


@given(_KEYED, _KEYED)
@settings(deadline=None, max_examples=80)
def test_the_listed_changes_make_new_of_old(old: Rows, new: Rows) -> None:
    found = diff(old, new)
    listed = pl.read_csv(io.BytesIO(DIFF_REPORTS["csv"].render(found, "en", False)), infer_schema=False)
    table = {row[0]: dict(zip(HEADER, row, strict=True)) for row in old}
    fresh = {row[0]: dict(zip(HEADER, row, strict=True)) for row in new}
    for each in listed.iter_rows(named=True):
        if each["kind"] == "removed":
            del table[each["record_id"]]
        elif each["kind"] == "added":
            table[each["record_id"]] = fresh[each["record_id"]]
        else:
            assert table[each["record_id"]][each["column"]] == each["before"]
            table[each["record_id"]][each["column"]] = each["after"]
    assert table == fresh
