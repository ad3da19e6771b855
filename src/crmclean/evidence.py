"""What records are compared by: the contract of a comparer and the columns it compares.

A *comparer* is one kind of evidence (the name of a person, an address, company ids). From the judged cells of a table
it makes *facets*: columns with one comparable text a record. Of two records it says on which *level* each of its
*lines* agrees, and how often a stranger would agree as well. What that is worth is decided elsewhere (``matching``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar, cast

import polars as pl

from crmclean.core.language import Text

T = TypeVar("T")
UNKNOWN = 0  # level of a pair where one side says nothing


@dataclass(frozen=True, slots=True)
class Level:
    """One way in which two filled values can relate.

    Attributes:
        name: ``same``, ``similar``, …; stable, stands in explanations.
        share: 0..1, how often two records of one and the same entity, both filled, are on this level. The levels of a
            line add up to 1. A starting value: the engine adapts it to the file.
        says: what a person reads, without the line's title (``gleich``).
        asks: whether a pair on this level is never merged without a question, however much else agrees.
    """

    name: str
    share: float
    says: Text
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the balance between two records.

    Attributes:
        name: stable (``first_name``).
        title: what a person reads.
        levels: numbered from 1 in this order; 0 is ``UNKNOWN``. The last one is the plain contradiction, which for
            strangers is the rule.
        kind: which independent kind of evidence it belongs to: ``name``, ``place``, ``contact``, ``birth``, ``id``.
        names: whom the line names: ``company`` or ``person``. Only of such pairs ``Level.asks`` holds.
    """

    name: str
    title: Text
    levels: tuple[Level, ...]
    kind: str
    names: str = ""

    def number(self, level: str) -> int:
        """The number of the level with this name."""
        return next(n for n, each in enumerate(self.levels, start=1) if each.name == level)


@dataclass(frozen=True, slots=True)
class Compared:
    """A line for n pairs.

    Attributes:
        level: ``UInt8``, n: numbers of ``Line.levels``, 0 where a side says nothing.
        chance: ``Float64``, n, 0..1: how often the record of a stranger would be on this level with this value.
            Ignored where the level is unknown.
    """

    level: pl.Series
    chance: pl.Series


@dataclass(frozen=True, slots=True)
class Comparer:
    """One kind of evidence. ``COMPARER`` of a module in ``crmclean/comparers``; file name = name.

    Attributes:
        name: equal to the module's file name.
        lines: the lines it can give for these cells; empty where no column tells anything.
        facets: the columns it compares by, by name; each n_rows, or several columns of like values. Blocking keys
            are made of them, too.
        compare: ``(subjects, left rows, right rows) -> line name -> Compared``. Rows are 0-based ``UInt32``.
        is_dear: whether it costs so much that it is asked last, and only about pairs that may still be one entity.
    """

    name: str
    lines: Callable[[Cells], Sequence[Line]]
    facets: Callable[[Cells], Mapping[str, pl.Series | list[pl.Series]]]
    compare: Callable[[Subjects, pl.Series, pl.Series], Mapping[str, Compared]]
    is_dear: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """The comparison keys of a table's cells.

    Attributes:
        n_rows: number of records.
        keys: by field name: one series of keys (``String``, null = nothing to compare) for each column that holds
            the field, in file order.
        valid: as ``keys``: whether the value is understood, so that it may also contradict.
        canonical: as ``keys``: the canonical values; null where the value is not understood.
    """

    n_rows: int
    keys: Mapping[str, tuple[pl.Series, ...]]
    valid: Mapping[str, tuple[pl.Series, ...]]
    canonical: Mapping[str, tuple[pl.Series, ...]]

    def has(self, *names: str) -> bool:
        """Whether any column holds one of these fields."""
        return any(self.keys.get(name) for name in names)

    def all_of(self, *names: str) -> list[pl.Series]:
        """The key columns of these fields."""
        return [series for name in names for series in self.keys.get(name, ())]

    def first(self, *names: str) -> pl.Series:
        """Per record the first key that is there; null where none is."""
        found = self.all_of(*names)
        return pl.select(pl.coalesce(found)).to_series() if found else self.nothing()

    def slice(self, at: int, n: int) -> Cells:
        """The same of n records from this row on."""
        return self._of(lambda series: series.slice(at, n), len(range(self.n_rows)[at : at + n]))

    def gather(self, rows: pl.Series) -> Cells:
        """The same of these rows."""
        return self._of(lambda series: series.gather(rows), len(rows))

    def _of(self, part: Callable[[pl.Series], pl.Series], n_rows: int) -> Cells:
        keys, valid, canonical = (
            {name: tuple(map(part, columns)) for name, columns in each.items()}
            for each in (self.keys, self.valid, self.canonical)
        )
        return Cells(n_rows, keys, valid, canonical)

    def with_country(self, country: str) -> Cells:
        """The same cells, where records that name no country are in this one; unchanged for an empty text."""
        if not country:
            return self
        named = self.first("country").fill_null(country)
        mine, valid = {"country": (named,)}, {"country": (named.is_not_null(),)}
        return Cells(self.n_rows, {**self.keys, **mine}, {**self.valid, **valid}, {**self.canonical, **mine})

    def nothing(self) -> pl.Series:
        """Null for every record."""
        return pl.repeat(None, self.n_rows, dtype=pl.String, eager=True)


class Population(Protocol):
    """How frequent values are at large, where that is known better than from the records at hand.

    Its holders are entities of a directory: of two records that are compared, one is among them.
    """

    n_entities: int

    def holders(self, facet: str, values: pl.Series) -> pl.Series:
        """How many entities hold each value of a facet: ``Float64``, n; null for null."""
        ...

    def n_filled(self, facet: str) -> float:
        """How many entities hold any value of the facet; at least 1."""
        ...


@dataclass(frozen=True)
class Subjects:
    """The records as matching sees them.

    Attributes:
        facets: n_rows x all facets of all comparers, plus ``entity`` (``company``, ``person``, ``contact``; null for
            a record that names nobody). A facet with one value a record is ``String``; one with several is
            ``List(UInt32)``, numbers of ``values``.
        values: of each facet with several values: its distinct values (``value``) and in how many records each stands
            (``n``), the most frequent first: of two numbers the higher is the rarer.
        lines: the lines of the balance that this file can have, by name.
        comparers: names of the comparers that have something to compare.
        entity_of: ``UInt32``, n_rows: which entity each record was taken for by an earlier pass. How rare a value is,
            is counted over entities: five duplicates of one person don't make a surname frequent. Without it every
            record is an entity of its own.
        population: counts values in the place of the records, where it is known.
    """

    facets: pl.DataFrame
    values: Mapping[str, pl.DataFrame]
    lines: Mapping[str, Line]
    comparers: tuple[str, ...]
    entity_of: pl.Series | None = None
    population: Population | None = None
    _holders: dict[str, tuple[pl.Series, float]] = field(default_factory=dict, repr=False)
    _known: dict[str, object] = field(default_factory=dict, repr=False)

    def counted_over(self, entity_of: pl.Series) -> Subjects:
        """The same records, with frequencies counted over these entities."""
        return replace(self, entity_of=entity_of, _holders={})

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What a comparer makes of the facets alone, made when first asked for and kept, whatever frequencies count."""
        if name not in self._known:
            self._known[name] = make()
        return cast("T", self._known[name])

    def chance(self, facet: str, rarest: float, left: pl.Series, right: pl.Series, *, beyond: int = 0) -> pl.Series:
        """For pairs of rows: the share of strangers who have the value of the left record, or of the right one.

        The pair itself doesn't count: only the other holders are strangers. A value nobody else in the file has is
        taken to be as rare as such values are at large.

        Args:
            facet: name of a facet with one value a record.
            rarest: 0..1, share of the people (companies) at large who have a given unremarkable value.
            left: rows, n.
            right: rows, n.
            beyond: entities without the value that are known of beside the file's: of a kind of value whose
                frequency is known beforehand, three filled cells must not tell that a third of the world shares it.

        Returns:
            ``Float64``, n, ``rarest``..1: the higher of both sides; null where both facets are null.
        """
        holders, n_all = self._counted(facet, self._holders_of_record)
        found = pl.DataFrame(
            [holders.gather(left).alias("a"), holders.gather(right).alias("b"), self._own(left, right)]
        )
        return found.select(
            ((pl.max_horizontal("a", "b") - pl.col("own")) / (n_all + beyond)).clip(rarest, 1.0).alias(facet)
        ).to_series()

    def chance_of_value(
        self, facet: str, rarest: float, number: pl.Series, left: pl.Series, right: pl.Series
    ) -> pl.Series:
        """As ``chance`` for a facet with several values a record, for the value with this number (null: 1)."""
        holders, n_all = self._counted(facet, self._holders_of_value)
        if not len(holders):
            return pl.repeat(1.0, len(number), eager=True)
        found = pl.DataFrame([holders.gather(number).alias("n"), self._own(left, right)])
        return found.select(((pl.col("n") - pl.col("own")) / n_all).clip(rarest, 1.0).fill_null(1.0)).to_series()

    def is_first(self) -> pl.Series:
        """``Boolean``, n_rows: whether the record is the first of its entity."""
        entity = self._entity()
        return entity == pl.arange(len(entity), eager=True, dtype=pl.UInt32)

    def _entity(self) -> pl.Series:
        return pl.arange(self.facets.height, eager=True, dtype=pl.UInt32) if self.entity_of is None else self.entity_of

    @property
    def n_entities(self) -> int:
        """Among how many entities chance has its way."""
        named = self.facets["entity"]
        return self.population.n_entities if self.population else len(named) - named.null_count()

    def _own(self, left: pl.Series, right: pl.Series) -> pl.Series:
        """How many of a value's holders the pair itself is: two, or one that it is already taken for."""
        if self.population:
            return pl.repeat(1.0, len(left), dtype=pl.Float64, eager=True).alias("own")
        entity = self._entity()
        return (2.0 - (entity.gather(left) == entity.gather(right)).cast(pl.Float64)).alias("own")

    def _counted(self, facet: str, holders: Callable[[str], pl.Series]) -> tuple[pl.Series, float]:
        """How many entities hold each value of a facet, and how many hold any."""
        if facet not in self._holders and self.population:
            values = self.values[facet]["value"] if facet in self.values else self.facets[facet]
            self._holders[facet] = self.population.holders(facet, values), self.population.n_filled(facet)
        if facet not in self._holders:
            filled = self.facets[facet].list.len() > 0 if facet in self.values else self.facets[facet].is_not_null()
            self._holders[facet] = holders(facet), float(max(self._entity().filter(filled).n_unique(), 1))
        return self._holders[facet]

    def _holders_of_record(self, facet: str) -> pl.Series:
        """By row: the entities that hold the record's value."""
        # Numbers are counted far faster than texts.
        value = self.once(f"number of {facet}", lambda: _numbers(self.facets[facet]))
        return self._n_entities(value, self._entity()).gather(value)

    def _holders_of_value(self, facet: str) -> pl.Series:
        """By number: the entities that hold the value."""
        long = self.facets.select(number=facet, entity=self._entity()).explode(
            "number", empty_as_null=True, keep_nulls=True
        )
        return self._n_entities(long["number"], long["entity"]).head(self.values[facet].height)

    def _n_entities(self, number: pl.Series, entity: pl.Series) -> pl.Series:
        """By number: how many entities stand beside it."""
        pairs = pl.DataFrame([number.alias("number"), entity.alias("entity")]).drop_nulls()
        once = pairs.select((pl.col("number").cast(pl.UInt64) * self.facets.height + pl.col("entity")).unique())
        counted = (once.to_series() // self.facets.height).alias("at").value_counts(name="n")
        size = cast("int", number.max() or 0) + 1
        return pl.zeros(size, pl.Float64, eager=True).scatter(counted["at"], counted["n"].cast(pl.Float64))


def _numbers(values: pl.Series) -> pl.Series:
    """A number for each distinct value: ``UInt32``, n; null stays null."""
    return values.cast(pl.String).cast(pl.Categorical).to_physical()
