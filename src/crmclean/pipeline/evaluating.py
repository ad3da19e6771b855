"""``evaluate``: how right a run is, against what is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from crmclean.core.errors import CrmCleanError, InputError
from crmclean.core.language import Text
from crmclean.formats.manifest import mismatch
from crmclean.formats.matched_run import MatchedInput, MatchedRun, read_matched_run
from crmclean.formats.source import open_source
from crmclean.pipeline.preparing import read_table
from crmclean.pipeline.settings import Settings, read_options
from crmclean.plugins import ReadOptions
from crmclean.stages.evaluate import Evaluation, TruthChoice, evaluate, understand
from crmclean.stages.read import read_source
from crmclean.table import Source, Table


@dataclass(frozen=True, slots=True)
class EvaluateOptions:
    """What is asked of an evaluation.

    Attributes:
        choice: what the user says about the truth.
        exports: the files that were matched, where they have been moved.
        n_examples: of the worst errors of each kind.
    """

    choice: TruthChoice = field(default_factory=TruthChoice)
    exports: tuple[str, ...] = ()
    n_examples: int = 5


def evaluate_run(place: Path, truth: str, settings: Settings, options: EvaluateOptions) -> Evaluation:
    """Compare what a run found with what is known.

    Args:
        place: the folder ``dedupe`` or ``run`` wrote.
        truth: path of the truth; ``-`` for stdin.
        settings: how the truth is read.
        options: see ``EvaluateOptions``.

    Raises:
        InputError: no such run, or a truth that can't be used.
        UsageError: a column named does not exist.
    """
    run = read_matched_run(place)
    table, _ = read_table(truth, settings)
    ids = _record_ids(run, truth, table, options.exports, settings)
    with settings.progress(Text("measuring", "messen")):
        return evaluate(run, understand(run, table, ids, options.choice), options.n_examples)


def _record_ids(
    run: MatchedRun, truth: str, table: Table, exports: Sequence[str], settings: Settings
) -> pl.Series | None:
    """The record ids of all records, where every export is at hand and still what was matched."""
    named = _named(run, exports, settings)
    if run.id_column is None:
        return None
    parts: list[pl.Series] = []
    for each in run.inputs:
        if each.sha256 == table.file.sha256 and table.frame.height == each.n_rows:
            found: Table | None = table
        else:
            found = named.get(each.sha256) or _look_for(run, each, truth, settings)
        column = run.id_column["name"]
        if found is None or found.frame.height != each.n_rows or column not in found.names:
            return None
        parts.append(found.frame[column].alias("id"))
    return pl.concat(parts)


def _named(run: MatchedRun, exports: Sequence[str], settings: Settings) -> dict[str, Table]:
    """The exports the user names, by hash."""
    found = {}
    for path in exports:
        source = open_source(path, settings.max_uncompressed)
        if source.sha256 not in {each.sha256 for each in run.inputs}:
            what = Text("this is not the export that was matched", "das ist nicht der abgeglichene Export")
            hint = Text("name the file the run read, unchanged", "die Datei nennen, die der Lauf las, unverändert")
            raise mismatch(Path(path), what, hint)
        found[source.sha256] = _as_matched(run, source, settings)
    return found


def _look_for(run: MatchedRun, wanted: MatchedInput, truth: str, settings: Settings) -> Table | None:
    """An export where it was, or beside the run or the truth; known by its hash."""
    for path in _places(run, wanted, truth):
        if not path.is_file() or (wanted.size_bytes and path.stat().st_size != wanted.size_bytes):
            continue
        try:
            source = open_source(str(path), settings.max_uncompressed)
            if source.sha256 == wanted.sha256:
                return _as_matched(run, source, settings)
        except CrmCleanError:
            continue
    return None


def _places(run: MatchedRun, wanted: MatchedInput, truth: str) -> Iterable[Path]:
    beside = [Path(), run.folder, run.folder.absolute().parent]
    if truth != "-":
        beside.append(Path(truth).parent)
    if wanted.path:
        yield from (folder / wanted.path for folder in beside)
    yield from (folder / wanted.name for folder in beside)


def _as_matched(run: MatchedRun, source: Source, settings: Settings) -> Table:
    """The export, read as it was then."""
    layout = run.manifest.get("layout") if len(run.inputs) == 1 else None
    options = ReadOptions(layout=layout, max_uncompressed=settings.max_uncompressed)
    try:
        return read_source(source, options if layout else read_options(settings))
    except (KeyError, TypeError, ValueError):  # a layout somebody edited
        raise InputError(
            Text("the manifest does not fit the export", "das Manifest passt nicht zum Export"),
            code="audit-mismatch",
            where=source.shown,
        ) from None
