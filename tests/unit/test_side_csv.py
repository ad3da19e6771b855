"""Side files and the change log: what is written is read back, and a log that does not fit is noticed."""

from __future__ import annotations

import io

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from crmclean.formats.changes import put_back
from crmclean.formats.side_csv import read_raw_csv, read_side_csv, write_side_csv

FRAME = pl.DataFrame({"a": ["1", None, "", 'x,"y"', "z\r\nz", " "], "b": ["ä", "", None, "\t", "=1+1", "€"]})


def written(frame: pl.DataFrame) -> bytes:
    sink = io.BytesIO()
    write_side_csv(frame, sink)
    return sink.getvalue()


def test_no_value_and_an_empty_one_differ() -> None:
    data = written(FRAME)
    assert data.startswith(b'a,b\n1,\xc3\xa4\n,""\n"",\n')
    back = read_side_csv(data, ["a", "b"])
    assert back is not None
    assert_frame_equal(back, FRAME)


def test_an_empty_table_has_a_header() -> None:
    assert written(FRAME.clear()) == b"a,b\n"
    for read in (read_side_csv, read_raw_csv):
        back = read(b"a,b\n", ["a", "b"])
        assert back is not None
        assert back.height == 0


def test_raw_lines_keep_every_sign() -> None:
    signs = pl.DataFrame({"a": ["1", "2"], "b": ['\x00\x01"', "a\rb\u2028\n,"]})
    back = read_raw_csv(written(signs), ["a", "b"])
    assert back is not None
    assert_frame_equal(back, signs)


@pytest.mark.parametrize("data", [b"", b"x,y\n1,2\n", b"a,b\n1,2,3\n", b'a,b\n"1,2\n', b"a,b\n\xff,2\n"])
def test_other_files_are_not_taken_for_one(data: bytes) -> None:
    assert read_raw_csv(data, ["a", "b"]) is None


def test_changes_are_put_back() -> None:
    after = pl.DataFrame({"a": ["n", "y"], "b": ["1", "n"]})
    log = pl.DataFrame({"row": [1, 2], "column": ["a", "b"], "before": ["x", None], "after": ["n", "n"]})
    back = put_back(after, log)
    assert back is not None
    assert_frame_equal(back, pl.DataFrame({"a": ["x", "y"], "b": ["1", None]}))


@pytest.mark.parametrize(
    ("row", "column", "after"),
    [(0, "a", "n"), (3, "a", "n"), (None, "a", "n"), (1, "c", "n"), (1, "a", "other")],
)
def test_a_log_that_does_not_fit_is_noticed(row: int | None, column: str, after: str) -> None:
    frame = pl.DataFrame({"a": ["n", "y"]})
    log = pl.DataFrame({"row": [row], "column": [column], "before": ["x"], "after": [after]})
    assert put_back(frame, log) is None


def test_two_changes_of_one_cell_are_noticed() -> None:
    log = pl.DataFrame({"row": [1, 1], "column": ["a", "a"], "before": ["x", "y"], "after": ["n", "n"]})
    assert put_back(pl.DataFrame({"a": ["n"]}), log) is None
