"""Names of companies, by their words: how rare the shared ones are in this file, and what the others say.

Legal forms are left out before (``FieldType.key``) and compared apart. Words such as Holding, Verwaltungs or Service,
and numbers, tell sister companies apart: a name that has one more of them is another company's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from crmclean.comparers._company_pairs import (
    DIFFERENT,
    DISTINGUISHED,
    MIXED,
    PART,
    RELATED,
    REWORDED,
    SIMILAR,
    judge_names,
)
from crmclean.comparers._company_spelling import plain_names, without_place
from crmclean.comparers._company_words import MARKET
from crmclean.core.language import Text
from crmclean.evidence import Cells, Compared, Comparer, Level, Line, Subjects

COMPANY = "company"
WORD = "company_any_word"  # what a population counts words of names by
_LINE = Line(
    COMPANY,
    Text("company name", "Firmenname"),
    (
        Level("same", 0.65, Text("same", "gleich")),
        Level(REWORDED, 0.05, Text("same words", "gleiche Wörter")),
        Level(SIMILAR, 0.15, Text("similar", "ähnlich")),
        Level(PART, 0.07, Text("one has more words", "einer hat mehr Wörter")),
        Level(MIXED, 0.02, Text("each has a word of its own", "jeder hat ein eigenes Wort")),
        Level(DISTINGUISHED, 0.006, Text("a distinguishing word more", "unterscheidendes Wort mehr"), asks=True),
        Level(RELATED, 0.02, Text("some words the same", "einzelne Wörter gleich"), asks=True),
        Level(DIFFERENT, 0.034, Text("different", "verschieden"), asks=True),
    ),
    kind="name",
    names="company",
)
_NUMBERS = {level.name: number for number, level in enumerate(_LINE.levels, start=1)}
_RAREST = 1e-6  # some 4 million companies in the German-speaking countries
_RAREST_WORD_BITS = 12.0  # one rare word is worth at most this much: brands, towns and family names repeat
_EDGE = 7  # letters: a damaged letter leaves the beginning of a name or its end
_OWN = 2  # records of the pair itself: only the others who have the word say how frequent it is
_MARKET_BITS = 2.0  # a word of the trade is worth at most this much, however rare in the file


def _lines(cells: Cells) -> Sequence[Line]:
    return [_LINE] if cells.has("company_name") else []


def _facets(cells: Cells) -> Mapping[str, pl.Series | list[pl.Series]]:
    named = cells.first("company_name")
    # "adler-bau.example" is the name of a website, and says the company's.
    is_site = cells.canonical.get("company_name", (cells.nothing(),))[0].str.contains(
        r"^(?:www\.)?[\w-]+\.[A-Za-z]{2,12}$"
    )
    site = named.str.replace(r"^www ", "").str.replace(r" [a-z]+$", "")
    names, city = (
        plain_names(named.zip_with(~is_site.fill_null(value=False), site)),
        cells.first("city").str.replace_all(" ", ""),
    )
    short = without_place(names, city)
    words = names.str.split(" ").list.unique().list.eval(pl.element().sort())
    rare = _rare_words(names)
    joined = names.str.replace_all(" ", "")
    is_short = (joined.str.len_bytes() < _EDGE).fill_null(value=True)
    return {
        COMPANY: names,
        "company_placeless": short.zip_with(short.is_not_null(), names),
        "company_city": city,
        "company_words": pl.select(pl.when(names.is_not_null()).then(words.list.join(" "))).to_series(),
        "company_joined": joined,
        "company_head": joined.str.slice(0, _EDGE).set(is_short, None),
        "company_tail": joined.str.slice(-_EDGE).set(is_short, None),
        "company_word": rare["first"],
        "company_two_words": rare["both"],
    }


def _rare_words(names: pl.Series) -> pl.DataFrame:
    """Per record the rarest word of its name and its two rarest together (``first``, ``both``); market words last."""
    distinct = names.drop_nulls().value_counts(name="n").rename({names.name: "name"}).with_row_index("at")
    words = (
        distinct.select("at", "n", word=pl.col("name").str.split(" "))
        .explode("word", empty_as_null=True, keep_nulls=True)
        .unique(["at", "word"])
        .with_columns(is_market=pl.col("word").is_in(sorted(MARKET)), n=pl.col("n").sum().over("word"))
        .sort("at", "is_market", "n", "word")
    )
    first, second = pl.col("word"), pl.col("word").shift(-1)
    both = pl.when(first < second).then(first + " " + second).otherwise(second + " " + first)
    best = words.select("at", first=first, both=pl.when(pl.col("at") == pl.col("at").shift(-1)).then(both)).unique(
        "at", keep="first"
    )
    rare = distinct.join(best, on="at").select("name", "first", "both")
    rows = names.alias("name").to_frame()
    return rows.join(rare, on="name", how="left", maintain_order="left").select("first", "both")


def _compare(subjects: Subjects, left: pl.Series, right: pl.Series) -> Mapping[str, Compared]:
    names, chance = subjects.facets[COMPANY], subjects.chance(COMPANY, _RAREST, left, right)
    a, b = pl.col("a"), pl.col("b")
    pairs = pl.DataFrame(
        [
            names.gather(left).alias("a"),
            names.gather(right).alias("b"),
            chance.alias("same_chance"),
            _is_same_in_place(subjects, left, right),
        ]
    )
    unequal = pairs.lazy().filter(a != b).select("a", "b").unique(maintain_order=True).collect()
    worth = subjects.once("company words", lambda: _Worth.of(names, subjects))
    judged = pairs.join(_judged(unequal, worth.of_word), on=["a", "b"], how="left", maintain_order="left")
    by_words = 2.0 ** -worth.of_name.gather(left)
    level = pl.when("in_place").then(pl.lit(_NUMBERS[REWORDED])).otherwise("level")
    found = judged.select(
        level=pl.when(a.is_null() | b.is_null()).then(0).when(a == b).then(1).otherwise(level).cast(pl.UInt8),
        chance=pl.when(a == b)
        .then(pl.max_horizontal("same_chance", by_words.clip(lower_bound=_RAREST)))
        .otherwise("chance")
        .fill_null(1.0),
    )
    return {COMPANY: Compared(found["level"], found["chance"])}


def _is_same_in_place(subjects: Subjects, left: pl.Series, right: pl.Series) -> pl.Series:
    """Whether names differ by nothing but the town that both records stand in."""
    short, city = subjects.facets["company_placeless"], subjects.facets["company_city"]
    a, b = city.gather(left), city.gather(right)
    pairs = pl.DataFrame([(short.gather(left) == short.gather(right)).alias("same"), a.alias("a"), b.alias("b")])
    near = pl.col("a").str.starts_with(pl.col("b")) | pl.col("b").str.starts_with(pl.col("a"))
    return pairs.select((pl.col("same") & near).fill_null(value=False).alias("in_place")).to_series()


@dataclass(frozen=True, slots=True)
class _Worth:
    """What is shared is worth, in bits.

    Attributes:
        of_word: by word.
        of_name: ``Float64``, n_rows: of the record's whole name, by its words.
    """

    of_word: Mapping[str, float]
    of_name: pl.Series

    @classmethod
    def of(cls, names: pl.Series, subjects: Subjects) -> _Worth:
        """By how many of these names, or of the population's, have a word; null where there is no name."""
        distinct = names.drop_nulls().value_counts(name="n").rename({names.name: "name"})
        long = distinct.with_columns(word=pl.col("name").str.split(" ")).explode(
            "word", empty_as_null=True, keep_nulls=True
        )
        others = (pl.col("n").sum().cast(pl.Int64) - _OWN).clip(lower_bound=0)
        n_names = float(max(len(names) - names.null_count(), 1))
        if subjects.population:
            holders = subjects.population.holders(WORD, long["word"]) - 1
            long = long.with_columns(holders=holders)
            others, n_names = pl.col("holders").first().clip(lower_bound=0), subjects.population.n_filled(WORD)
        rare = (others / n_names).log(2).neg().clip(0.0, _RAREST_WORD_BITS)
        is_market = pl.col("word").is_in(sorted(MARKET))
        words = (
            long.group_by("word", maintain_order=True)
            .agg(bits=rare)
            .with_columns(pl.when(is_market).then(pl.col("bits").clip(upper_bound=_MARKET_BITS)).otherwise("bits"))
        )
        bits = (
            long.join(words, on="word", how="left", maintain_order="left")
            .group_by("name", maintain_order=True)
            .agg(pl.col("bits").sum())
        )
        rows = names.alias("name").to_frame().join(bits, on="name", how="left", maintain_order="left")
        return cls(dict(words.iter_rows()), rows["bits"])


def _judged(pairs: pl.DataFrame, bits: Mapping[str, float]) -> pl.DataFrame:
    """Distinct unequal names with their ``level`` (number) and ``chance``, by what each word is worth."""
    found = [judge_names(a, b, bits) for a, b in pairs.iter_rows()]
    return pairs.with_columns(
        level=pl.Series([_NUMBERS[level] for level, _ in found], dtype=pl.UInt8),
        chance=pl.Series([chance for _, chance in found], dtype=pl.Float64),
    )


COMPARER = Comparer("company_name", lines=_lines, facets=_facets, compare=_compare, is_dear=True)
