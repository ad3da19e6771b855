"""Names of persons: surname and first name apart, also when they are swapped.

A first name may be an initial, a nickname or one of several given names; a surname may be half of a double name.
Titles and salutations tell nobody apart, and are left out before (``FieldType.key``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from crmclean.comparers._given_names import agree_by_word, are_parts, is_other_gender, is_short_slip
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
        Level("similar", 0.07, Text("similar", "ähnlich")),
        Level("part", 0.05, Text("one of the given names, or its short form", "einer der Vornamen oder Kurzform")),
        Level("initial", 0.045, Text("initial fits", "Initiale passt")),
        Level("swapped", 0.02, Text("swapped with the surname", "mit dem Nachnamen vertauscht")),
        Level("different", 0.015, Text("different", "verschieden"), asks=True),
    ),
    kind="name",
    names="person",
)
_SAME, _SIMILAR, _PART, _INITIAL, _SWAPPED = 1, 2, 3, 4, 5
_OTHER_LAST, _OTHER_FIRST = len(_LAST.levels), len(_FIRST.levels)
# Germany has some 850,000 surnames for 83 million people, most of them borne by fewer than 3,000; a given name that is
# not in fashion is borne by one in 2,000.
_RAREST_LAST, _RAREST_FIRST = 3e-5, 5e-4
# So many other names of the same frequency lie within the slips that still count as similar: there are many Meiers and
# Maiers, and few given names that are nearly another one.
_NEIGHBOURS_LAST, _NEIGHBOURS_FIRST = 8, 3
_LETTERS = 12  # first names begin with some twelve letters that are about equally frequent
_ALIKE = 0.88  # Jaro-Winkler from which names of four and more letters are one name misspelt …
_PLACED, _NEAR, _PLACED_SHORT = 0.72, 0.62, 0.6  # … or this share of letters in place; shorter ones need that as well
_SWAPS = 0.1  # share of records, at most, that have first name and surname in each other's column
_INITIALS = 0.045  # share of first names that are an initial, in files of no more than usual
_SHORT = 4  # letters


def _lines(cells: Cells) -> Sequence[Line]:
    return [line for line in (_LAST, _FIRST) if cells.has(line.name)]


def _facets(cells: Cells) -> Mapping[str, pl.Series | list[pl.Series]]:
    last = cells.first(LAST)
    first = _spelt_out(cells.first(FIRST), last, cells.first("email"))
    both = pl.concat_str(first, last, separator=" ")
    return {
        FIRST: first,
        LAST: last,
        "last_name_sound": _sounds(last),
        "first_name_initial": first.str.slice(0, 1),
        "last_name_initial": last.str.slice(0, 1),
        "name_words": pl.select(both.str.split(" ").list.eval(pl.element().sort()).list.join(" ")).to_series(),
    }


def _spelt_out(first: pl.Series, last: pl.Series, mail: pl.Series) -> pl.Series:
    """First names, an initial replaced by the word that the same record's address spells out: ``eva.muster@``."""
    names = pl.DataFrame([first.alias("first"), last.alias("last"), mail.alias("mail")])
    local = pl.col("mail").str.extract(r"^([^@]+)@", 1)
    word = local.str.extract(r"^([a-z]{2,})[._-]", 1)
    rest = local.str.extract(r"^[a-z]+[._-](.+)$", 1).str.replace_all(r"[^a-z]", "")
    is_own = word.str.starts_with(pl.col("first")) & (rest == pl.col("last").str.replace_all(" ", ""))
    spelt = pl.when((pl.col("first").str.len_bytes() == 1) & is_own).then(word).otherwise("first")
    return names.select(spelt.alias(FIRST)).to_series()


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
        FIRST: Compared(first, _chance(first, first_chance, _OTHER_FIRST, _initials(subjects))),
    }
    return {name: compared for name, compared in found.items() if name in subjects.lines}


def _initials(subjects: Subjects) -> float:
    """How many of all first names are an initial, 0..1."""
    names = subjects.facets[FIRST]
    return int((names.str.len_bytes() == 1).sum()) / max(len(names) - names.null_count(), 1)


def _levels(one: _Names, other: _Names) -> tuple[pl.Series, pl.Series]:
    """Levels of first name and surname; crosswise where that leaves fewer names that differ."""
    first, last = _first_level(one.first, other.first), _last_level(one.last, other.last)
    n_different = _n_different(first, _OTHER_FIRST, last, _OTHER_LAST)
    is_odd = (n_different > 0) & (first != _SAME) & (last != _SAME)
    if not is_odd.any():
        return first, last
    odd, beside = one.only(is_odd), other.only(is_odd)
    crossed_first, crossed_last = _first_level(odd.first, beside.last), _first_level(odd.last, beside.first)
    n_crossed = _n_different(crossed_first, _OTHER_FIRST, crossed_last, _OTHER_FIRST)
    is_swapped = (n_crossed < n_different.filter(is_odd)) & ((crossed_first > 0) | (crossed_last > 0))
    at = is_odd.arg_true().filter(is_swapped)
    ordered = _crossed(crossed_first.filter(is_swapped), crossed_last.filter(is_swapped))
    return first.scatter(at, ordered["first"]), last.scatter(at, ordered["last"])


def _crossed(one: pl.Series, other: pl.Series) -> pl.DataFrame:
    """Levels ``first`` and ``last`` of swapped names, from those of both ways across.

    Which of the names is the surname nobody knows; so that both ways round say the same, it is the one that agrees
    better. Only names that are the same both ways are as good as a surname in its place.
    """
    pairs = pl.DataFrame([one.alias("a"), other.alias("b")])
    a, b = (pl.col(side).replace({UNKNOWN: 255, _SAME: _SIMILAR}) for side in ("a", "b"))
    better, worse = pl.min_horizontal(a, b), pl.max_horizontal(a, b)
    is_exact = (pl.col("a") == _SAME) & (pl.col("b") == _SAME)
    return pairs.select(
        first=pl.when(is_exact).then(_SWAPPED).otherwise(worse.replace({255: UNKNOWN})).cast(pl.UInt8),
        last=pl.when(is_exact)
        .then(_SAME)
        .otherwise(better.replace({_INITIAL: _SIMILAR, _OTHER_FIRST: _OTHER_LAST}))
        .cast(pl.UInt8),
    )


def _n_different(first: pl.Series, other_first: int, last: pl.Series, other_last: int) -> pl.Series:
    return (first == other_first).cast(pl.UInt8) + (last == other_last).cast(pl.UInt8)


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
    nicknames = [
        is_nickname(one, other) or ((" " in one or " " in other) and are_parts(one, other))
        for one, other in zip(left, right, strict=True)
    ]
    slipped = pl.Series(list(map(is_short_slip, left, right)), dtype=pl.Boolean)
    alike = _is_alike(left, right, are_given=True) | slipped
    pairs = pl.DataFrame([left.alias("a"), right.alias("b"), alike, pl.Series("nicknames", nicknames, pl.Boolean)])
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


def _is_alike(left: pl.Series, right: pl.Series, *, are_given: bool = False) -> pl.Series:
    """Misspelt: much alike, and not by chance of being short. Of given names man's and woman's are two."""
    pairs = pl.DataFrame(
        [
            likeness(left, right, letters).alias("letters"),
            likeness(left, right, slips).alias("slips"),
            left.str.len_bytes().alias("a"),
            right.str.len_bytes().alias("b"),
        ]
    )
    near = (pl.col("letters") >= _ALIKE) & (pl.col("slips") >= _NEAR)
    placed = (pl.min_horizontal("a", "b") >= _SHORT) | (pl.col("slips") >= _PLACED_SHORT)
    alike = pairs.select(((near | (pl.col("slips") >= _PLACED)) & placed).fill_null(value=False).alias("alike"))
    at = (alike["alike"] & (pairs["letters"] < 1)).arg_true()
    found = [
        agree_by_word(a, b, _are_one_word) and not (are_given and is_other_gender(a, b))
        for a, b in zip(left.gather(at), right.gather(at), strict=True)
    ]
    return alike["alike"].scatter(at, found) if found else alike["alike"]


def _are_one_word(word: str, other: str) -> bool:
    placed = slips(word, other)
    if min(len(word), len(other)) < _SHORT and placed < _PLACED_SHORT:
        return False
    return placed >= _PLACED or (placed >= _NEAR and letters(word, other) >= _ALIKE)


def _has_part(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """One name has several words, and the other is one of them or some."""
    left, right = (pl.concat_str(pl.lit(" "), side, pl.lit(" ")) for side in (a, b))
    return left.str.contains(right, literal=True) | right.str.contains(left, literal=True)


def _chance(level: pl.Series, rare: pl.Series, different: int, initials: float | None = None) -> pl.Series:
    """How often a stranger's name would be on this level with the name that the pair has.

    Args:
        level: n.
        rare: n, chance of the rarer of both names.
        different: number of the last level.
        initials: share of names that are an initial; ``None`` for surnames.
    """
    pairs = pl.DataFrame([level.alias("level"), rare.alias("rare")])
    is_first = initials is not None
    chance = (
        pl.when(pl.col("level") == _SAME)
        .then("rare")
        .when(is_first & (pl.col("level") == _SWAPPED))
        .then(pl.col("rare") * _SWAPS)
        .when(pl.col("level") == different)
        .then(1.0)
        .when(is_first & (pl.col("level") == _INITIAL))
        .then(max(initials or 0.0, _INITIALS) / _LETTERS)
        .otherwise((pl.col("rare") * (_NEIGHBOURS_FIRST if is_first else _NEIGHBOURS_LAST)).clip(upper_bound=1.0))
    )
    return pairs.select(chance).to_series()


COMPARER = Comparer("person_name", lines=_lines, facets=_facets, compare=_compare)
