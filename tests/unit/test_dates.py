"""Written dates: what is read, what is doubted, and how a column's habit decides between day and month."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from crmclean.accelerators import _dates
from crmclean.core.date_habits import date_habit
from crmclean.core.dates import day_first, read_date
from crmclean.core.field import Hints
from crmclean.core.registry import FIELDS
from crmclean.expressions import habit_of, judge

TODAY = date(2026, 1, 15)

READ = (
    ("2024-03-01", "", "2024-03-01"),
    ("2024-3-1", "", "2024-03-01"),
    ("2024/03/01", "", "2024-03-01"),
    ("2024-03-01T14:05:00Z", "", "2024-03-01T14:05:00Z"),
    ("2024-03-01T14:05:00.000+0000", "", "2024-03-01T14:05:00Z"),
    ("2024-03-01T14:05:00.250Z", "", "2024-03-01T14:05:00.25Z"),
    ("2024-03-01T14:05:00+01:00", "", "2024-03-01T14:05:00+01:00"),
    ("2024-03-01 14:05:00+01", "", "2024-03-01T14:05:00+01:00"),
    ("2024-03-01 14:05", "", "2024-03-01T14:05:00"),
    ("2024-03-01 14:05:00 MEZ", "", "2024-03-01T14:05:00+01:00"),
    ("01.03.2024", "", "2024-03-01"),
    ("1.3.24", "", "2024-03-01"),
    ("1.3.1999", "", "1999-03-01"),
    ("1. 3. 2024", "", "2024-03-01"),
    ("01.03.2024 14:05", "", "2024-03-01T14:05:00"),
    ("01.03.2024, 14:05 Uhr", "", "2024-03-01T14:05:00"),
    ("01.03.2024 um 14.05 Uhr", "", "2024-03-01T14:05:00"),
    ("03/13/2024 2:05 PM", "", "2024-03-13T14:05:00"),
    ("3/13/2024, 12:05:00 AM", "", "2024-03-13T00:05:00"),
    ("13/03/2024", "", "2024-03-13"),
    ("05/05/2024", "", "2024-05-05"),
    ("03/04/2024", "dmy", "2024-04-03"),
    ("03/04/2024", "mdy/", "2024-03-04"),
    ("24-03-01", "ymd-", "2024-03-01"),
    ("03.04.2024", "mdy", "2024-03-04"),
    ("20240301", "", "2024-03-01"),
    ("13032024", "", "2024-03-13"),
    ("01032024", "dmy", "2024-03-01"),
    ("20240301T140500Z", "", "2024-03-01T14:05:00Z"),
    ("20240301140500", "", "2024-03-01T14:05:00"),
    ("1 March 2024", "", "2024-03-01"),
    ("1. März 2024", "", "2024-03-01"),
    ("1. Mrz. 2024", "", "2024-03-01"),
    ("1. Jänner 2024", "", "2024-01-01"),
    ("Freitag, 1. März 2024", "", "2024-03-01"),
    ("March 1st, 2024", "", "2024-03-01"),
    ("01-MAR-24", "", "2024-03-01"),
    ("1er mars 2024", "", "2024-03-01"),
    ("1 de marzo de 2024", "", "2024-03-01"),
    ("1 marca 2024", "", "2024-03-01"),
    ("Fri Mar 01 14:05:00 CET 2024", "", "2024-03-01T14:05:00+01:00"),
    ("Fri, 01 Mar 2024 14:05:00 +0000", "", "2024-03-01T14:05:00Z"),
    ("45352", "excel-serial", "2024-03-01"),
    ("45352,5", "excel-serial", "2024-03-01T12:00:00"),
    ("1709301900000", "epoch-ms", "2024-03-01T14:05:00Z"),
    ("1709301900000", "", "2024-03-01T14:05:00Z"),
    ("1709301900", "epoch-s", "2024-03-01T14:05:00Z"),
    ("/Date(1709301900000)/", "", "2024-03-01T14:05:00Z"),
    ("29.02.2024", "", "2024-02-29"),
)

NOT_READ = (
    ("31.02.2024", "", "impossible", None),
    ("29.02.2023", "", "impossible", None),
    ("2024-13-45", "", "impossible", None),
    ("2024-25-03", "", "impossible", "2024-03-25"),
    ("2024-03-01 25:00", "", "impossible", None),
    ("32. März 2024", "", "impossible", None),
    ("03/04/2024", "", "ambiguous", None),
    ("03/04/2024", "iso", "ambiguous", None),
    ("03/04/2024 10:00", "", "ambiguous", None),
    ("01032024", "", "ambiguous", None),
    ("01/02/03", "", "ambiguous", None),
    ("März 2024", "", "incomplete", None),
    ("2024-03", "", "incomplete", None),
    ("03/2024", "", "incomplete", None),
    ("2024", "", "incomplete", None),
    ("1.3.", "", "incomplete", None),
    ("--03-01", "", "incomplete", None),
    ("1. März", "", "incomplete", None),
    ("45352", "", "number", "2024-03-01"),
    ("45352", "dmy.", "number", "2024-03-01"),
    ("60", "excel-serial", "early-serial", None),
    ("1.1.1", "", "not-a-date", None),
    ("gestern", "", "not-a-date", None),
    ("2024-03-01x", "", "not-a-date", None),
    ("99999999999999999999", "", "not-a-date", None),
    ("٠١.٠٣.٢٠٢٤", "", "not-a-date", None),
)


@pytest.mark.parametrize(("text", "habit", "expected"), READ)
def test_is_read(text: str, habit: str, expected: str) -> None:
    assert read_date(text, habit).value == expected


@pytest.mark.parametrize(("text", "habit", "reason", "guess"), NOT_READ)
def test_is_not_read(text: str, habit: str, reason: str, guess: str | None) -> None:
    reading = read_date(text, habit)
    assert (reading.value, reading.reason, reading.guess) == (None, reason, guess)


@pytest.mark.parametrize(
    ("text", "habit", "expected"),
    [
        ("03/25/2024", "dmy/", "2024-03-25"),  # can only be this, but the column says otherwise
        ("03/04/2024", "dmy/?", "2024-04-03"),  # the column contradicts itself
        ("03/04/2024", "dmy.", "2024-04-03"),  # the order was seen with dots only
        ("03.25.2024", "", "2024-03-25"),
    ],
)
def test_order_is_doubted(text: str, habit: str, expected: str) -> None:
    reading = read_date(text, habit)
    assert (reading.value, reading.reason) == (expected, "order")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["25/03/2024", "03/04/2024"], "dmy/"),
        (["03/25/2024", "03/04/2024"], "mdy/"),
        (["03/04/2024", "04/05/2024"], ""),
        (["25/03/2024", "03/25/2024"], ""),
        (["25/03/2024", "26/03/2024", "03/25/2024"], "dmy/?"),
        (["01.03.2024", "15.04.2024"], "dmy."),
        (["01.03.2024", "25/03/2024"], "dmy./"),
        (["13-03-24", "12-01-05"], ""),
        (["99-03-24", "98-01-05"], "ymd-"),
        (["2024-03-01", "2024-03-02 10:00"], "iso"),
        (["20240301", "20240302"], "iso"),
        (["01032024", "15032024"], "dmy"),
        (["45352", "45353.5"], "excel-serial"),
        (["1709301900000"], "epoch-ms"),
        (["1709301900"], "epoch-s"),
        (["x", ""], ""),
        ([], ""),
    ],
)
def test_habit_by_vote(values: list[str], expected: str) -> None:
    assert date_habit(values) == expected


@pytest.mark.parametrize(
    ("field", "text", "value", "code"),
    [
        ("created_at", "2026-01-15", "2026-01-15", None),
        ("created_at", "2026-01-16", "2026-01-16", "future"),
        ("created_at", "1850-01-02", "1850-01-02", "too-old"),
        ("created_at", "1 January 1970", None, "default-date"),
        ("date_of_birth", "01.03.1985", "1985-03-01", None),
        ("date_of_birth", "1.3.85", "1985-03-01", None),
        ("date_of_birth", "1.3.20", "2020-03-01", "two-digit-year"),
        ("date_of_birth", "1.3.05", "2005-03-01", None),
        ("date_of_birth", "1.3.30", "1930-03-01", None),
        ("date_of_birth", "01.03.2027", "2027-03-01", "future"),
        ("date_of_birth", "01.03.1900", "1900-03-01", "age"),
        ("date_of_birth", "01.01.1970", "1970-01-01", "default-date"),
    ],
)
def test_judged_by_today(field: str, text: str, value: str | None, code: str | None) -> None:
    parsed = FIELDS[field].parse(text, Hints(as_of=TODAY))
    assert (parsed.value, parsed.code) == (value, code)


def test_no_rule_about_today_without_today() -> None:
    assert FIELDS["created_at"].parse("2999-01-02", Hints()).code is None


def test_proposal_has_the_form_of_the_column() -> None:
    parsed = FIELDS["created_at"].parse("45352", Hints(habit="dmy."))
    assert (parsed.code, parsed.suggestion) == ("number", "01.03.2024")


@pytest.mark.parametrize(
    "text", ["1900-01-01", "01.01.1900", "0001-01-01", "1970-01-01 00:00:00", "0.0.00", "31.12.9999"]
)
def test_default_dates_count_as_empty(text: str) -> None:
    assert text in FIELDS["modified_at"].placeholders


def test_german_form_is_read_again() -> None:
    for value in ("2024-03-01", "2024-03-01T14:05:00.25+01:00", "2024-03-01T14:05:00Z"):
        assert read_date(day_first(value)).value == value


CELLS = (
    *("2024-03-01T14:05:00Z", "2024-03-01 14:05", "2024-03-01", "2024-03-01T14:05:00.120+0100", "2024-03-01T25:05"),
    *("01.03.2024 14:05", "1.3.24", "31.02.2024 10:00", "03/04/2024 14:05", "03/25/2024", "13/04/2024 09:00:00"),
    *("2030-01-01T00:00:00", "1800-01-01 10:00", "1970-01-01T00:00:01Z", "01.01.1900 10:00", "2024-25-03 10:00"),
    *("gestern", "1. März 2024", "03-04-2024", "2024-03-01T14:05:00-0000", "2024-03-01 14:05.5", "45352"),
)


@pytest.mark.parametrize("habit", ["", "dmy", "dmy.", "mdy/", "mdy/?", "iso", "excel-serial"])
@pytest.mark.parametrize("as_of", [None, TODAY])
@pytest.mark.parametrize("name", ["modified_at", "date_of_birth"])
@pytest.mark.parametrize("style", ["keep", "iso", "dmy"])
def test_columns_are_read_as_cells_are(name: str, as_of: date | None, habit: str, style: str) -> None:
    field = FIELDS[name]
    told = {"habit": pl.lit(habit), "as_of": pl.lit(as_of.isoformat() if as_of else None, pl.String)}
    judged = _dates.run(pl.DataFrame({"value": CELLS}).with_columns(**told), style, name)
    n_handled = 0
    for cell, row in zip(CELLS, judged.iter_rows(named=True), strict=True):
        if not row["handled"]:
            continue
        n_handled += 1
        parsed = field.parse(cell, Hints(habit=habit, as_of=as_of))
        written = None
        if parsed.value is not None:
            written = cell if style == "keep" else field.display(parsed.value, style)
        expected = (parsed.value, written, parsed.code, parsed.suggestion)
        assert (row["canonical"], row["written"], row["code"], row["suggestion"]) == expected, cell
    assert n_handled >= 10


def test_whole_column_knows_habit_and_today() -> None:
    values = pl.Series("Geändert", ["25/03/2024 10:00", "03/04/2024 10:00", "03/04/2027 10:00", None, ""])
    field = FIELDS["modified_at"]
    judged = judge(values, field, {}, habit=habit_of(values, field), as_of=TODAY)
    assert judged["canonical"].to_list() == [
        "2024-03-25T10:00:00",
        "2024-04-03T10:00:00",
        "2027-04-03T10:00:00",
        None,
        None,
    ]
    assert judged["code"].to_list() == [None, None, "future", None, None]


@pytest.mark.parametrize("name", ["date_of_birth", "created_at"])
@pytest.mark.parametrize("habit", ["", "dmy.", "mdy", "mdy/", "dmy.?", "excel-serial"])
def test_a_year_without_a_doubt_is_judged_like_each_of_its_days(name: str, habit: str) -> None:
    shapes = (
        "{d:02}.{m:02}.{y}",
        "{d}.{m}.{y}",
        "{y}-{m:02}-{d:02}",
        "{y}-{m}-{d}",
        "{m:02}/{d:02}/{y}",
        "{d}-{m}-{y}",
    )
    values = [
        shape.format(y=y, m=m, d=d)
        for shape in shapes
        for y in ("0001", 1753, 1899, 1900, 1905, 1906, 1969, 1970, 2024, 2025, 2026, 2027, 9999)
        for m in (1, 2, 6, 12)
        for d in (1, 14, 15, 16, 28, 29, 31, 32)
    ]
    parse = FIELDS[name].parse
    for as_of in (None, TODAY):
        told = pl.DataFrame({"value": values}).with_columns(
            habit=pl.lit(habit), as_of=pl.lit(as_of and as_of.isoformat(), pl.String)
        )
        for value, got in zip(values, _dates.run(told, "dmy", name).iter_rows(), strict=True):
            said = parse(value, Hints(habit=habit, as_of=as_of))
            written = None if said.value is None else day_first(said.value)
            assert not got[0] or got[1:] == (said.value, written, said.code, said.suggestion), value
