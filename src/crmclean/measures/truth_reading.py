"""From the cells of a truth to what is known about the records of a run.

Nothing is guessed: what names no record, contradicts itself or can't be understood is counted, said with its lines, and
left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from crmclean.core.counting import LINES, amount
from crmclean.core.errors import InputError
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Text
from crmclean.mapping.truth_columns import TruthColumns
from crmclean.measures.agreement import PairTruth, Truth
from crmclean.measures.components import joined
from crmclean.measures.run_records import RunRecords, bare_text
from crmclean.measures.truth_labels import labels_of
from crmclean.table import Note, Table

Unlisted = Literal["", "different", "unknown"]
N_LINES = 5  # named in a message as examples
_IDS = Text("id|ids", "Kennung|Kennungen")


@dataclass(frozen=True, slots=True)
class KnownTruth:
    """What a truth says of a run.

    Attributes:
        truth: of the records; ``PairTruth`` where only the pairs it lists are known.
        records: of the run, with those of the truth that are in no pair.
        columns: how the truth was understood.
        is_unlisted_different: what is not listed was taken for different, else for unknown.
        n_listed: rows of the truth.
        notes: what was left out or is odd.
    """

    truth: Truth | PairTruth
    records: RunRecords
    columns: TruthColumns
    is_unlisted_different: bool
    n_listed: int
    notes: tuple[Note, ...]


def read_truth(table: Table, columns: TruthColumns, records: RunRecords, unlisted: Unlisted) -> KnownTruth:
    """Understand a truth.

    Args:
        table: the truth as read.
        columns: what its columns are.
        records: of the run.
        unlisted: what pairs, or records, are that it does not list. Empty: of a list of matches, different; of a list
            with labels in which not all are matches, and of records without entity, unknown.

    Raises:
        InputError: ``truth-unusable``: it says nothing about records of the run.
    """
    if not table.frame.height:
        raise unusable(table, Text("it holds no record", "sie enthält keinen Datensatz"))
    return _Reading(table, columns, records).done(unlisted)


class _Reading:
    def __init__(self, table: Table, columns: TruthColumns, records: RunRecords) -> None:
        self.table, self.columns, self.records = table, columns, records
        self.is_row = columns.is_row or not records.has_ids
        self.side = records.run.files() if records.run.is_linked else None
        self.notes: list[Note] = []

    def done(self, unlisted: Unlisted) -> KnownTruth:
        truth: Truth | PairTruth
        if self.columns.form == "pairs":
            truth, is_different = self._pairs(unlisted)
        else:
            truth, is_different = self._entities(), unlisted == "different"
            if is_different:
                truth = replace(truth, entity=truth.entity.zip_with(truth.entity.is_not_null(), _alone(self.records)))
        n_listed = self.table.frame.height
        return KnownTruth(truth, self.records, self.columns, is_different, n_listed, tuple(self.notes))

    def _entities(self) -> Truth:
        frame = self.table.frame.select(entity=bare_text(pl.col(self.columns.value))).with_row_index("line")
        if not self.columns.ids:
            placed = frame.with_columns(at=pl.col("line"))
        else:
            (found,) = self._located([self._references(0)])
            placed = found.join(frame, on="line", how="left", maintain_order="left")
        placed = placed.drop_nulls("at")
        several = pl.col("entity").drop_nulls().n_unique().over("at") > 1
        self._note("truth-contradiction", placed.filter(several)["line"], _RECORD_TWICE)
        self._note("truth-repeated", placed.filter(~several & ~pl.col("at").is_first_distinct())["line"])
        told = placed.filter(~several).drop_nulls("entity").unique("at", keep="first", maintain_order=True)
        if told.is_empty():
            raise unusable(self.table, Text("it tells no record's entity", "sie nennt zu keinem Datensatz die Entität"))
        told = told.with_columns(code=pl.col("at").min().over("entity"))
        nothing = pl.repeat(None, self.records.run.n_rows, dtype=pl.UInt32, eager=True)
        return Truth(nothing.scatter(told["at"], told["code"]), self.side)

    def _pairs(self, unlisted: Unlisted) -> tuple[Truth | PairTruth, bool]:
        said = self._labels()
        sides = self._located([self._references(0), self._references(1)])
        one, other = (self._single(side) for side in sides)
        frame = pl.DataFrame({"x": one, "y": other, "same": said}).with_row_index("line").drop_nulls(["x", "y"])
        self._note("truth-repeated", frame.filter(pl.col("x") == pl.col("y"))["line"], _WITH_ITSELF)
        low, high = pl.min_horizontal("x", "y"), pl.max_horizontal("x", "y")
        frame = frame.filter(pl.col("x") != pl.col("y")).select("line", "same", a=low, b=high)
        has_doubt = bool((~said.fill_null(value=False)).any())
        is_different = unlisted == "different" or (not unlisted and not has_doubt)
        known = self._agreed(frame.drop_nulls("same"))
        if known.is_empty():
            raise unusable(self.table, Text("it tells of no pair of records", "sie urteilt über kein Paar"))
        joint = joined(_alone(self.records), known.filter("same"))
        inside = joint.gather(known["a"]) == joint.gather(known["b"])
        chained = known.filter(inside & ~pl.col("same"))
        self._note("truth-contradiction", chained["line"], _CHAINED)
        if is_different:
            return Truth(joint, self.side), True
        counts = known.filter(~(inside & ~pl.col("same"))).select("a", "b", "same").sort("a", "b")
        if self.side is not None:
            counts = counts.filter(self.side.gather(counts["a"]) != self.side.gather(counts["b"]))
        return PairTruth(counts), False

    def _agreed(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Each pair once; those labelled both ways are left out."""
        several = pl.col("same").n_unique().over("a", "b") > 1
        self._note("truth-contradiction", frame.filter(several)["line"], _BOTH_WAYS)
        once = frame.filter(~several)
        repeated = ~pl.struct("a", "b").is_first_distinct()
        self._note("truth-repeated", once.filter(repeated)["line"])
        return once.filter(~repeated)

    def _labels(self) -> pl.Series:
        """What every row says; without labels all are matches."""
        if not self.columns.value:
            return pl.repeat(True, self.table.frame.height, dtype=pl.Boolean, eager=True)
        said, understood = labels_of(self.table.frame[self.columns.value])
        self._note("truth-unknown-label", (~understood).arg_true())
        if not said.drop_nulls().len():
            raise unusable(self.table, Text("no label is understood", "kein Urteil ist zu verstehen"))
        return said

    def _references(self, side: int) -> pl.DataFrame:
        """``line``, ``ref``, ``file`` of what one column names."""
        files = self.columns.files
        file = bare_text(pl.col(files[side])) if files else pl.lit(None, dtype=pl.String)
        frame = self.table.frame.select(ref=bare_text(pl.col(self.columns.ids[side])), file=file)
        if self.is_row and self.records.is_several and not files:
            what = Text(
                "rows of several files need a column that names the file",
                "Zeilen mehrerer Dateien brauchen eine Spalte, die die Datei nennt",
            )
            raise unusable(self.table, what)
        return frame.with_row_index("line")

    def _located(self, sides: list[pl.DataFrame]) -> list[pl.DataFrame]:
        """The references with ``at``; what is in no pair gets a place, what is unknown is said."""
        if self.is_row:
            found = [self.records.by_row(side) for side in sides]
        else:
            found = [self.records.by_id(side) for side in sides]
            if not self.records.is_complete and self._has_known(found):
                strangers = pl.concat(found).filter(pl.col("at").is_null())["ref"].drop_nulls()
                self.records = self.records.with_strangers(strangers.unique(maintain_order=True))
                found = [self.records.by_id(side) for side in sides]
                self._note_unchecked(found)
        missing = pl.concat(found).filter(pl.col("at").is_null())
        self._note("truth-unknown-id", missing["line"], amount(missing["ref"].n_unique(), _IDS))
        if missing.height == sum(side.height for side in found):
            raise unusable(self.table, _NONE_KNOWN)
        return found

    def _has_known(self, found: list[pl.DataFrame]) -> bool:
        """Whether some reference is known, or nothing could be: a run that found nothing names no record."""
        return any(side["at"].drop_nulls().len() for side in found) or not self.records.ids.drop_nulls().len()

    def _note_unchecked(self, found: list[pl.DataFrame]) -> None:
        placed = pl.concat(found).drop_nulls("at")
        guessed = placed.filter(self.records.guessed.gather(placed["at"]))
        self._note("truth-unchecked-id", guessed["line"], amount(guessed["ref"].n_unique(), _IDS))

    def _single(self, side: pl.DataFrame) -> pl.Series:
        """Of every line the one record that is meant; null where several or none are."""
        several = side.filter(pl.len().over("line") > 1)
        self._note("truth-ambiguous-id", several["line"], amount(several["ref"].n_unique(), _IDS))
        single = pl.when(pl.col("at").len() == 1).then(pl.col("at").first())
        return side.group_by("line", maintain_order=True).agg(at=single)["at"]

    def _note(self, code: str, lines: pl.Series, detail: Text | None = None) -> None:
        """A finding about some rows of the truth, with the first lines they stand in."""
        rows = lines.unique().sort()
        if not len(rows):
            return
        has_lines = not self.table.lines.null_count()
        first = self.table.lines.gather(rows.head(N_LINES)) if has_lines else rows.head(N_LINES) + 1
        shown = ", ".join(str(line) for line in first) + (", …" if len(rows) > N_LINES else "")
        many = amount(len(rows), LINES)
        where = Text(f"{many.en} ({shown})", f"{many.de} ({shown})")
        said = Text(f"{detail.en}, {where.en}", f"{detail.de}, {where.de}") if detail else where
        self.notes.append(Note(code, FILE_CODES[code].severity, message(code, said), line=int(first[0])))


_RECORD_TWICE = Text("a record in two entities", "ein Datensatz in zwei Entitäten")
_WITH_ITSELF = Text("a record with itself", "ein Datensatz mit sich selbst")
_BOTH_WAYS = Text("a pair labelled both ways", "ein Paar mit beiden Urteilen")
_CHAINED = Text(
    "labelled different, yet the same by other pairs", "als verschieden bezeichnet, nach anderen Paaren aber gleich"
)
_NONE_KNOWN = Text("none of its records is in the run", "keiner ihrer Datensätze ist im Lauf")


def _alone(records: RunRecords) -> pl.Series:
    return pl.arange(records.run.n_rows, eager=True, dtype=pl.UInt32)


def unusable(table: Table, what: Text, hint: Text | None = None) -> InputError:
    """``truth-unusable`` with what is wrong."""
    return InputError(message("truth-unusable", what), code="truth-unusable", hint=hint, where=table.file.path)


def share_known(records: RunRecords, cells: pl.Series) -> float:
    """Of the filled cells of a column how many name a record of the run, 0..1."""
    bare = cells.to_frame("ref").select(ref=bare_text(pl.col("ref"))).drop_nulls("ref")
    refs = bare.with_columns(file=pl.lit(None, dtype=pl.String))
    if not refs.height:
        return 0.0
    found = records.by_id(refs) if records.has_ids else records.by_row(refs)
    return found.drop_nulls("at").height / max(found.height, 1)
