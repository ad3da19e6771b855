"""Ids: every field that identifies an entity, and other keys. One line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from crmclean.comparers._likeness import likeness, slips
from crmclean.core.field import FieldType, Strength
from crmclean.core.language import Text
from crmclean.core.registry import FIELDS
from crmclean.evidence import Cells, Compared, Comparer, Level, Line, Subjects

_RAREST_ID, _RAREST_KEY = 1e-9, 1e-6  # an id is given once; of other keys nobody knows how they are counted
_GIVEN_ONCE = 1_000  # records without it that a file stands for: one that few records fill is no more frequent
_NEIGHBOURS, _SIMILAR_CHANCE = 100, 1e-4  # keys are often counted up: the next one is a slip away
_SIMILAR = 0.85  # share of characters in place from which two keys are one mistyped


def _keys(cells: Cells) -> list[FieldType]:
    """The fields that some column holds: all that identify, other numbers of register and bank, and other keys."""
    return [kind for name, kind in FIELDS.items() if cells.has(name) and _is_key(kind)]


def _is_key(kind: FieldType) -> bool:
    is_number = kind.strength is Strength.SUPPORTING and kind.group in ("id", "bank")
    return kind.strength is Strength.IDENTIFYING or is_number or kind.name == "identifier"


def _line(kind: FieldType) -> Line:
    same, similar = (0.93, 0.03) if kind.strength is Strength.IDENTIFYING else (0.80, 0.08)
    return Line(
        kind.name,
        kind.title,
        (
            Level("same", same, Text("same", "gleich")),
            Level("similar", similar, Text("similar", "ähnlich")),
            Level("different", 1 - same - similar, Text("different", "verschieden")),
        ),
        kind="id",
    )


def _lines(cells: Cells) -> Sequence[Line]:
    return [_line(kind) for kind in _keys(cells)]


def _facets(cells: Cells) -> Mapping[str, pl.Series | list[pl.Series]]:
    return {kind.name: cells.first(kind.name) for kind in _keys(cells)}


def _compare(subjects: Subjects, left: pl.Series, right: pl.Series) -> Mapping[str, Compared]:
    kinds = [FIELDS[name] for name in subjects.lines if name in FIELDS and _is_key(FIELDS[name])]
    return {kind.name: _compare_key(subjects, kind, left, right) for kind in kinds}


def _compare_key(subjects: Subjects, kind: FieldType, left: pl.Series, right: pl.Series) -> Compared:
    rarest = _RAREST_ID if kind.strength is Strength.IDENTIFYING else _RAREST_KEY
    values = subjects.facets[kind.name]
    alike = likeness(values.gather(left), values.gather(right), slips).alias("alike")
    rare = subjects.chance(kind.name, rarest, left, right, beyond=_GIVEN_ONCE)
    pairs = pl.DataFrame([alike, rare.alias("rare")])
    level = (
        pl.when(pl.col("alike").is_null())
        .then(0)
        .when(pl.col("alike") == 1)
        .then(1)
        .when(pl.col("alike") >= _SIMILAR)
        .then(2)
        .otherwise(3)
    )
    found = pairs.with_columns(level=level.cast(pl.UInt8))
    chance = (
        pl.when(pl.col("level") == 1)
        .then("rare")
        .when(pl.col("level") == 2)
        .then((pl.col("rare") * _NEIGHBOURS).clip(_SIMILAR_CHANCE, 1.0))
        .otherwise(1.0)
    )
    return Compared(found["level"], found.select(chance.fill_null(1.0)).to_series())


COMPARER = Comparer("identifiers", lines=_lines, facets=_facets, compare=_compare)
