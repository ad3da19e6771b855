"""Where somebody is: street with number as one line, postal code and place as the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from crmclean.comparers._likeness import judged_once, letters, likeness, slips
from crmclean.core.language import Text
from crmclean.evidence import Cells, Compared, Comparer, Level, Line, Subjects

STREET, PLACE = "street", "place"
_STREET = Line(
    STREET,
    Text("street", "Straße"),
    (
        Level("same", 0.58, Text("same", "gleich")),
        Level("similar", 0.14, Text("similar", "ähnlich")),
        Level("no-number", 0.05, Text("same, one without a number", "gleich, einmal ohne Hausnummer")),
        Level("other-number", 0.05, Text("same, other number", "gleich, andere Hausnummer")),
        Level("different", 0.18, Text("different", "verschieden")),
    ),
    kind="place",
)
_PLACE = Line(
    PLACE,
    Text("place", "Ort"),
    (
        Level("same", 0.80, Text("same", "gleich")),
        Level("similar", 0.07, Text("nearly the same", "fast gleich")),
        Level("city", 0.05, Text("same city", "gleiche Stadt")),
        Level("different", 0.08, Text("different", "verschieden")),
    ),
    kind="place",
)
_ELSEWHERE = _STREET.number("different")
_RAREST_STREET, _RAREST_NAME = 1e-6, 3e-6  # some 1.2 million named streets in Germany
_RAREST_NUMBER = 0.02  # house numbers up to fifty are about equally frequent
_RAREST_CODE, _RAREST_CITY = 1 / 8_000, 1 / 4_000  # 8,200 postal codes of places and 10,800 communes in Germany
_NEIGHBOURS = 8  # so many others lie within the slips that still count as similar
_SAME_TOWN = 40  # postal codes that differ in one or two digits
_NAME_PLACED, _NAME_LETTERS = 0.75, 0.93  # letters in place, or Jaro-Winkler, from which two streets are one misspelt
# Letters from which one street may be the other with something behind it; fewer where the house number is the same.
_BEGIN, _BEGIN_NUMBERED = 6, 4
_CODE_PLACED, _CITY_LETTERS = 0.75, 0.88
# "Third Ave" is "3rd Ave" is "3 Ave".
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def _lines(cells: Cells) -> Sequence[Line]:
    street = [_STREET] if cells.has("street") else []
    return [*street, _PLACE] if cells.has("postal_code", "city") else street


def _facets(cells: Cells) -> Mapping[str, pl.Series | list[pl.Series]]:
    """Of a street its name and number apart: ``hauptstr 12a`` as the field's key has it, or ``12mainstreet``."""
    street, column = cells.first("street"), cells.first("house_number")
    written = cells.canonical.get("street", (cells.nothing(),))[0]
    sides = [
        street.alias("street"),
        column.alias("column"),
        cells.first("city").alias("city"),
        written.alias("written"),
    ]
    # "854 7th Ave": where the number ends only the blank tells, which the key has not.
    front = pl.col("written").str.extract(r"^(\d+)[ ,]+\S", 1)
    front = pl.when(pl.col("street").str.starts_with(front)).then(front)
    parts = pl.DataFrame(sides).select(
        name=_spelt(
            pl.when(front.is_not_null())
            .then(pl.col("street").str.strip_prefix(front))
            .when(pl.col("street").str.contains(r" |^\d+(?:st|nd|rd|th)"))
            .then("street")
            .otherwise(pl.col("street").str.replace(r"^\d+(\D)", "$1"))
            .str.extract(r"^([^ ]+)", 1)
        ),
        number=pl.coalesce(
            "column",
            pl.col("street").str.extract(r" (.+)$", 1),
            front,
            pl.col("street").str.extract(r"^(\d+)(?:[^\dsnrt]|s[^t]|n[^d]|r[^d]|t[^h])", 1),
        ),
        city=_plain(pl.col("city").str.replace_all(" ", "")),
    )
    derived = parts.select(
        street=pl.concat_str("name", pl.col("number").fill_null(""), separator=" ").str.strip_chars_end(),
        street_name="name",
        street_number=pl.col("number").str.extract(r"^(\d+)", 1).fill_null(pl.col("number")),
        city="city",
    )
    return {
        **{name: derived[name] for name in derived.columns},
        "postal_code": cells.first("postal_code"),
        "country": cells.first("country"),
    }


def _spelt(name: pl.Expr) -> pl.Expr:
    for number, word in enumerate(_ORDINALS, start=1):
        name = name.str.replace(f"^([nsew]?){word}", f"${{1}}{number}th")
    name = name.str.replace(r"^([nsew]?\d+)(?:st|nd|rd|th)", "$1").str.replace(r"stra(?:s|ss)e$", "str")
    name = name.str.replace(r"(st|rd|ave|blvd|dr|ln)(?:n[ew]|s[ew])$", "$1")  # "Oak Rd NE"
    return _plain(name)


def _plain(name: pl.Expr) -> pl.Expr:
    """Umlauts spelt out, and those that lost their dots, alike."""
    return name.str.replace_all(r"([aou])e", "$1")


def _compare(subjects: Subjects, left: pl.Series, right: pl.Series) -> Mapping[str, Compared]:
    compare = {STREET: _compare_streets, PLACE: _compare_places}
    return {name: compare[name](subjects, left, right) for name in compare if name in subjects.lines}


def _sides(subjects: Subjects, left: pl.Series, right: pl.Series, rarest: Mapping[str, float]) -> pl.DataFrame:
    """For each facet its values (``x``, ``x2``) and the higher chance of both (``x chance``)."""
    columns = []
    for name, rare in rarest.items():
        values = subjects.facets[name]
        columns += [
            values.gather(left).alias(name),
            values.gather(right).alias(f"{name}2"),
            subjects.chance(name, rare, left, right).alias(f"{name} chance"),
        ]
    return pl.DataFrame(columns)


def _compare_streets(subjects: Subjects, left: pl.Series, right: pl.Series) -> Compared:
    rarest = {"street": _RAREST_STREET, "street_name": _RAREST_NAME, "street_number": _RAREST_NUMBER}
    pairs = _sides(subjects, left, right, rarest)
    name, name2 = pl.col("street_name"), pl.col("street_name2")
    number, number2 = pl.col("street_number"), pl.col("street_number2")
    alike = (name == name2) | pl.lit(judged_once(pairs["street_name"], pairs["street_name2"], _are_alike))
    alike = alike | ((number == number2) & _begins(name, name2, least=_BEGIN_NUMBERED))
    level = (
        pl.when(pl.col("street").is_null() | pl.col("street2").is_null())
        .then(0)
        .when(pl.col("street") == pl.col("street2"))
        .then(1)
        .when((number == number2) & alike)
        .then(2)
        .when((number.is_null() | number2.is_null()) & alike)
        .then(3)
        .when(name == name2)
        .then(4)
        .otherwise(5)
    )
    abroad = _is_abroad(subjects, left, right)
    near = pl.col("street_name chance") * pl.col("street_number chance").fill_null(_RAREST_NUMBER) * _NEIGHBOURS
    chance = (
        pl.when(pl.col("level") == 1)
        .then("street chance")
        .when(pl.col("level") == 2)
        .then(near.clip(_RAREST_STREET, 1.0))
        .when(pl.col("level").is_in([3, 4]))
        .then((pl.col("street_name chance") * _NEIGHBOURS / 2).clip(upper_bound=1.0))
        .otherwise(1.0)
    )
    found = pairs.with_columns(level=level.cast(pl.UInt8)).with_columns(
        level=pl.when(pl.lit(abroad) & (pl.col("level") > 0)).then(pl.lit(_ELSEWHERE, pl.UInt8)).otherwise("level")
    )
    return Compared(found["level"], found.select(chance.fill_null(1.0)).to_series())


def _is_abroad(subjects: Subjects, left: pl.Series, right: pl.Series) -> pl.Series:
    """Whether both name a country, and not the same: then an equal street or postal code is another one."""
    countries = subjects.facets["country"]
    return (countries.gather(left) != countries.gather(right)).fill_null(value=False)


def _are_alike(left: pl.Series, right: pl.Series) -> pl.Series:
    """Whether two unequal names of streets are one misspelt, or one written with more behind it."""
    pairs = pl.DataFrame([left.alias("a"), right.alias("b")])
    placed, similar = likeness(left, right, slips) >= _NAME_PLACED, likeness(left, right, letters) >= _NAME_LETTERS
    return pairs.select(pl.lit(placed) | pl.lit(similar) | _begins(pl.col("a"), pl.col("b"))).to_series()


def _begins(a: pl.Expr, b: pl.Expr, *, least: int = _BEGIN) -> pl.Expr:
    """One street or town is written with more behind it."""
    is_long = pl.min_horizontal(a.str.len_bytes(), b.str.len_bytes()) >= least
    return is_long & (a.str.starts_with(b) | b.str.starts_with(a))


def _compare_places(subjects: Subjects, left: pl.Series, right: pl.Series) -> Compared:
    pairs = _sides(subjects, left, right, {"postal_code": _RAREST_CODE, "city": _RAREST_CITY})
    code, code2, city, city2 = (pl.col(name) for name in ("postal_code", "postal_code2", "city", "city2"))
    code_near = pl.lit(likeness(pairs["postal_code"], pairs["postal_code2"], slips) >= _CODE_PLACED)
    city_near = pl.lit(likeness(pairs["city"], pairs["city2"], letters) >= _CITY_LETTERS)
    no_code, no_city = code.is_null() | code2.is_null(), city.is_null() | city2.is_null()
    level = (
        pl.when(no_code & no_city)
        .then(0)
        .when(((code == code2) & (city_near | no_city)) | (no_code & ((city == city2) | _begins(city, city2))))
        .then(1)
        .when((code == code2) | (code_near & city_near) | (no_code & city_near))
        .then(2)
        .when(city_near | (no_city & code_near))
        .then(3)
        .otherwise(4)
    )
    level = pl.when(pl.lit(_is_abroad(subjects, left, right)) & (level > 0)).then(4).otherwise(level)
    code_chance, city_chance = pl.col("postal_code chance").fill_null(1.0), pl.col("city chance").fill_null(1.0)
    of_place = pl.when(no_code).then(city_chance).otherwise(code_chance)
    chance = (
        pl.when(pl.col("level") == 1)
        .then(of_place)
        .when(pl.col("level") == 2)
        .then(of_place * _NEIGHBOURS)
        .when(pl.col("level") == 3)
        .then(pl.min_horizontal(city_chance * 2, (code_chance * _SAME_TOWN).clip(lower_bound=0.02)))
        .otherwise(1.0)
    )
    found = pairs.with_columns(level=level.cast(pl.UInt8))
    return Compared(found["level"], found.select(chance.clip(upper_bound=1.0).fill_null(1.0)).to_series())


COMPARER = Comparer("address", lines=_lines, facets=_facets, compare=_compare, is_dear=True)
