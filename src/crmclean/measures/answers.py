"""Three answers as numbers: no < unknown < yes, so that the most restrictive of several is the smallest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from crmclean.core.relationship import Answers
from crmclean.table import Judged, Verdict

NO, UNKNOWN, YES = 0, 1, 2

# What a cell says about whether it can be used; a plain column's cell is taken at its word.
_USABLE = {
    int(Verdict.EMPTY): NO,
    int(Verdict.PLACEHOLDER): NO,
    int(Verdict.VALID): YES,
    int(Verdict.DOUBTFUL): UNKNOWN,
    int(Verdict.INVALID): NO,
    int(Verdict.UNJUDGED): UNKNOWN,
}


def usable(judged: Judged) -> pl.Series:
    """``UInt8``, n_rows: yes for a valid cell, no for an empty or wrong one, else unknown."""
    places = pl.Series([_USABLE[int(verdict)] for verdict in Verdict], dtype=pl.UInt8)
    return places.gather(judged.verdict).alias(judged.column.name)


def every(n_rows: int, answer: int) -> pl.Series:
    """The same answer for all records."""
    return pl.repeat(answer, n_rows, dtype=pl.UInt8, eager=True)


def all_of(answers: Iterable[pl.Series], n_rows: int) -> pl.Series:
    """The most restrictive answer; a null has no say, and where nobody has one it is unknown."""
    return _joined(list(answers), n_rows, pl.min_horizontal(pl.all())).fill_null(UNKNOWN)


def any_of(answers: Iterable[pl.Series], n_rows: int) -> pl.Series:
    """The best answer; no where there is none."""
    return _joined(list(answers), n_rows, pl.max_horizontal(pl.all())).fill_null(NO)


def _joined(answers: Sequence[pl.Series], n_rows: int, picked: pl.Expr) -> pl.Series:
    if not answers:
        return pl.Series([None], dtype=pl.UInt8).new_from_index(0, n_rows)
    frame = pl.DataFrame([answer.alias(str(i)) for i, answer in enumerate(answers)])
    return frame.select(picked.alias("answer")).to_series()


def counted(answers: pl.Series) -> Answers:
    """How many records say what."""
    found = dict(answers.value_counts().iter_rows())
    return Answers(found.get(YES, 0), found.get(UNKNOWN, 0), found.get(NO, 0))
