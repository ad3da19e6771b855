"""``evaluate``: how right a run is, against what is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from crmclean.core.errors import InputError, UsageError
from crmclean.core.language import Text
from crmclean.formats.matched_run import MatchedRun, read_matched_run
from crmclean.measures.run_records import RunRecords, run_records
from crmclean.pipeline.jobs import Job, open_job
from crmclean.pipeline.preparing import read_table
from crmclean.pipeline.settings import Settings
from crmclean.stages.evaluate import Evaluation, TruthChoice, evaluate, understand
from crmclean.stages.map import map_columns


@dataclass(frozen=True, slots=True)
class EvaluateOptions:
    """What is asked of an evaluation.

    Attributes:
        choice: what the user says about the truth.
        exports: the files that were matched, in their order, where they have been moved.
        n_examples: of the worst errors of each kind.
    """

    choice: TruthChoice = field(default_factory=TruthChoice)
    exports: tuple[str, ...] = ()
    n_examples: int = 5


def evaluate_run(folder: Path, truth: str, settings: Settings, options: EvaluateOptions) -> Evaluation:
    """Compare what a run found with what is known.

    Args:
        folder: that ``dedupe`` or ``run`` wrote.
        truth: path of the truth; ``-`` for stdin.
        settings: how the truth is read.
        options: see ``EvaluateOptions``.

    Raises:
        InputError: no such run, or a truth that can't be used.
        UsageError: a column named does not exist.
    """
    run = read_matched_run(folder)
    table, _ = read_table(truth, settings)
    records = _records(run, options.exports, settings)
    with settings.progress(Text("measuring", "messen")):
        return evaluate(understand(records, table, options.choice), options.n_examples)


def _records(run: MatchedRun, exports: tuple[str, ...], settings: Settings) -> RunRecords:
    """The records of a run; with all their ids where the exports are at hand and still what was matched."""
    job = _job(run, exports, settings)
    if job is None:
        return run_records(run)
    ids, label = [], ""
    for path, each in zip(job.exports, run.inputs, strict=True):
        table, _ = read_table(str(path), job.settings)
        given = job.settings.config
        columns = map_columns(table, dialect=given.input.dialect or None, overrides=given.columns).columns
        column = next((column for column in columns if column.field == "record_id"), None)
        if table.frame.height != each.n_rows:
            return run_records(run)
        none = pl.repeat(None, each.n_rows, dtype=pl.String, eager=True)
        ids.append(table.frame[column.name].alias("id") if column else none.alias("id"))
        label = label or (column.label if column else "")
    return run_records(run, pl.concat(ids), label)


def _job(run: MatchedRun, exports: tuple[str, ...], settings: Settings) -> Job | None:
    """The run with its exports; ``None`` where they are not at hand and nobody said where they are."""
    try:
        return open_job(run.folder, exports=exports, progress=settings.progress)
    except InputError:
        if exports:
            raise
    except UsageError:  # it wants a table of places, on which no id depends
        pass
    return None
