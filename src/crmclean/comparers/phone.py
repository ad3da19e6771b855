"""Telephone numbers of every kind together: a mobile number in the phone column is still the same number.

Numbers are compared before their extension: two extensions of one switchboard are the same number here, and how many
records share it says how little that means.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from crmclean.comparers._shared_values import compare_values
from crmclean.core.language import Text
from crmclean.evidence import Cells, Compared, Comparer, Level, Line, Subjects

PHONE, LOCAL = "phone", "phone_local"
_FIELDS = ("phone", "mobile", "fax")
_LINE = Line(
    PHONE,
    Text("phone", "Telefon"),
    (
        Level("same", 0.66, Text("same", "gleich")),
        Level("trunk", 0.08, Text("same switchboard", "gleiche Zentrale")),
        Level("different", 0.26, Text("different", "verschieden")),
    ),
    kind="contact",
)
_TRUNK_CHANCE = 1e-4  # numbers that begin alike lie in one town, and often in one street
_TRUNK = 9  # characters in front that must agree: +49 and at least six digits
_LOCAL_DIGITS = 6  # below are short codes and extensions
_RAREST_LOCAL = 1e-5  # the same digits stand for other numbers in other towns
# Mobile numbers: Germany 015-017 (Bundesnetzagentur), Austria 065-069 (RTR), Switzerland 074-079 (BAKOM).
_MOBILE = r"^\+(?:491[567]|436[5-9]|417[4-9])"
_RAREST = 1e-7  # there are some 10^8 numbers in use in the German-speaking countries


def _lines(cells: Cells) -> Sequence[Line]:
    return [_LINE] if cells.has(*_FIELDS) else []


def _facets(cells: Cells) -> Mapping[str, pl.Series | list[pl.Series]]:
    return {
        PHONE: cells.all_of(*_FIELDS),
        LOCAL: [_digits(key, value) for name in _FIELDS for key, value in _columns(cells, name)],
        "phone_first": cells.first("phone"),
        "phone_kind": _kind(cells.all_of(*_FIELDS)),
    }


def _kind(columns: list[pl.Series]) -> pl.Series:
    """``mobile`` where all numbers of a record are, ``landline`` where none is; null where there are both."""
    is_mobile = [column.str.contains(_MOBILE) for column in columns]
    some, all_ = pl.any_horizontal(is_mobile), pl.all_horizontal([each.fill_null(value=True) for each in is_mobile])
    filled = pl.any_horizontal([column.is_not_null() for column in columns])
    kind = (
        pl.when(some & all_).then(pl.lit("mobile")).when(filled & ~some.fill_null(value=False)).then(pl.lit("landline"))
    )
    return pl.select(kind).to_series()


def _columns(cells: Cells, name: str) -> Iterable[tuple[pl.Series, pl.Series]]:
    return zip(cells.keys.get(name, ()), cells.canonical.get(name, ()), strict=True)


def _digits(key: pl.Series, value: pl.Series) -> pl.Series:
    """The digits of numbers whose country nobody knows; null for all others and for short codes."""
    digits = pl.when(key.is_null()).then(value.str.replace_all(r"\D", ""))
    return pl.select(pl.when(digits.str.len_bytes() >= _LOCAL_DIGITS).then(digits)).to_series()


def _compare(subjects: Subjects, left: pl.Series, right: pl.Series) -> Mapping[str, Compared]:
    world = _compare_world(subjects, left, right)
    local = compare_values(subjects, LOCAL, left, right, rarest=_RAREST_LOCAL, n_levels=len(_LINE.levels))
    # A local number may be the other one's: it speaks only for itself, and against nothing but another local number.
    is_local = (world.level == 0) | ((local.level == 1) & (world.level != 1))
    return {PHONE: Compared(local.level.zip_with(is_local, world.level), local.chance.zip_with(is_local, world.chance))}


def _compare_world(subjects: Subjects, left: pl.Series, right: pl.Series) -> Compared:
    found = compare_values(subjects, PHONE, left, right, rarest=_RAREST, n_levels=len(_LINE.levels))
    numbers, kinds = subjects.facets["phone_first"], subjects.facets["phone_kind"]
    pairs = pl.DataFrame(
        [
            numbers.gather(left).alias("a"),
            numbers.gather(right).alias("b"),
            found.level.alias("level"),
            (kinds.gather(left) != kinds.gather(right)).fill_null(value=False).alias("other kind"),
        ]
    )
    a, b = (pl.col(side).str.replace(r"0{1,2}$", "") for side in ("a", "b"))  # 0 is the operator's extension
    long = pl.min_horizontal(a.str.len_bytes(), b.str.len_bytes()) >= _TRUNK
    trunk = (pl.col("level") == len(_LINE.levels)) & long & (a.str.starts_with(b) | b.str.starts_with(a))
    is_trunk = pairs.select(trunk.fill_null(value=False)).to_series()
    # Who gives the mobile number here and the landline there contradicts nothing.
    silent = pairs.select((pl.col("level") == len(_LINE.levels)) & pl.col("other kind")).to_series() & ~is_trunk
    return Compared(found.level.set(is_trunk, 2).set(silent, 0), found.chance.set(is_trunk, _TRUNK_CHANCE))


COMPARER = Comparer("phone", lines=_lines, facets=_facets, compare=_compare)
