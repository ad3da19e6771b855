"""``diff``: what changed between two exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from crmclean.core.language import Text
from crmclean.core.text import fold
from crmclean.differences import RECORDS_SCHEMA, ColumnChanges, Differences
from crmclean.diffing.cells import compare_cells, counts
from crmclean.diffing.column_pairs import ColumnPairs, with_renamed
from crmclean.diffing.events import find_events
from crmclean.pipeline.churning import churn_of
from crmclean.pipeline.pairing import DiffOrder, Export, Paired, names_of, paired_records
from crmclean.pipeline.preparing import read_table
from crmclean.pipeline.settings import Settings
from crmclean.stages.map import map_columns
from crmclean.table import Table


def diff_exports(old: str, new: str, settings: Settings, order: DiffOrder | None = None) -> Differences:
    """What changed between two exports, whatever their formats, encodings and orders are.

    Args:
        old, new: the exports; one of them may be ``-`` for stdin.
        settings: see ``Settings``; columns of the configuration need to be in one of the files only.
        order: see ``DiffOrder``.

    Raises:
        UsageError: ``unknown-column``: a key that one of the files does not have.
    """
    wanted = order or DiffOrder()
    tables = read_table(old, settings)[0], read_table(new, settings)[0]
    exports = _mapped(tables, settings)
    paired, columns = paired_records(exports, settings, wanted)
    with settings.progress(Text("comparing", "vergleichen")):
        columns = with_renamed(columns, exports[0].frame, exports[1].frame, paired.records)
        found = _differences(exports, paired, columns, settings)
    return replace(found, churn=churn_of(exports, paired, settings, wanted.old_as_of))


def _mapped(tables: tuple[Table, Table], settings: Settings) -> tuple[Export, Export]:
    config = settings.config
    known = [_columns_of(table) for table in tables]
    with settings.progress(Text("mapping columns", "Spalten zuordnen")):
        first, second = (
            Export(table, map_columns(table, dialect=config.input.dialect or None, overrides=own))
            for table, own in zip(tables, _shared_out(config.columns, known), strict=True)
        )
    return first, second


def _columns_of(table: Table) -> frozenset[str]:
    """All that a column may be called by."""
    return frozenset({*table.names, *table.labels, *map(fold, table.labels)})


def _shared_out(overrides: Mapping[str, str], known: Sequence[frozenset[str]]) -> list[dict[str, str]]:
    """What the user says of columns, for each table what it can mean; what neither has is left to be refused."""
    nobody = {name for name in overrides if not any(name in own or fold(name) in own for own in known)}
    return [
        {name: field for name, field in overrides.items() if name in own or fold(name) in own or name in nobody}
        for own in known
    ]


def _differences(
    exports: tuple[Export, Export], paired: Paired, columns: ColumnPairs, settings: Settings
) -> Differences:
    old, new = exports
    records = paired.records
    names = names_of(exports, paired.key)
    cells = compare_cells(old.given(settings), new.given(settings), records, columns, names[1].gather(records.new))
    counted = counts(cells)
    changes = tuple(
        ColumnChanges(pair.before.name, pair.after.name, pair.field, counted.get(pair.after.name, {}))
        for pair in columns.pairs
    )
    return Differences(
        old=old.side(),
        new=new.side(),
        paired_by=paired.by,
        key=paired.key,
        n_compared=len(records.old),
        n_identical=paired.n_identical,
        added=_listed(records.added, names[1]),
        removed=_listed(records.removed, names[0]),
        cells=cells,
        ids=records.ids,
        pairs=paired.pairs,
        columns=changes,
        columns_added=tuple(column.name for column in columns.added),
        columns_removed=tuple(column.name for column in columns.removed),
        events=find_events(cells, changes, len(records.old)),
    )


def _listed(rows: pl.Series, names: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"row": rows + 1, "record_id": names.gather(rows)}, schema=dict(RECORDS_SCHEMA))
