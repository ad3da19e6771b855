"""Dates of birth: equal, or with day and month swapped or one part mistyped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from crmclean.core.language import Text
from crmclean.evidence import Cells, Compared, Comparer, Level, Line, Subjects

BIRTH = "date_of_birth"
_LINE = Line(
    BIRTH,
    Text("date of birth", "Geburtsdatum"),
    (
        Level("same", 0.89, Text("same", "gleich")),
        Level("similar", 0.09, Text("nearly the same", "fast gleich")),
        Level(
            "near", 0.018, Text("different, less than a generation apart", "verschieden, keine Generation auseinander")
        ),
        Level("different", 0.002, Text("different", "verschieden"), asks=True),
    ),
    kind="birth",
    names="person",
)
_RAREST = 1 / 25_000  # days in the seventy years that most people of a customer file were born in
_NEIGHBOURS = 40  # dates that differ in one digit, or by swapped day and month
# Nobody names two living children alike, and no parent is younger: people of one name and house, born further apart,
# are father and son, born closer a mistake.
_GENERATION = 15  # years
_DAYS = 365  # a year of birthdays: in a file with few of them one that two records share is still rare
_NEAR_CHANCE = 0.38  # of two birth dates drawn from seventy years, so many lie less than a generation apart


def _lines(cells: Cells) -> Sequence[Line]:
    return [_LINE] if cells.has(BIRTH) else []


def _facets(cells: Cells) -> Mapping[str, pl.Series | list[pl.Series]]:
    born = cells.first(BIRTH)
    return {BIRTH: born, "birth_year": born.str.slice(0, 4), "birth_month": born.str.slice(0, 7)}


def _compare(subjects: Subjects, left: pl.Series, right: pl.Series) -> Mapping[str, Compared]:
    days, chance = subjects.facets[BIRTH], subjects.chance(BIRTH, _RAREST, left, right, beyond=_DAYS)
    pairs = pl.DataFrame([days.gather(left).alias("a"), days.gather(right).alias("b"), chance.alias("c")])
    year, month, day = ([pl.col(side).str.slice(at, n) for side in ("a", "b")] for at, n in ((0, 4), (5, 2), (8, 2)))
    same = [part[0] == part[1] for part in (year, month, day)]
    swapped = same[0] & (month[0] == day[1]) & (day[0] == month[1])
    years = [part.cast(pl.Int32, strict=False) for part in year]
    two_of_three = pl.sum_horizontal(same) == 2
    level = (
        pl.when(pl.col("a").is_null() | pl.col("b").is_null())
        .then(0)
        .when(pl.col("a") == pl.col("b"))
        .then(1)
        .when(swapped | two_of_three)
        .then(2)
        .when((years[0] - years[1]).abs() < _GENERATION)
        .then(3)
        .otherwise(4)
        .cast(pl.UInt8)
    )
    found = pairs.select(level=level, c="c")
    worth = (
        pl.when(pl.col("level") == 1)
        .then("c")
        .when(pl.col("level") == 2)
        .then((pl.col("c") * _NEIGHBOURS).clip(upper_bound=1))
        .when(pl.col("level") == 3)
        .then(_NEAR_CHANCE)
        .otherwise(1.0)
    )
    return {BIRTH: Compared(found["level"], found.select(worth).to_series())}


COMPARER = Comparer("date_of_birth", lines=_lines, facets=_facets, compare=_compare)
