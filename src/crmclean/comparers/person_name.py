"""Names of persons: surname and first name apart, also when they are swapped.

A first name may be an initial, a nickname or one of several given names; a surname may be half of a double name.
Titles and salutations tell nobody apart, and are left out before (``FieldType.key``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from crmclean.comparers._likeness import judged_once, letters, likeness, slips
from crmclean.comparers._nicknames import is_nickname
from crmclean.comparers._sound import sound
from crmclean.core.language import Text
from crmclean.evidence import UNKNOWN, Cells, Compared, Comparer, Level, Line, Subjects

FIRST, LAST = "first_name", "last_name"

# Shares: estimates for files of persons with known truth lie at .80-.95 for an equal surname and .70-.90 for an equal
# first name; how the rest is spread is a guess that the engine adapts to each file.
_LAST = Line(
    LAST,
    Text("surname", "Nachname"),
    (
        Level("same", 0.86, Text("same", "gleich")),
        Level("similar", 0.08, Text("similar", "ähnlich")),
        Level("part", 0.02, Text("half of the double name", "Teil des Doppelnamens")),
        Level("different", 0.04, Text("different", "verschieden")),
    ),
    kind="name",
    names="person",
)
_FIRST = Line(
    FIRST,
    Text("first name", "Vorname"),
    (
        Level("same", 0.80, Text("same", "gleich")),
        Level("similar", 0.09, Text("similar", "ähnlich")),
        Level("part", 0.05, Text("one of the given names, or its short form", "einer der Vornamen oder Kurzform")),
        Level("initial", 0.045, Text("initial fits", "Initiale passt")),
        Level("different", 0.015, Text("different", "verschieden"), asks=True),
    ),
    kind="name",
    names="person",
)
_SAME, _SIMILAR, _PART, _INITIAL = 1, 2, 3, 4
_OTHER_LAST, _OTHER_FIRST = len(_LAST.levels), len(_FIRST.levels)
# Germany has some 850,000 surnames for 83 million people, most of them borne by fewer than 3,000; a given name that is
# not in fashion is borne by one in 2,000.
_RAREST_LAST, _RAREST_FIRST = 3e-5, 5e-4
_NEIGHBOURS = 8  # so many other names of the same frequency lie within the slips that still count as similar
_INITIAL_CHANCE = 1 / 12  # first names begin with some twelve letters that are about equally frequent
_ALIKE = 0.88  # Jaro-Winkler from which names of four and more letters are one name misspelt …
_PLACED, _PLACED_SHORT = 0.72, 0.6  # … or this share of letters in place; shorter ones need that as well
_SHORT = 4  # letters


def _lines(cells: Cells) -> Sequence[Line]:
    return [line for line in (_LAST, _FIRST) if cells.has(line.name)]


def _facets(cells: Cells) -> Mapping[str, pl.Series | list[pl.Series]]:
    first, last = cells.first(FIRST), cells.first(LAST)
    both = pl.concat_str(first, last, separator=" ")
    return {
        FIRST: first,
        LAST: last,
        "last_name_sound": _sounds(last),
        "first_name_initial": first.str.slice(0, 1),
        "name_words": pl.select(both.str.split(" ").list.eval(pl.element().sort()).list.join(" ")).to_series(),
    }


def _sounds(names: pl.Series) -> pl.Series:
    known = names.drop_nulls().unique(maintain_order=True)
    codes = pl.Series([sound(name) or name for name in known], dtype=pl.String)
    return names.replace_strict(known, codes, return_dtype=pl.String, default=None)


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of one side of n pairs."""

    first: pl.Series
    last: pl.Series

    def only(self, mask: pl.Series) -> _Names:
        return _Names(self.first.filter(mask), self.last.filter(mask))


def _compare(subjects: Subjects, left: pl.Series, right: pl.Series) -> Mapping[str, Compared]:
    one, other = (
        _Names(subjects.facets[FIRST].gather(rows), subjects.facets[LAST].gather(rows)) for rows in (left, right)
    )
    first, last = _levels(one, other)
    first_chance = subjects.chance(FIRST, _RAREST_FIRST, left, right)
    last_chance = subjects.chance(LAST, _RAREST_LAST, left, right)
    found = {
        LAST: Compared(last, _chance(last, last_chance, _OTHER_LAST)),
        FIRST: Compared(first, _chance(first, first_chance, _OTHER_FIRST)),
    }
    return {name: compared for name, compared in found.items() if name in subjects.lines}


def _levels(one: _Names, other: _Names) -> tuple[pl.Series, pl.Series]:
    """Levels of first name and surname; crosswise where that leaves fewer names that differ."""
    first, last = _first_level(one.first, other.first), _last_level(one.last, other.last)
    n_different = _n_different(first, _OTHER_FIRST, last)
    is_odd = (n_different > 0) & (first != _SAME) & (last != _SAME)
    if not is_odd.any():
        return first, last
    odd, beside = one.only(is_odd), other.only(is_odd)
    crossed_first, crossed_last = _last_level(odd.first, beside.last), _last_level(odd.last, beside.first)
    is_swapped = (_n_different(crossed_first, _OTHER_LAST, crossed_last) < n_different.filter(is_odd)) & (
        (crossed_first > 0) | (crossed_last > 0)
    )
    at = is_odd.arg_true().filter(is_swapped)
    # Swapped is a slip as well: never better than similar. Which of the names is the surname nobody knows; so that
    # both ways round say the same, it is the one that agrees better.
    crossed = pl.DataFrame([crossed_first.alias("a"), crossed_last.alias("b")]).filter(is_swapped)
    a, b = (pl.col(side).replace({UNKNOWN: 255, _SAME: _SIMILAR}) for side in ("a", "b"))
    ordered = crossed.select(
        first=pl.max_horizontal(a, b).replace({255: UNKNOWN, _OTHER_LAST: _OTHER_FIRST}),
        last=pl.min_horizontal(a, b),
    )
    return first.scatter(at, ordered["first"]), last.scatter(at, ordered["last"])


def _n_different(first: pl.Series, different: int, last: pl.Series) -> pl.Series:
    return (first == different).cast(pl.UInt8) + (last == _OTHER_LAST).cast(pl.UInt8)


def _last_level(left: pl.Series, right: pl.Series) -> pl.Series:
    """Levels of two surnames, or of any two names that may be swapped."""
    return _level(left, right, _unequal_last)


def _first_level(left: pl.Series, right: pl.Series) -> pl.Series:
    return _level(left, right, _unequal_first)


def _level(left: pl.Series, right: pl.Series, unequal: Callable[[pl.Series, pl.Series], pl.Series]) -> pl.Series:
    """Levels of names, those of unequal ones as a function of them says."""
    pairs = pl.DataFrame([(left == right).alias("same"), judged_once(left, right, unequal)])
    level = pl.when(pl.col("same").is_null()).then(UNKNOWN).when("same").then(_SAME).otherwise("said")
    return pairs.select(level.cast(pl.UInt8)).to_series()


def _unequal_last(left: pl.Series, right: pl.Series) -> pl.Series:
    a, b = pl.col("a"), pl.col("b")
    pairs = pl.DataFrame([left.alias("a"), right.alias("b"), _is_alike(left, right)])
    joined = a.str.replace_all(" ", "") == b.str.replace_all(" ", "")
    level = pl.when(_has_part(a, b)).then(_PART).when(pl.col("alike") | joined).then(_SIMILAR).otherwise(_OTHER_LAST)
    return pairs.select(level).to_series()


def _unequal_first(left: pl.Series, right: pl.Series) -> pl.Series:
    a, b = pl.col("a"), pl.col("b")
    nicknames = pl.Series("nicknames", map(is_nickname, left.to_list(), right.to_list()), dtype=pl.Boolean)
    pairs = pl.DataFrame([left.alias("a"), right.alias("b"), _is_alike(left, right), nicknames])
    is_initial = pl.min_horizontal(a.str.len_bytes(), b.str.len_bytes()) == 1
    level = (
        pl.when(is_initial & (a.str.slice(0, 1) == b.str.slice(0, 1)))
        .then(_INITIAL)
        .when(pl.col("nicknames") | _has_part(a, b))
        .then(_PART)
        .when(pl.col("alike"))
        .then(_SIMILAR)
        .otherwise(_OTHER_FIRST)
    )
    return pairs.select(level).to_series()


def _is_alike(left: pl.Series, right: pl.Series) -> pl.Series:
    """Misspelt: much alike, and not by chance of being short."""
    pairs = pl.DataFrame(
        [
            likeness(left, right, letters).alias("letters"),
            likeness(left, right, slips).alias("slips"),
            left.str.len_bytes().alias("a"),
            right.str.len_bytes().alias("b"),
        ]
    )
    alike = (pl.col("letters") >= _ALIKE) | (pl.col("slips") >= _PLACED)
    placed = (pl.min_horizontal("a", "b") >= _SHORT) | (pl.col("slips") >= _PLACED_SHORT)
    return pairs.select((alike & placed).alias("alike")).to_series()


def _has_part(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """One name has several words, and the other is one of them or some."""
    left, right = (pl.concat_str(pl.lit(" "), side, pl.lit(" ")) for side in (a, b))
    return left.str.contains(right, literal=True) | right.str.contains(left, literal=True)


def _chance(level: pl.Series, rare: pl.Series, different: int) -> pl.Series:
    """How often a stranger's name would be on this level with the name that the pair has."""
    pairs = pl.DataFrame([level.alias("level"), rare.alias("rare")])
    is_initial = (pl.col("level") == _INITIAL) & (different != _INITIAL)
    chance = (
        pl.when(pl.col("level") == _SAME)
        .then("rare")
        .when(pl.col("level") == different)
        .then(1.0)
        .when(is_initial)
        .then(_INITIAL_CHANCE)
        .otherwise((pl.col("rare") * _NEIGHBOURS).clip(upper_bound=1.0))
    )
    return pairs.select(chance).to_series()


COMPARER = Comparer("person_name", lines=_lines, facets=_facets, compare=_compare)
