"""``check``: an export, what is known of it already, and the gate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from crmclean.core.summary import RunSummary
from crmclean.finding_list import REJECT, all_findings
from crmclean.formats.source import STDIN, shown_path
from crmclean.gate.baseline import Baseline
from crmclean.gate.judging import Counts, floors_met, limits_met
from crmclean.gate.limits import Gate
from crmclean.gate.masks import with_masks
from crmclean.gate_result import RESULT_SCHEMA, BaselineFigures, GateResult
from crmclean.history.memory import History, LookedBack
from crmclean.history.noting import PREFIX, with_history
from crmclean.history.since import NEW, OPEN
from crmclean.pipeline import Settings, assess, prepare, summarise
from crmclean.pipeline.history import look_back
from crmclean.table import Normalised


@dataclass(frozen=True, slots=True)
class KnownFindings:
    """What is known of the export.

    Attributes:
        path: of the baseline.
        is_updated: it is about to be written anew, so that everything found now is known.
    """

    path: Path
    is_updated: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check.

    Attributes:
        result: what the gate says.
        baseline: the content of the new baseline, where one was asked for.
        looked: the export beside the runs before it, where there is a history; it is recorded by who writes the rest.
    """

    result: GateResult
    baseline: bytes | None = None
    looked: LookedBack | None = None


def check(
    path: str,
    settings: Settings,
    gate: Gate,
    *,
    known: KnownFindings | None = None,
    show_values: bool = False,
    history: History | None = None,
) -> Checked:
    """Judge an export and hold it against the gate; nothing is written.

    Duplicates are looked for only where the gate asks for a figure that depends on them: it takes longer than all the
    rest.

    Args:
        path: the export; ``-`` for stdin.
        settings: see ``Settings``.
        gate: what is allowed.
        known: the baseline; it need not exist yet if it is to be updated.
        show_values: show cells as they are instead of masked.
        history: what the export is held against; what is unusual counts like any other finding about the file.

    Raises:
        InputError: the export is refused; the baseline is missing, damaged, newer, or one of another table.
    """
    earlier = None if known is None else _earlier(known)  # before the work: it may be refused
    if gate.needs_duplicates:
        run = assess(path, settings)
        cleaned, summary = run.cleaned.normalised, run.summary
    else:
        cleaned = prepare(path, settings).normalised
        summary = summarise(cleaned, settings)
    looked = look_back(history, cleaned, summary, settings) if history else None
    if looked:
        cleaned, summary = with_history(cleaned, summary, looked.figures)
    checked = judged(path, cleaned, summary, gate, known, earlier, show_values=show_values)
    return replace(checked, looked=looked, result=_since(checked.result, looked)) if looked else checked


def _since(result: GateResult, looked: LookedBack) -> GateResult:
    """Each finding with its ``status`` and ``first_seen``; an anomaly is open where the run before said it as well."""
    findings, at = result.findings, looked.findings
    today, unusual = looked.figures.runs[-1].as_of, looked.figures.anomalies  # these stand in the order of the list
    is_anomaly = findings["code"].str.starts_with(PREFIX)
    place = pl.when(~is_anomaly).then((~is_anomaly).cum_sum() - 1).cast(pl.UInt32)
    rows = findings.select(place.alias("at")).to_series()
    said = pl.DataFrame(
        {
            "status": [OPEN if each.since else NEW for each in unusual],
            "first_seen": [each.since or today for each in unusual],
        },
        schema={"status": pl.String, "first_seen": pl.String},
    )
    nth = (is_anomaly.cum_sum().cast(pl.Int64) - 1).set(~is_anomaly, None)
    told = [at[name].gather(rows).alias(name).zip_with(~is_anomaly, said[name].gather(nth)) for name in said.columns]
    return replace(result, findings=findings.with_columns(told))


def _earlier(known: KnownFindings) -> Baseline | None:
    if known.is_updated and not known.path.is_symlink() and not known.path.exists():
        return None
    return Baseline.read(str(known.path))


def judged(
    path: str,
    cleaned: Normalised,
    summary: RunSummary,
    gate: Gate,
    known: KnownFindings | None,
    earlier: Baseline | None,
    *,
    show_values: bool,
) -> Checked:
    """Hold a cleaned export against the gate.

    Args:
        path: the export as the user named it.
        cleaned: it, cleaned.
        summary: its figures.
        gate: what is allowed.
        known: see ``check``.
        earlier: the baseline as it is; ``None`` where there is none yet.
        show_values: see ``check``.
    """
    found = all_findings(cleaned)
    figures, content = None, None
    is_new = pl.Series("is_new", [True], pl.Boolean).new_from_index(0, found.height)
    if known is not None:
        figures, is_new, content = _compared(found, cleaned, known, earlier)
    found = found.with_columns(is_new.alias("is_new"))
    is_reject = found["kind"] == REJECT
    is_grave = found["severity"].is_in(gate.severities) & ~is_reject & is_new
    is_new_reject = is_reject & is_new
    counts = Counts(int(is_grave.sum()), int(is_new_reject.sum()), cleaned.table.frame.height, known is not None)
    limits = (*limits_met(gate, counts), *floors_met(gate, summary))
    failed = {limit.name for limit in limits if limit.why}
    fails = (is_grave & ("findings" in failed)) | (is_new_reject & ("rejects" in failed))
    shown = found if show_values else with_masks(found)
    listed = shown.with_columns(fails.alias("fails")).select(RESULT_SCHEMA.keys())
    return Checked(GateResult(_place(path), limits, summary, listed, figures), content)


def _compared(
    found: pl.DataFrame, cleaned: Normalised, known: KnownFindings, earlier: Baseline | None
) -> tuple[BaselineFigures, pl.Series, bytes | None]:
    """How the findings stand to the baseline, which of them are new, and the new baseline if one is wanted."""
    baseline = (earlier or Baseline.empty(cleaned)).fitting(cleaned, str(known.path))
    keyed = baseline.keyed(found)
    is_new = baseline.is_new(keyed)
    figures = baseline.compared(keyed, is_new)
    if not known.is_updated:
        return figures, is_new, None
    # What is unusual today says nothing about tomorrow: nobody gets used to it.
    is_anomaly = found["code"].str.starts_with(PREFIX)
    return figures, is_anomaly.alias("is_new"), baseline.updated(keyed.filter(~is_anomaly), cleaned).content()


def _place(path: str) -> str:
    """The export's path as CI systems want it: relative to the working folder where it lies in it, with ``/``."""
    if path == STDIN:
        return "stdin"
    place = Path(path)
    if place.is_absolute() and place.is_relative_to(Path.cwd()):
        place = place.relative_to(Path.cwd())
    return shown_path(place.as_posix())
