"""The records a run matched, and how a truth names them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from crmclean.formats.matched_run import MatchedRun, places


@dataclass(frozen=True, slots=True)
class RunRecords:
    """The records of a run.

    Attributes:
        run: what was found.
        ids: ``String``, n_rows: their record ids without blanks around them; null where there is none or nobody knows.
        has_ids: whether records have ids at all.
        id_label: header of the column the ids are from; empty where nobody knows.
        is_complete: all ids there are are known. Else only those of records that are in a pair or a cluster.
        guessed: ``Boolean``, n_rows: the record stands for one of the truth that is in no pair. Its row is unknown,
            and nothing depends on it.
    """

    run: MatchedRun
    ids: pl.Series
    has_ids: bool
    id_label: str
    is_complete: bool
    guessed: pl.Series

    @property
    def is_several(self) -> bool:
        """Whether the records are of several files."""
        return len(self.run.inputs) > 1

    def by_row(self, refs: pl.DataFrame) -> pl.DataFrame:
        """``refs`` (``ref``, ``file``) with ``at``, given row numbers; null where there is no such row."""
        files = refs["file"] if self.is_several else pl.repeat(self.run.inputs[0].name, refs.height, eager=True)
        numbers = refs["ref"].str.strip_suffix(".0").str.to_integer(strict=False)
        return refs.with_columns(at=places(self.run.inputs, files, numbers))

    def by_id(self, refs: pl.DataFrame) -> pl.DataFrame:
        """``refs`` (``ref``, ``file``) with ``at``, given ids; one row more for each record that has the same id.

        Where the file of a record is told it has to be that one.
        """
        own = pl.DataFrame({"ref": self.ids, "own_file": self.run.files()}).with_row_index("at").drop_nulls("ref")
        if not self.is_several:
            return refs.join(own.drop("own_file"), on="ref", how="left", maintain_order="left")
        told = refs.with_row_index("number")
        met = told.join(own, on="ref", how="inner", maintain_order="left")
        met = met.filter((pl.col("file") == pl.col("own_file")).fill_null(value=True))
        return told.join(met.select("number", "at"), on="number", how="left", maintain_order="left").drop("number")

    def with_strangers(self, ids: pl.Series) -> RunRecords:
        """Let ids that are in no pair stand for records that are in no pair, as far as there are so many.

        Records in no pair are all alike to every figure, so which of them is which changes nothing.

        Args:
            ids: ``String``, distinct.
        """
        free = self.ids.is_null().arg_true()
        ids = ids.filter(~ids.is_in(self.ids.drop_nulls()))  # known in another file
        chosen = free.head(min(len(free), len(ids)))
        filled = self.ids.scatter(chosen, ids.head(len(chosen))) if len(chosen) else self.ids
        return replace(self, ids=filled, guessed=self.guessed.scatter(chosen, True) if len(chosen) else self.guessed)


def run_records(run: MatchedRun, ids: pl.Series | None = None, id_label: str = "") -> RunRecords:
    """The records of a run.

    Args:
        run: what was found.
        ids: ``String``, n_rows: all record ids, where the export could be read; else those the run's files name.
        id_label: header of the column they are from.
    """
    nobody = pl.repeat(False, run.n_rows, dtype=pl.Boolean, eager=True)
    if ids is not None:
        return RunRecords(run, _bare(ids), ids.is_not_null().any(), id_label, is_complete=True, guessed=nobody)
    sides = [
        run.pairs.select(at="a", ref="record_id_a"),
        run.pairs.select(at="b", ref="record_id_b"),
        run.clusters.select("at", ref="record_id"),
    ]
    told = pl.concat(sides).unique("at", keep="first", maintain_order=True)
    empty = pl.repeat(None, run.n_rows, dtype=pl.String, eager=True)
    known = empty.scatter(told["at"], told["ref"])
    # A run that found nothing names no record; what a truth calls them makes no difference then.
    has_ids = known.is_not_null().any() or told.is_empty()
    return RunRecords(run, _bare(known), has_ids, id_label, is_complete=not has_ids, guessed=nobody)


def _bare(ids: pl.Series) -> pl.Series:
    return ids.to_frame("ref").select(bare_text(pl.col("ref"))).to_series()


def bare_text(cells: pl.Expr) -> pl.Expr:
    """Cells without blanks around them; null where nothing is left."""
    stripped = cells.str.strip_chars()
    return pl.when(stripped != "").then(stripped)
