"""Columns judged through polars."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import crmclean
from crmclean.core.errors import UsageError
from crmclean.core.field import Hints
from crmclean.core.placeholders import PLACEHOLDERS
from crmclean.core.registry import FIELDS
from crmclean.expressions import JUDGED, judge
from crmclean.table import Verdict

LEI, BROKEN = "213800KUD8LAJWSQ9D15", "213800KUD8LXJWSQ9D15"


def test_verdicts_follow_the_kind_of_cell() -> None:
    values = pl.Series("LEI", ["", None, " - ", "n/a", LEI, LEI.lower(), BROKEN, "x" * 5000])
    judged = judge(values, FIELDS["lei"], {})
    assert judged.schema == dict(JUDGED)
    assert judged["verdict"].to_list() == [
        *(Verdict.EMPTY, Verdict.EMPTY, Verdict.PLACEHOLDER, Verdict.PLACEHOLDER),
        *(Verdict.VALID, Verdict.VALID, Verdict.INVALID, Verdict.DOUBTFUL),
    ]
    assert judged["canonical"].to_list() == [None, None, None, None, LEI, LEI, None, None]
    assert judged["written"].to_list() == [None, None, None, None, None, LEI, None, None]
    assert judged["code"].to_list() == [
        *(None, None, "placeholder-value", "placeholder-value", None, None, "checksum", "value-too-long")
    ]


def test_plain_fields_are_only_told_from_empty() -> None:
    judged = judge(pl.Series(["  hello ", "", "-"]), FIELDS["text"], {})
    assert judged["verdict"].to_list() == [Verdict.UNJUDGED, Verdict.EMPTY, Verdict.PLACEHOLDER]
    assert judged["written"].to_list() == [None, None, None]


def test_empty_column() -> None:
    assert judge(pl.Series([], dtype=pl.String), FIELDS["lei"], {}).shape == (0, len(JUDGED))


@given(st.lists(st.one_of(st.none(), st.text(max_size=8), st.sampled_from([LEI, f" {LEI}", BROKEN]))))
def test_every_row_gets_what_parse_says(values: list[str | None]) -> None:
    judged = judge(pl.Series(values, dtype=pl.String), FIELDS["lei"], {})
    assert judged.height == len(values)
    for value, row in zip(values, judged.iter_rows(named=True), strict=True):
        # polars and Python agree on what surrounding blanks are, apart from separators C0 1c-1f
        stripped = (value or "").strip(
            " \t\n\r\x0b\x0c\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
        )
        if not stripped or stripped.lower() in PLACEHOLDERS:
            assert row["canonical"] is None
        else:
            parsed = FIELDS["lei"].parse(stripped, Hints())
            assert (row["canonical"], row["code"]) == (parsed.value, parsed.code)


def test_public_expression() -> None:
    frame = pl.DataFrame({"L": [f" {LEI}", BROKEN, "n/a", ""]})
    out = frame.select(crmclean.clean(pl.col("L"), "lei")).unnest("L")
    assert out.rows(named=True) == [
        {"value": LEI, "canonical": LEI, "code": None, "valid": True, "suggestion": None},
        {"value": BROKEN, "canonical": None, "code": "lei.checksum", "valid": False, "suggestion": None},
        {"value": "n/a", "canonical": None, "code": "placeholder-value", "valid": None, "suggestion": ""},
        {"value": "", "canonical": None, "code": None, "valid": None, "suggestion": None},
    ]


def test_unknown_field_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="there is no field 'leii'") as wrong:
        crmclean.clean(pl.col("a"), "leii")
    assert wrong.value.hint is not None
    assert "did you mean 'lei'?" in wrong.value.hint.en


@pytest.mark.parametrize("name", ["postal_code", "lei", "text", "phone", "city"])
@pytest.mark.parametrize(
    "values",
    [
        ["01067 ", "", None, "1067", "n/a", "x", " - ", "80331"],
        ["01067", "80331"],
        ["", None],
        ["", "", "", "", "Dresden"],
    ],
)
def test_long_columns_are_judged_as_short_ones(name: str, values: list[str | None]) -> None:
    """Long columns take the way over distinct values, short ones do not: the answers are the same."""
    field = FIELDS[name]
    column = pl.Series(values * 600, dtype=pl.String)
    hints = {"country": pl.Series(["DE"]).new_from_index(0, len(column))} if "country" in field.hints else {}
    short = {hint: known[: len(values)] for hint, known in hints.items()}
    assert judge(column, field, hints)[: len(values)].equals(judge(column[: len(values)], field, short))
