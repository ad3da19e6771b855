"""``run``: all there is to say of an export, into one folder."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from crmclean.core.language import Text
from crmclean.core.registry import REPORTS
from crmclean.core.summary import RunSummary
from crmclean.enriching.result import Enriched
from crmclean.formats.lookups import forget_lookups
from crmclean.formats.manifest import RunFacts
from crmclean.formats.outputs import OutputSet
from crmclean.formats.state import STATE, State
from crmclean.history.memory import History, HistoryOrder, LookedBack
from crmclean.history.noting import with_history
from crmclean.matching.duplicates import Duplicates
from crmclean.merging.policy import MergePolicy
from crmclean.pipeline.enriching import EnrichOrder, look_up_and_enrich, manifest_of, stage_enrichment
from crmclean.pipeline.history import look_back, opened, stage_history
from crmclean.pipeline.jobs import HISTORY_STATE
from crmclean.pipeline.matching import find_among
from crmclean.pipeline.merging import stage_golden
from crmclean.pipeline.own_rules import as_grave_as_configured
from crmclean.pipeline.preparing import (
    Cleaned,
    facts_of,
    inputs_of,
    prepare,
    recorded_place,
    require_encoding,
    summarise,
)
from crmclean.pipeline.private import report_of_run
from crmclean.pipeline.settings import Settings
from crmclean.stages.merge import Merged, merge_records
from crmclean.stages.write import stage_duplicates, stage_manifest, stage_outputs

RUN_REPORTS = ("html", "json")  # the forms of the report that every run writes


@dataclass(frozen=True, slots=True)
class Run:
    """A finished ``run``.

    Attributes:
        cleaned: the export after cleaning.
        found: its duplicates.
        summary: its figures.
        enriched: what a company directory brought; ``None`` where none was asked.
    """

    cleaned: Cleaned
    found: Duplicates
    summary: RunSummary
    enriched: Enriched | None = None


def assess(path: str, settings: Settings) -> Run:
    """Clean an export, look for its duplicates and measure it; nothing is written."""
    with State.empty() as state:
        return _assessed(path, settings, state)


def run_directory(  # noqa: PLR0913 - the one job that does everything
    path: str,
    directory: Path,
    settings: Settings,
    *,
    encoding: str = "",
    against: Path | None = None,
    force: bool = False,
    enrich: EnrichOrder | None = None,
    history: HistoryOrder | None = None,
) -> Run:
    """The whole job: read, map, clean, find duplicates, measure, report; all files into one folder, or none.

    Args:
        path: the export; ``-`` for stdin.
        directory: the folder.
        settings: see ``Settings``.
        encoding: of the cleaned file instead of the input's.
        against: the state that keeps ids and decisions from run to run, see ``deduping.Scope``.
        force: write into a folder that holds other things.
        enrich: the directories that fill gaps after cleaning, which adds no columns.
        history: what the run is held against and recorded in; keeps ids and decisions too, unless ``against`` does.
    """
    require_encoding(encoding)
    kept = against or (history.place if history else None)
    inputs = [*inputs_of(path), *([Path(enrich.directory)] if enrich and enrich.directory else [])]
    with (
        opened(history, settings) as past,
        OutputSet.in_directory(directory, inputs=inputs, force=force, command="run") as outputs,
        nullcontext(past.state) if past and not against else State(kept or directory / STATE) as state,
    ):
        shared = None if against else past  # its state is the history's, too
        run = _assessed(path, settings, state, is_asked=kept is not None, past=shared, enrich=enrich, folder=directory)
        looked = look_back(past, run.cleaned.normalised, run.summary, settings) if past else None
        if looked:
            run = _with_history(run, looked)
        merged = _golden(run, settings)
        # What merging found is said among the other findings.
        found = as_grave_as_configured(merged.findings, settings)
        findings = pl.concat([run.cleaned.normalised.findings, found])
        normalised = replace(run.cleaned.normalised, findings=findings)
        with settings.progress(Text("writing", "schreiben")) as tell_rows:
            tell_rows(normalised.table.frame.height)
            stage_outputs(normalised, outputs, encoding=encoding, language=settings.language)
            stage_duplicates(run.found, outputs)
            stage_golden(normalised.table, merged, outputs)
            if run.enriched:
                stage_enrichment(run.enriched, outputs)
            if looked:
                stage_history(looked, outputs)
            for name in RUN_REPORTS:
                with outputs.open(f"report{REPORTS[name].suffix}") as sink:
                    shown = report_of_run(run.summary, settings, name)
                    sink.write(REPORTS[name].render(shown, settings.language))
            stage_manifest(
                normalised, outputs, _facts(run, settings, encoding, kept, enrich, past), more=_more(run, settings)
            )
            outputs.commit()
        if run.enriched and run.enriched.answers.is_complete:
            forget_lookups(directory)
        with state.writing() if shared else nullcontext():  # both in one transaction, or none
            if run.found.has_memory:
                number = looked.recording.run.number if looked and shared else None
                state.remember(*run.found.next_memory, run=number)
            if past and looked:
                past.record(looked)
    return run


def _with_history(run: Run, looked: LookedBack) -> Run:
    normalised, summary = with_history(run.cleaned.normalised, run.summary, looked.figures)
    return replace(run, cleaned=replace(run.cleaned, normalised=normalised), summary=summary)


def _assessed(
    path: str,
    settings: Settings,
    state: State,
    *,
    is_asked: bool = False,
    past: History | None = None,
    enrich: EnrichOrder | None = None,
    folder: Path | None = None,
) -> Run:
    cleaned = prepare(path, settings)
    # By what the export says itself: a directory that learns something must not change who is a duplicate of whom.
    if past:
        past.rewind(cleaned.normalised.table.file.sha256, settings.lasting_sha256())
    found = find_among([cleaned], settings, state, is_asked=is_asked, is_known=bool(past and past.has_runs))
    if enrich is None or enrich.is_empty or folder is None:
        return Run(cleaned, found, summarise(cleaned.normalised, settings, found))
    enriched = look_up_and_enrich(cleaned.normalised, folder, settings, enrich)
    summary = summarise(enriched.normalised, settings, found, enriched=enriched)
    return Run(replace(cleaned, normalised=enriched.normalised), found, summary, enriched)


def _facts(
    run: Run, settings: Settings, encoding: str, against: Path | None, enrich: EnrichOrder | None, past: History | None
) -> RunFacts:
    facts = facts_of("run", [run.cleaned], settings, encoding, against=against)
    if past and past.order.place == against:  # so that the run can be made again, see ``repeating``
        facts = replace(facts, settings={**facts.settings, "history": past.order.name})
    elif past:  # so that a record can be erased from it
        facts = replace(facts, settings={**facts.settings, HISTORY_STATE: recorded_place(past.order.place)})
    if enrich is None or enrich.is_empty:
        return facts
    place = Path(enrich.directory)
    named = place.name if place.is_absolute() else place.as_posix()
    asked = {"directory": named if enrich.directory else "", "online": list(enrich.online)}
    return replace(facts, settings={**facts.settings, "enrich": asked})


def _more(run: Run, settings: Settings) -> Mapping[str, Any]:
    return manifest_of(run.enriched, settings) if run.enriched else {}


def _golden(run: Run, settings: Settings) -> Merged:
    """The golden records of the cleaned cells."""
    given, normalised = settings.config, run.cleaned.normalised
    policy = MergePolicy.of(given.merge, normalised.columns, given.input.entity)
    with settings.progress(Text("merging", "zusammenführen")):
        return merge_records(
            normalised,
            normalised.written,
            run.found.clusters,
            run.found.pairs,
            run.found.decisions,
            policy,
            language=settings.language,
        )
