"""``enrich``: the gaps of an export filled from company directories."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from crmclean.core.errors import UsageError
from crmclean.core.language import Text
from crmclean.core.registry import REPORTS
from crmclean.core.summary import RunSummary
from crmclean.directory import About, Directory, LookupPlan
from crmclean.enriching.asking import ask, questions_of
from crmclean.enriching.result import Choices, Enriched, enrich
from crmclean.enriching.wanted import asked_of
from crmclean.formats.lookups import Lookups, forget_lookups, n_kept
from crmclean.formats.manifest import MANIFEST
from crmclean.formats.outputs import OutputSet
from crmclean.formats.side_csv import write_side_csv
from crmclean.network import Network
from crmclean.pipeline.cleaning import RUN_REPORTS
from crmclean.pipeline.directories import open_directory, open_online
from crmclean.pipeline.enrich_policies import policies_of
from crmclean.pipeline.own_rules import as_grave_as_configured
from crmclean.pipeline.preparing import facts_of, inputs_of, prepare, require_encoding, summarise
from crmclean.pipeline.private import report_of_run
from crmclean.pipeline.settings import Settings
from crmclean.stages.write import ENRICHMENT, enriched_name, stage_manifest, stage_outputs
from crmclean.table import Normalised


@dataclass(frozen=True, slots=True)
class EnrichOrder:
    """Whom to ask, and what for, beside the policies of the configuration.

    Attributes:
        directory: place of a directory file; empty for none.
        online: names of online services, in the order they are asked.
        previous: folders of earlier enrichments, the oldest first; their cells are this tool's own.
        add_columns: whether what no column takes gets one.
        network: makes the way out, when online services are named.
        opened: directories that are open already, asked before all others; they are left open.
    """

    directory: str = ""
    online: tuple[str, ...] = ()
    previous: tuple[Path, ...] = ()
    add_columns: bool = False
    network: Callable[[], Network] | None = None
    opened: tuple[Directory, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nobody is to be asked."""
        return not (self.directory or self.online or self.opened)


@dataclass(frozen=True, slots=True)
class EnrichDone:
    """What came of it.

    Attributes:
        enriched: see ``Enriched``.
        summary: figures of the enriched export.
        n_records: of the export.
        file: name of the enriched file.
    """

    enriched: Enriched
    summary: RunSummary
    n_records: int
    file: str

    @property
    def is_complete(self) -> bool:
        """Whether the directories answered everything."""
        return self.enriched.answers.is_complete


@dataclass(frozen=True, slots=True)
class PlannedLookups:
    """What one directory would be asked.

    Attributes:
        about: the directory.
        plan: what it would cost, if nobody before it knew one of the records.
        fields: of those it is asked with, the ones the export has.
    """

    about: About
    plan: LookupPlan
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EnrichPlan:
    """What ``--dry-run`` says.

    Attributes:
        n_records: of the export.
        n_asked: records that name a company.
        n_kept: look-ups an unfinished run has answered already.
        lookups: by directory.
    """

    n_records: int
    n_asked: int
    n_kept: int
    lookups: tuple[PlannedLookups, ...]


def enrich_directory(
    path: str, out: Path, settings: Settings, order: EnrichOrder, *, encoding: str = "", force: bool = False
) -> EnrichDone:
    """Fill the gaps of an export; all files into one folder, or none.

    Nothing else is changed: cells are read in their normal form and written as they were. Answers of directories are
    kept in the folder until everything has been answered.

    Args:
        path: the export; ``-`` for stdin.
        out: the folder.
        settings: see ``Settings``.
        order: see ``EnrichOrder``.
        encoding: of the enriched file instead of the input's.
        force: write into a folder that holds other things.

    Raises:
        InputError: no company columns, no directory file, no earlier enrichment.
        DirectoryError: a directory can't even be opened.
    """
    require_encoding(encoding)
    with OutputSet.in_directory(out, inputs=_read_too(path, order), force=force, command="enrich") as outputs:
        cleaned = prepare(path, settings)
        original = _untouched(cleaned.normalised)
        enriched = look_up_and_enrich(original, out, settings, order)
        summary = summarise(enriched.normalised, settings, enriched=enriched)
        file = enriched_name(original.table)
        with settings.progress(Text("writing", "schreiben")):
            stage_outputs(enriched.normalised, outputs, encoding=encoding, language=settings.language, key=file)
            stage_enrichment(enriched, outputs)
            for name in RUN_REPORTS:
                with outputs.open(f"report{REPORTS[name].suffix}") as sink:
                    sink.write(REPORTS[name].render(report_of_run(summary, settings, name), settings.language))
            stage_manifest(
                without_added(original, enriched),
                outputs,
                facts_of("enrich", [cleaned], settings, encoding),
                key=file,
                more=manifest_of(enriched, settings),
            )
            outputs.commit()
        if enriched.answers.is_complete:
            forget_lookups(out)
    return EnrichDone(enriched, summary, original.table.frame.height, file)


def plan_enrichment(path: str, out: Path | None, settings: Settings, order: EnrichOrder) -> EnrichPlan:
    """What would be asked; nothing is asked or written."""
    cleaned = prepare(path, settings).normalised
    asked = asked_of(cleaned, settings.config.input.entity, settings.config.input.country)
    columns = asked.wanted.values.columns
    with opened(settings, order) as directories:
        key = lookups_key(cleaned, settings, [directory.about for directory in directories])
        lookups = [
            PlannedLookups(
                directory.about,
                directory.plan(asked.only(questions_of(asked, directory.about))),
                tuple(name for name in directory.about.asked_with if name in columns),
            )
            for directory in directories
        ]
    kept = n_kept(out, key) if out else 0
    return EnrichPlan(cleaned.table.frame.height, asked.wanted.n, kept, tuple(lookups))


def look_up_and_enrich(cleaned: Normalised, folder: Path, settings: Settings, order: EnrichOrder) -> Enriched:
    """Ask the directories about a cleaned export, and fill its gaps.

    Args:
        cleaned: the export, judged for a report.
        folder: keeps the answers until all are there.
        settings: see ``Settings``.
        order: see ``EnrichOrder``.
    """
    config = settings.config
    asked = asked_of(cleaned, config.input.entity, config.input.country)
    choices = Choices(
        policies=policies_of(cleaned, settings, order.previous),
        styles=config.style,
        country=config.input.country,
        language=settings.language,
        add_columns=order.add_columns,
    )
    with opened(settings, order) as directories:
        key = lookups_key(cleaned, settings, [directory.about for directory in directories])
        with Lookups(folder, key) as kept:
            answers = ask(asked, directories, kept=kept, progress=settings.progress)
    with settings.progress(Text("enriching", "anreichern")):
        enriched = enrich(cleaned, asked, answers, choices)
    findings = as_grave_as_configured(enriched.normalised.findings, settings)
    return replace(enriched, normalised=replace(enriched.normalised, findings=findings))


@contextmanager
def opened(settings: Settings, order: EnrichOrder) -> Iterator[Sequence[Directory]]:
    """The directories of an order, open.

    Raises:
        UsageError: ``usage``: none is named.
    """
    if order.is_empty:
        raise UsageError(
            Text("no company directory is named", "es ist kein Firmenverzeichnis genannt"),
            code="usage",
            hint=Text("name one with --directory or --online", "eines mit --directory oder --online angeben"),
        )
    with ExitStack() as stack:
        found = list(order.opened)
        if order.directory:
            found.append(_closed_at_the_end(stack, open_directory(order.directory, settings)))
        if order.online:
            assert order.network is not None
            network = order.network()
            stack.callback(network.close)
            found += [open_online(name, settings, network) for name in order.online]
        yield found


def lookups_key(cleaned: Normalised, settings: Settings, abouts: Sequence[About]) -> str:
    """Of everything an answer depends on: the export, how it is read, and who is asked."""
    config = settings.config
    decides = {
        "export": cleaned.table.file.sha256,
        "input": asdict(config.input),
        "columns": dict(config.columns),
        "limits": [config.enrich.auto, config.enrich.review],
        "directories": [[about.name, about.identity, list(about.asked_with)] for about in abouts],
    }
    return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()


def stage_enrichment(enriched: Enriched, outputs: OutputSet) -> None:
    """Write the provenance of every filled or proposed cell into the set."""
    with outputs.open(ENRICHMENT) as sink:
        write_side_csv(enriched.enrichment, sink)


def manifest_of(enriched: Enriched, settings: Settings) -> Mapping[str, Any]:
    """What the manifest says of an enrichment."""
    figures, columns = enriched.figures, enriched.normalised.columns
    labels = {column.name: column.label for column in columns}
    section = settings.config.enrich
    return {
        "added_columns": [{"name": name, "label": labels[name]} for name in enriched.added],
        "enrichment": {
            "asked": figures.asked,
            "bands": {"auto": figures.auto, "review": figures.review, "none": figures.none, "unknown": figures.unknown},
            "filled": sum(n for _, n in figures.filled),
            "proposed": sum(n for _, n in figures.proposed),
            "sources": list(figures.sources),
            "complete": enriched.answers.is_complete,
            "errors": [{"directory": name, "code": code} for name, code in enriched.answers.errors],
            "policy": section.policy,
            "fields": dict(section.fields),
        },
    }


def without_added(original: Normalised, enriched: Enriched) -> Normalised:
    """What the manifest describes: the input's own columns, with all that was found and changed."""
    return replace(original, changes=enriched.normalised.changes, findings=enriched.normalised.findings)


def _closed_at_the_end(stack: ExitStack, directory: Directory) -> Directory:
    stack.callback(directory.close)
    return directory


def _untouched(cleaned: Normalised) -> Normalised:
    """The export as it was read, with what is known of its cells: cleaning it is another command's work."""
    return replace(
        cleaned,
        written=cleaned.table.frame,
        changes=cleaned.changes.clear(),
        findings=cleaned.findings.clear(),
    )


def _read_too(path: str, order: EnrichOrder) -> list[Path]:
    earlier = [folder / name for folder in order.previous for name in (MANIFEST, ENRICHMENT)]
    return [*inputs_of(path), *([Path(order.directory)] if order.directory else []), *earlier]
