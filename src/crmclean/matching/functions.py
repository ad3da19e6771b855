"""Departments that stand where a person's name belongs: ``Buchhaltung``, ``Zentrale``, ``Sales``.

Nobody is called so. Where the record's address names a person (``eva.muster@``), it is that person's; otherwise the
record is the company's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from crmclean.comparers._departments import DEPARTMENTS
from crmclean.evidence import Cells

_AROUND = r"^(?:abt\.?|abteilung|team|dept\.?|department)\s+|\s+(?:abteilung|team|department)$"
_NAMED = r"^([a-z]+)[._-]([a-z]{2,}(?:-[a-z]{2,})?)\d*@"


def is_function(names: Sequence[pl.Series]) -> pl.Series:
    """Whether what stands in a record's name columns is a department.

    Args:
        names: the columns as they are, ``String``, n_rows.

    Returns:
        ``Boolean``, n_rows, without nulls.
    """
    if not names:
        return pl.Series(dtype=pl.Boolean)
    told = pl.concat_str([name.str.strip_chars() for name in names], separator=" ", ignore_nulls=True)
    plain = told.str.strip_chars().str.to_lowercase().str.replace(_AROUND, "")
    return pl.select(plain.is_in(DEPARTMENTS).fill_null(value=False)).to_series()


def without_functions(cells: Cells, is_named_so: pl.Series) -> Cells:
    """The cells with the name that the address says in place of a department, or with none.

    Args:
        cells: keys of all cells.
        is_named_so: see ``is_function``.
    """
    mail = cells.first("email")
    local = mail.str.extract(r"^([^@+\d]+)", 1)
    first, last = mail.str.extract(_NAMED, 1), mail.str.extract(_NAMED, 2)
    is_person = ~(first.is_in(DEPARTMENTS) | last.is_in(DEPARTMENTS) | local.is_in(DEPARTMENTS)).fill_null(value=True)
    keys = dict(cells.keys)
    for name, told in (("first_name", first), ("last_name", last.str.replace_all("-", " "))):
        said = told.zip_with(is_person, cells.nothing())
        columns = keys.get(name) or (cells.nothing(),)
        others = tuple(column.zip_with(~is_named_so, cells.nothing()) for column in columns[1:])
        keys[name] = (said.zip_with(is_named_so, columns[0]), *others)
    no = pl.repeat(value=False, n=cells.n_rows, dtype=pl.Boolean, eager=True)
    for name in ("first_name", "last_name"):
        if name not in cells.keys:
            cells = replace(
                cells,
                valid={**cells.valid, name: (no,)},
                canonical={**cells.canonical, name: (cells.nothing(),)},
            )
    return replace(cells, keys=keys)
