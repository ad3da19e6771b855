"""Which record of one export is which of another: by id, by a key that is named, or by what records say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

import polars as pl

from crmclean.core.errors import UsageError
from crmclean.core.language import Text
from crmclean.core.nearest import nearest
from crmclean.core.text import fold
from crmclean.differences import PAIRS_SCHEMA, PairedBy, Side
from crmclean.diffing.cells import Given
from crmclean.diffing.column_pairs import ColumnPairs, pair_by_name
from crmclean.diffing.record_pairs import RecordPairs, keys_of, pair_by_key, pair_identical
from crmclean.formats.state import State
from crmclean.mapping.record_id import find_record_id
from crmclean.matching.bands import AUTO, VETO
from crmclean.matching.explanation import reasons
from crmclean.pipeline.matching import find_among
from crmclean.pipeline.preparing import Cleaned
from crmclean.pipeline.settings import Settings
from crmclean.stages.map import Mapped
from crmclean.stages.normalise import CleanOptions, normalise
from crmclean.table import Column, Table

BYSTANDERS = 20_000  # records; more change no frequency that matters


@dataclass(frozen=True, slots=True)
class DiffOrder:
    """How records are paired.

    Attributes:
        key: columns that identify a record, as both files call them, or ``OLD=NEW``; empty: the record id.
        by_matching: pair by what records say even where there are ids.
        old_as_of: the day OLD was made, by which its customers are judged; ``None``: the day of the settings.
    """

    key: tuple[str, ...] = ()
    by_matching: bool = False
    old_as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """One export: as read, and what its columns hold."""

    table: Table
    mapped: Mapped

    @property
    def frame(self) -> pl.DataFrame:
        """Its cells."""
        return self.table.frame

    @property
    def id_column(self) -> Column | None:
        """The column that identifies a record."""
        return next((column for column in self.mapped.columns if column.field == "record_id"), None)

    def given(self, settings: Settings) -> Given:
        """What its cells are judged by."""
        country = settings.config.input.country
        return Given(self.frame, self.mapped.columns, self.mapped.date_habit, country, settings.as_of)

    def side(self) -> Side:
        """What is told of it."""
        file = self.table.file
        return Side(PurePath(file.path).name, file.format, self.frame.height, len(self.table.rejects), file.sha256)


@dataclass(frozen=True, slots=True)
class Paired:
    """Which records are one, and how that is known."""

    by: PairedBy
    key: tuple[tuple[str, ...], tuple[str, ...]]
    records: RecordPairs
    n_identical: int
    pairs: pl.DataFrame


def paired_records(exports: tuple[Export, Export], settings: Settings, order: DiffOrder) -> tuple[Paired, ColumnPairs]:
    """Which records and which columns of both exports are one.

    Raises:
        UsageError: ``unknown-column``: a key that one of the files does not have.
    """
    old, new = exports
    keys = _keys(exports, order)
    columns = pair_by_name(old.mapped.columns, new.mapped.columns, list(zip(*keys, strict=True)))
    if not keys[0]:
        return _by_matching(exports, columns, settings), columns
    with settings.progress(Text("pairing records", "Datensätze zuordnen")):
        records = pair_by_key(keys_of(old.frame, keys[0]), keys_of(new.frame, keys[1]))
    by: PairedBy = "key" if order.key else "record_id"
    return Paired(by, keys, records, 0, pl.DataFrame(schema=dict(PAIRS_SCHEMA))), columns


def _keys(exports: tuple[Export, Export], order: DiffOrder) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of OLD and of NEW that name a record; none: by matching."""
    if order.by_matching:
        return (), ()
    if order.key:
        named = [_key(exports, key) for key in order.key]
        return tuple(old for old, _ in named), tuple(new for _, new in named)
    found = [export.id_column for export in exports]
    if all(found):
        return tuple((column.name,) for column in found if column)  # type: ignore[return-value]
    # In one of them it may repeat or have gaps: that is told, and no reason to guess.
    known = next((column for column in found if column), None)
    if known and all(known.name in export.table.names for export in exports):
        return (known.name,), (known.name,)
    shared = _shared_identifier(exports)
    return ((shared,), (shared,)) if shared else ((), ())


def _shared_identifier(exports: tuple[Export, Export]) -> str | None:
    """A key of both files that names nearly all their records, though a few of its values repeat or are missing."""
    own, others = (
        [column.name for column in export.mapped.columns if column.field == "identifier"] for export in exports
    )
    for name in own:
        if name in others and all(find_record_id(export.frame, [name], []) for export in exports):
            return name
    return None


def _key(exports: tuple[Export, Export], key: str) -> tuple[str, str]:
    """The column that ``--key`` means in both files."""
    old, new = (_meant(export.table, key) for export in exports)
    if old is None and new is None and "=" in key:
        before, _, after = key.rpartition("=")
        old, new, names = _meant(exports[0].table, before), _meant(exports[1].table, after), (before, after)
    else:
        names = (key, key)
    for export, found, name in zip(exports, (old, new), names, strict=True):
        if found is None:
            raise UsageError(
                Text(f"the file has no column {name!r}", f"die Datei hat keine Spalte {name!r}"),
                code="unknown-column",
                where=export.table.file.path,
                hint=nearest(
                    name,
                    export.table.names,
                    Text("--key OLD=NEW where it was renamed", "--key ALT=NEU, wenn sie umbenannt wurde"),
                ),
            )
    assert old is not None
    assert new is not None
    return old, new


def _meant(table: Table, name: str) -> str | None:
    if name in table.names:
        return name
    pairs = list(zip(table.names, table.labels, strict=True))
    return next((own for own, label in pairs if label == name or (fold(name) and fold(label) == fold(name))), None)


def _by_matching(exports: tuple[Export, Export], columns: ColumnPairs, settings: Settings) -> Paired:
    """Records that say exactly the same are one; what is left over is matched, and paired where that is sure."""
    old, new = exports
    # Whoever asks for matching although there are ids does not trust them.
    shared = [(pair.before.name, pair.after.name) for pair in columns.pairs if pair.field != "record_id"]
    with settings.progress(Text("pairing records", "Datensätze zuordnen")):
        same = pair_identical(
            old.frame.select(before for before, _ in shared),
            new.frame.select(pl.col(after).alias(before) for before, after in shared),
        )
    pairs = pl.DataFrame(schema=dict(PAIRS_SCHEMA))
    if len(same.removed) and len(same.added):
        pairs = _matched(exports, same, settings)
    sure = pairs.filter("is_sure")
    together = pl.concat(
        [
            pl.DataFrame({"old": same.old, "new": same.new}),
            sure.select(old=pl.col("row_old") - 1, new=pl.col("row_new") - 1),
        ]
    ).sort("old")
    # Who may be somebody is neither gone nor new.
    left = [
        rows.filter(~(rows + 1).is_in(pairs[name].implode()))
        for rows, name in ((same.removed, "row_old"), (same.added, "row_new"))
    ]
    records = RecordPairs(together["old"], together["new"], left[0], left[1], same.ids)
    return Paired("matching", ((), ()), records, len(same.old), pairs)


def _matched(exports: tuple[Export, Export], same: RecordPairs, settings: Settings) -> pl.DataFrame:
    """What matching says of the records that are left over; ``PAIRS_SCHEMA``, sorted by row."""
    left = same.removed, same.added
    # How telling an agreement is shows only among the others: some of those that are paired already stand by.
    step = max(1, len(same.old) // BYSTANDERS)
    beside = same.old.gather_every(step), same.new.gather_every(step)
    cleaned = [
        _cleaned(export, pl.concat([own, others]), settings)
        for export, own, others in zip(exports, left, beside, strict=True)
    ]
    found = find_among(cleaned, settings, State.empty(), link=True).matched
    n_old = cleaned[0].normalised.table.frame.height
    is_left = (pl.col("a") < len(left[0])) & (pl.col("b") < n_old + len(left[1]))
    pairs = found.pairs.filter(is_left & (pl.col("band") != VETO))
    told = pairs.select(
        "a",
        b=pl.col("b") - n_old,
        probability=pl.col("probability").round(4),
        is_auto=pl.col("band") == AUTO,
        reasons=reasons(pairs, found.lines, settings.language),
    )
    # Sure is what has no rival: two candidates for one record are a question.
    rivals = [pl.col("is_auto").sum().over(side) for side in ("a", "b")]
    told = told.with_columns(is_sure=pl.col("is_auto") & (rivals[0] == 1) & (rivals[1] == 1))
    # Who is surely somebody is no longer asked about.
    is_taken = [pl.col("is_sure").any().over(side) for side in ("a", "b")]
    told = told.filter(pl.col("is_sure") | ~(is_taken[0] | is_taken[1]))
    rows = [left[0].gather(told["a"]), left[1].gather(told["b"])]
    ids = [names.gather(each) for names, each in zip(names_of(exports, ((), ())), rows, strict=True)]
    return (
        told.with_columns(row_old=rows[0] + 1, row_new=rows[1] + 1, record_id_old=ids[0], record_id_new=ids[1])
        .select(pl.col(name).cast(kind) for name, kind in PAIRS_SCHEMA.items())
        .sort("row_old", "row_new")
    )


def _cleaned(export: Export, rows: pl.Series, settings: Settings) -> Cleaned:
    """Some rows of an export, cleaned for matching with what the whole file says of its columns."""
    table, config = export.table, settings.config
    some = replace(table, frame=table.frame[rows], lines=table.lines.gather(rows), rejects=(), notes=())
    options = CleanOptions(
        as_of=settings.as_of,
        country=config.input.country,
        styles=config.style,
        language=settings.language,
        date_habit=export.mapped.date_habit,
    )
    with settings.progress(Text("cleaning", "bereinigen")):
        return Cleaned(normalise(some, export.mapped.columns, export.mapped.dialect, options), "")


def names_of(exports: tuple[Export, Export], key: tuple[tuple[str, ...], tuple[str, ...]]) -> list[pl.Series]:
    """Per row of both exports what it is called in the outcome: its key, else its id, else null."""
    columns = key if key[0] else _keys(exports, DiffOrder())
    return [
        export.frame.select(pl.concat_str([pl.col(name).str.strip_chars() for name in own], separator=" ")).to_series()
        if own
        else pl.repeat(None, export.frame.height, dtype=pl.String, eager=True)
        for export, own in zip(exports, columns, strict=True)
    ]
