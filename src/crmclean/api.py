"""The Python face of crmclean: plain functions with plain arguments over the same pipeline the command line uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from crmclean.config.choices import require_choices
from crmclean.config.loader import load_config
from crmclean.config.model import Config
from crmclean.core.language import Language
from crmclean.core.summary import RunSummary
from crmclean.differences import Differences
from crmclean.gate import Gate, KnownFindings
from crmclean.gate import check as hold_against_gate
from crmclean.gate_result import GateResult
from crmclean.judgement import parse
from crmclean.pipeline import (
    DiffOrder,
    Settings,
    diff_exports,
    prepare,
    read_table,
    run_directory,
    summarise,
    undo_run,
)
from crmclean.pipeline.history import history_order, opened
from crmclean.table import Table

__all__ = ["check", "diff", "parse", "profile", "read", "run", "undo"]


def read(path: str | Path, **options: Any) -> Table:
    """Read an export as the CRM wrote it: encoding, delimiter, header row and sheet found, every cell a text.

    Args:
        path: CSV, Excel, Parquet or JSON Lines, plain or ``.gz``/``.zst``; ``-`` for stdin.
        **options: keys of the configuration's ``[input]`` section, e.g. ``encoding="cp1252"``, ``sheet="Kunden"``.

    Returns:
        The table: ``frame`` (all ``String``), ``labels``, ``rejects``, ``notes`` and what was found about the file.

    Raises:
        InputError: refused: missing, unreadable, empty, no table.
        LimitError: larger than allowed, or a bomb.
    """
    return read_table(str(path), _settings(None, None, "en", options))[0]


def profile(
    path: str | Path,
    *,
    as_of: date | None = None,
    config: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
    language: Language = "en",
    **options: Any,
) -> RunSummary:
    """What the file is and how good it is; nothing is written. Arguments as for ``run``."""
    settings = _settings(as_of, config, language, options, columns)
    return summarise(prepare(str(path), settings).normalised, settings)


def check(
    path: str | Path,
    *,
    fail_on: str = "",
    fail_under: Sequence[str] = (),
    max_new: int | None = None,
    max_rejects: int | None = None,
    min_rows: int | None = None,
    baseline: str | Path | None = None,
    history: str | Path | None = None,
    show_values: bool = False,
    as_of: date | None = None,
    config: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
    language: Language = "en",
    **options: Any,
) -> GateResult:
    """Hold an export against the gate; nothing is written but the history that is named, not even the baseline.

    Args:
        path: the export.
        fail_on: the mildest severity that fails: ``error``, ``warning``, ``info`` or ``never``.
        fail_under: ``"0.9"`` or ``"completeness=0.9"``, as on the command line.
        max_new: findings of that severity, beyond the baseline, that still pass.
        max_rejects: lines that are no record that still pass.
        min_rows: records the export holds at least.
        baseline: the file with the findings that are known.
        history: name or file of the history the run is held against and recorded in; that of the configuration is
            the command line's.
        show_values: cells as they are instead of masked.
        as_of: as for ``run``, like the rest.

    Returns:
        ``passed``, ``failures``, ``summary`` and ``findings``, one row each.
    """
    settings = _settings(as_of, config, language, options, columns)
    gate = Gate.of(
        settings.config.gate,
        fail_on=fail_on,
        fail_under=fail_under,
        max_new=max_new,
        max_rejects=max_rejects,
        min_rows=min_rows,
    )
    known = KnownFindings(Path(baseline)) if baseline else None
    order = None if history is None else history_order(settings, str(history))
    with opened(order, settings) as past:
        checked = hold_against_gate(str(path), settings, gate, known=known, show_values=show_values, history=past)
        if past and checked.looked:
            past.record(checked.looked)
    return checked.result


def diff(
    old: str | Path,
    new: str | Path,
    *,
    key: Sequence[str] = (),
    by_matching: bool = False,
    as_of: date | None = None,
    config: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
    language: Language = "en",
    **options: Any,
) -> Differences:
    """What changed between two exports: records added and removed, cells changed and lost, mass updates.

    Args:
        old: the older export.
        new: the newer one, of any format.
        key: columns that identify a record, or ``OLD=NEW``; the record id if left out.
        by_matching: pair by what records say even where there are ids.
        as_of: as for ``run``, like the rest; what is said of columns holds for both.

    Raises:
        UsageError: a key that one of the files does not have.
    """
    settings = _settings(as_of, config, language, options, columns)
    return diff_exports(str(old), str(new), settings, DiffOrder(tuple(key), by_matching))


def run(
    path: str | Path,
    out: str | Path,
    *,
    as_of: date | None = None,
    config: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
    language: Language = "en",
    force: bool = False,
    **options: Any,
) -> RunSummary:
    """Clean an export and report on it; writes what ``crmclean run`` writes.

    Args:
        path: the export.
        out: folder for the outputs; made if need be.
        as_of: the day that counts as today; today if left out.
        config: a ``crmclean.toml``.
        columns: column name to field, like ``--map``.
        language: of messages in findings and reports.
        force: replace what another program put into ``out``.
        **options: keys of the configuration's ``[input]`` section, e.g. ``country="DE"``.

    Returns:
        The figures of the run.

    Raises:
        CrmCleanError: one of its kinds; ``exit_code`` says which the command line would end with.
    """
    settings = _settings(as_of, config, language, options, columns)
    return run_directory(str(path), Path(out), settings, force=force).summary


def undo(run_folder: str | Path, out: str | Path, *, force: bool = False) -> None:
    """Write the original of a run to ``out``: byte for byte for text, the same table for the other formats.

    Raises:
        InputError: the files do not belong together, or were edited since.
        OutputError: ``out`` can't be written.
    """
    undo_run(Path(run_folder), Path(out), force=force)


def _settings(
    as_of: date | None,
    config: str | Path | None,
    language: Language,
    options: Mapping[str, Any],
    columns: Mapping[str, str] | None = None,
) -> Settings:
    from dataclasses import replace

    base = load_config(Path(config)) if config else Config()
    full = replace(base, input=replace(base.input, **options), columns={**base.columns, **(columns or {})})
    return Settings(as_of=as_of or date.today(), config=require_choices(full), language=language)  # noqa: DTZ011 - the user's day
