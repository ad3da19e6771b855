"""Stage: judge and clean every mapped column, once per distinct value; collect findings and changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl

from crmclean.characters import find_unusual
from crmclean.core.catalogue import describe
from crmclean.core.codes import Safety
from crmclean.core.date_habits import date_habit
from crmclean.core.field import FORMAT, FieldType
from crmclean.core.language import Language
from crmclean.core.registry import FIELDS
from crmclean.expressions import habit_of, judge
from crmclean.table import CHANGES_SCHEMA, FINDINGS_SCHEMA, Column, Judged, Normalised, Note, Table


@dataclass(frozen=True, slots=True)
class CleanOptions:
    """What the user decides about cleaning.

    Attributes:
        as_of: the day that counts as today.
        country: ISO 3166-1 alpha-2 code for records that name none; empty for none.
        styles: written form by field name; a field that is not named uses its default.
        unsafe_fixes: apply proposals too.
        language: of the ``message`` column.
        for_report: keep what was judged for the measures that follow; without it a third of the memory is saved.
        keep: fields of which it is kept nevertheless.
        date_habit: order of day and month the CRM writes (``dmy``), for columns that do not show it themselves.
    """

    as_of: date
    country: str = ""
    styles: Mapping[str, str] = field(default_factory=dict)
    unsafe_fixes: bool = False
    language: Language = "en"
    for_report: bool = True
    keep: frozenset[str] = frozenset()
    date_habit: str = ""


def normalise(table: Table, columns: tuple[Column, ...], dialect: str, options: CleanOptions) -> Normalised:
    """Judge every mapped column and decide what the cleaned file will hold.

    Args:
        table: as read.
        columns: all columns of the table in file order, with the fields they hold.
        dialect: name of the CRM, kept for the report.
        options: see ``CleanOptions``.

    Returns:
        The cleaned table with findings and changes; ``table.frame`` is not touched. Notes that findings of cells repeat
        are left out.
    """
    work = _Work(table, columns, options)
    for column in _in_order(columns):
        work.judge(column)
    for column in columns:
        work.look_at_characters(column)
    columns = tuple(work.judged[c.name].column if c.name in work.judged else c for c in columns)
    findings = work.all_findings()
    return Normalised(
        table=replace(table, notes=_not_repeated(table.notes, findings)),
        columns=columns,
        dialect=dialect,
        written=table.frame.with_columns(work.written.values()),
        judged={c.name: work.judged[c.name] for c in columns if c.name in work.judged},
        findings=findings,
        changes=work.all_changes(),
        as_of=options.as_of,
    )


def _not_repeated(notes: tuple[Note, ...], findings: pl.DataFrame) -> tuple[Note, ...]:
    """The notes of the reader that no finding of a cell says again: nothing counts twice.

    A control character outside of every cell (in a line that is no record) has its note alone.
    """
    codes = {note.code for note in notes}
    known = findings.select(pl.col("row"), pl.col("column", "code").cast(pl.String)).filter(pl.col("code").is_in(codes))

    def is_said(note: Note) -> bool:
        same = known.filter(pl.col("code") == note.code)
        if note.row is not None:
            same = same.filter(pl.col("row") == note.row)
        if note.column is not None:
            same = same.filter(pl.col("column") == note.column)
        return not same.is_empty()

    return tuple(note for note in notes if not is_said(note)) if known.height else notes


def _in_order(columns: Iterable[Column]) -> list[Column]:
    """Mapped columns so that each comes after those its field wants to see.

    Where fields want to see each other (postal code and city), the circle is cut where it closes: the one that comes
    first sees the other's raw text.
    """
    rank: dict[str, int] = {}

    def visit(name: str) -> None:
        if name not in rank:
            rank[name] = -1  # being visited: a circle is cut here
            for hint in FIELDS[name].hints:
                visit(hint)
            rank[name] = len(rank)

    mapped = [column for column in columns if column.field is not None]
    for name in sorted({str(column.field) for column in mapped}):
        visit(name)
    return sorted(mapped, key=lambda column: (rank[str(column.field)], column.index))


class _Work:
    """What has been judged so far of one table."""

    def __init__(self, table: Table, columns: tuple[Column, ...], options: CleanOptions) -> None:
        self.table = table
        self.columns = columns
        self.options = options
        self.judged: dict[str, Judged] = {}
        self.written: dict[str, pl.Series] = {}
        self._findings: list[pl.DataFrame] = []
        self._changes: list[pl.DataFrame] = []
        self._rows = pl.arange(1, table.frame.height + 1, eager=True, dtype=pl.UInt32).alias("row")
        hints = {hint for column in columns if column.field for hint in FIELDS[column.field].hints}
        self._kept = None if options.for_report else hints | options.keep
        self._record_id = next((table.frame[c.name] for c in columns if c.field == "record_id"), None)

    def judge(self, column: Column) -> None:
        """Judge one column and keep what follows from it."""
        kind = FIELDS[str(column.field)]
        raw = self.table.frame[column.name]
        habit = habit_of(raw, kind)
        if not habit and kind.habit is date_habit:
            habit = self.options.date_habit
        style = self.options.styles.get(kind.name, "")
        hints = self._hints(column, kind)
        result = judge(raw, kind, hints, habit=habit, style=style, as_of=self.options.as_of)
        if self._kept is None or kind.name in self._kept:
            self.judged[column.name] = Judged(replace(column, habit=habit), result["canonical"], result["verdict"])
        if kind.name == "text":
            return  # a dash in a note is no finding
        if kind.name == "record_id":
            self._note_repeats(column, raw)
        cells = pl.DataFrame([self._rows, raw.alias("value"), *result.select("written", "code", "suggestion")])
        self._note_findings(column, kind, cells.filter(pl.col("code").is_not_null()))
        if not kind.plain:
            self._note_changes(column, kind, cells)

    def _hints(self, column: Column, kind: FieldType) -> dict[str, pl.Series]:
        """What the record says in the fields this one wants to see.

        Taken from columns of the same group (a billing city goes with the billing postal code). Only a country may
        come from another group, and from the run's default where the record names none.
        """
        found: dict[str, pl.Series] = {}
        for hint in kind.hints:
            holders = [c for c in self.columns if c.field == hint and c.name != column.name]
            near = [c for c in holders if c.group == column.group]
            if hint == "country":
                near = near or [c for c in holders if not c.group] or holders[:1]
            known = self._first_filled(near)
            if hint == "country" and self.options.country:
                default = pl.Series(hint, [self.options.country])
                known = default.new_from_index(0, len(self._rows)) if known is None else known.fill_null(default[0])
            if known is not None:
                found[hint] = known
        return found

    def _first_filled(self, columns: list[Column]) -> pl.Series | None:
        """Per record the first of these columns that holds something, canonical where it is judged already."""
        known: pl.Series | None = None
        for column in columns:
            if column.name in self.judged:
                values = self.judged[column.name].canonical
            else:
                raw = self.table.frame[column.name].str.strip_chars()
                values = raw.set(raw == "", None)
            known = values if known is None else known.zip_with(known.is_not_null(), values)
        return known

    def _note_changes(self, column: Column, kind: FieldType, cells: pl.DataFrame) -> None:
        """Decide what is written: safe repairs always, proposals only when asked."""
        if self.options.unsafe_fixes:
            after, unsafe = pl.coalesce("suggestion", "written"), pl.col("suggestion").is_not_null()
        else:
            after, unsafe = pl.col("written"), pl.lit(value=False)
        repairs = [code.name for code in kind.codes if code.names_repair]
        named = pl.when(pl.col("unsafe") | pl.col("code").is_in(repairs)).then("code").otherwise(pl.lit(FORMAT))
        concerned = cells.filter(after.is_not_null())
        changed = concerned.with_columns(after=after, unsafe=unsafe).filter(pl.col("after") != pl.col("value"))
        if changed.is_empty():
            return
        self.written[column.name] = cells.select(pl.coalesce(after, "value").alias(column.name)).to_series()
        self._changes.append(
            changed.select(
                "row",
                at=pl.lit(column.index, pl.UInt32),
                column=pl.lit(column.name, pl.Categorical),
                field=pl.lit(kind.name, pl.Categorical),
                before="value",
                after="after",
                code=_full_code(named, kind).cast(pl.Categorical),
                safety=pl.when("unsafe")
                .then(pl.lit(Safety.UNSAFE.value))
                .otherwise(pl.lit(Safety.SAFE.value))
                .cast(pl.Categorical),
            )
        )

    def _note_findings(self, column: Column, kind: FieldType | None, cells: pl.DataFrame) -> None:
        """Keep the findings of one column; ``cells`` has ``row``, ``value``, ``code`` and ``suggestion``."""
        if cells.is_empty():
            return
        self._findings.append(
            cells.select(
                "row",
                at=pl.lit(column.index, pl.UInt32),
                column=pl.lit(column.name, pl.Categorical),
                field=pl.lit(column.field, pl.Categorical),
                code=(pl.col("code") if kind is None else _full_code(pl.col("code"), kind)).cast(pl.Categorical),
                value="value",
                suggestion="suggestion",
            )
        )

    def _note_repeats(self, column: Column, raw: pl.Series) -> None:
        """Findings about record ids that stand on several records."""
        cells = pl.DataFrame([self._rows, raw.alias("value")])
        bare = pl.col("value").str.strip_chars()
        # Hashes are counted far faster than texts, and few texts that differ share one.
        likely = cells.filter(bare.hash().is_duplicated())
        repeated = likely.filter((bare != "") & bare.is_duplicated())
        self._note_findings(
            column, None, repeated.with_columns(code=pl.lit("repeated-id"), suggestion=pl.lit(None, pl.String))
        )

    def look_at_characters(self, column: Column) -> None:
        """Findings about characters that should not be in a cell, whatever it holds."""
        hits = find_unusual(self.table.frame[column.name])
        self._note_findings(column, None, hits)

    def all_findings(self) -> pl.DataFrame:
        """All findings in the schema ``FINDINGS_SCHEMA``, sorted by row and column position."""
        if not self._findings:
            return pl.DataFrame(schema=dict(FINDINGS_SCHEMA))
        found = pl.concat(self._findings).sort("row", "at", maintain_order=True)
        said = _described(found["code"].unique(maintain_order=True).to_list(), self.options.language)
        return self._with_record_id(found.join(said, on="code", how="left", maintain_order="left")).select(
            pl.col(name).cast(kind) for name, kind in FINDINGS_SCHEMA.items()
        )

    def all_changes(self) -> pl.DataFrame:
        """All changes in the schema ``CHANGES_SCHEMA``, sorted by row and column position."""
        if not self._changes:
            return pl.DataFrame(schema=dict(CHANGES_SCHEMA))
        changes = pl.concat(self._changes).sort("row", "at", maintain_order=True)
        return self._with_record_id(changes).select(CHANGES_SCHEMA.keys())

    def _with_record_id(self, rows: pl.DataFrame) -> pl.DataFrame:
        at = rows["row"] - 1
        ids = pl.Series([None], dtype=pl.String) if self._record_id is None else self._record_id.gather(at)
        return rows.with_columns(record_id=ids if len(ids) == rows.height else None, line=self.table.lines.gather(at))


def _full_code(reason: pl.Expr, kind: FieldType) -> pl.Expr:
    """``field.reason`` for what the field says itself; codes that hold for every field keep their plain name."""
    own = [FORMAT, *(code.name for code in kind.codes)]
    return pl.when(reason.is_in(own)).then(pl.lit(f"{kind.name}.") + reason).otherwise(reason)


def _described(codes: list[str], language: Language) -> pl.DataFrame:
    """Severity and message of each code."""
    rows: list[dict[str, Any]] = []
    for name in codes:
        code = describe(name)
        rows.append({"code": name, "severity": code.severity.value, "message": code.what.said(language)})
    return pl.DataFrame(rows, schema=dict.fromkeys(("code", "severity", "message"), pl.Categorical))
