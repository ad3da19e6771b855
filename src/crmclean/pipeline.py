"""The only file that knows the order of the stages: read, map, normalise, measure, write."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

from crmclean.config.model import Config, MatchingSection
from crmclean.core.errors import UsageError
from crmclean.core.language import Language, Text
from crmclean.core.registry import REPORTS
from crmclean.core.summary import RunSummary
from crmclean.formats.encoding import is_text_encoding
from crmclean.formats.manifest import RunFacts
from crmclean.formats.memory import require_memory
from crmclean.formats.output_targets import STDOUT
from crmclean.formats.outputs import OutputSet
from crmclean.formats.source import open_source
from crmclean.matching.blocking import Plan
from crmclean.matching.engine import Thresholds
from crmclean.plugins import ReadOptions
from crmclean.progress import Progress, no_progress
from crmclean.stages.map import known_headers, map_columns
from crmclean.stages.match import Duplicates, match_records, plan_matching
from crmclean.stages.measure import measure
from crmclean.stages.normalise import CleanOptions, normalise
from crmclean.stages.read import read_source
from crmclean.stages.undo import RESTORED, Undone, find_run, undo
from crmclean.stages.write import require_fitting_name, stage_duplicates, stage_manifest, stage_outputs, targets_beside
from crmclean.table import Normalised, Table

RUN_REPORTS = ("html", "json")  # the forms of the report that every run writes


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that decides a run besides the file itself.

    Attributes:
        as_of: the day that counts as today.
        config: see ``Config``.
        language: of the messages in findings and reports.
        reference: GeoNames file with postal codes of more countries.
        max_uncompressed: limit on the inflated size of the input, bytes.
        progress: told which stage begins.
    """

    as_of: date
    config: Config = field(default_factory=Config)
    language: Language = "en"
    reference: Path | None = None
    max_uncompressed: int = 2 * 1024**3
    progress: Progress = no_progress

    def sha256(self) -> str:
        """Of everything that decides the output beside the input, for the manifest."""
        decides = {"config": asdict(self.config), "as_of": self.as_of.isoformat(), "language": self.language}
        if self.reference:
            decides["reference"] = hashlib.sha256(self.reference.read_bytes()).hexdigest()
        return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An export after reading, mapping and normalising.

    Attributes:
        normalised: the table, its findings and changes.
        content_sha256: of the input after decompression; empty when it is not compressed.
    """

    normalised: Normalised
    content_sha256: str


def read_options(settings: Settings) -> ReadOptions:
    """What the settings say about reading."""
    given = settings.config.input
    return ReadOptions(
        encoding=given.encoding,
        delimiter=given.delimiter,
        header_row=given.header_row,
        has_header=given.header,
        sheet=given.sheet,
        max_uncompressed=settings.max_uncompressed,
        known_headers=known_headers(),
    )


def read_table(path: str, settings: Settings) -> tuple[Table, str]:
    """Read an export; also the hash of its content where it is compressed.

    Raises:
        InputError: refused: missing, unreadable, empty, no table.
        LimitError: larger than allowed, or a bomb.
    """
    with settings.progress(Text("reading", "lesen")):
        source = open_source(path, settings.max_uncompressed)
        require_memory(len(source.data), source.shown)
        content = hashlib.sha256(source.data).hexdigest() if source.compression else ""
        return read_source(source, read_options(settings)), content


def clean_table(table: Table, settings: Settings, *, for_report: bool = True) -> Normalised:
    """Map the columns of a table and clean it."""
    config = settings.config
    with settings.progress(Text("mapping columns", "Spalten zuordnen")):
        mapped = map_columns(table, dialect=config.input.dialect or None, overrides=config.columns)
    options = CleanOptions(
        as_of=settings.as_of,
        country=config.input.country,
        styles=config.style,
        unsafe_fixes=config.clean.unsafe_fixes,
        language=settings.language,
        for_report=for_report,
        date_habit=mapped.date_habit,
    )
    noted = replace(table, notes=(*table.notes, *mapped.notes))
    with settings.progress(Text("cleaning", "bereinigen")):
        return normalise(noted, mapped.columns, mapped.dialect, options)


def prepare(path: str, settings: Settings, *, for_report: bool = True) -> Cleaned:
    """Read an export and clean it; nothing is written. Measures need ``for_report``."""
    _use_reference(settings.reference)
    table, content = read_table(path, settings)
    return Cleaned(clean_table(table, settings, for_report=for_report), content)


def _use_reference(path: Path | None) -> None:
    """Let postal codes be looked up in this run's table; without one the embedded table alone."""
    from crmclean.fields._places import load_reference, use_reference

    use_reference(load_reference(path) if path else None)


def summarise(cleaned: Normalised, settings: Settings) -> RunSummary:
    """All figures of a cleaned table."""
    with settings.progress(Text("measuring", "messen")):
        given = settings.config.input
        return measure(cleaned, settings.config.freshness, country=given.country, entity=given.entity)


def clean_file(
    path: str,
    out: Path,
    settings: Settings,
    *,
    side_files: Mapping[str, Path] | None = None,
    encoding: str = "",
    force: bool = False,
) -> Cleaned:
    """Clean an export into one file with findings, changes, rejects and manifest beside it.

    Args:
        path: the export; ``-`` for stdin.
        out: the cleaned file; ``-`` for stdout.
        settings: see ``Settings``.
        side_files: places for ``findings``, ``changes`` and ``rejects`` other than beside ``out``.
        encoding: of the cleaned file instead of the input's.
        force: replace files that exist.
    """
    _require_encoding(encoding)
    places = side_files or {}
    targets = targets_beside(
        out, findings=places.get("findings"), changes=places.get("changes"), rejects=places.get("rejects")
    )
    # A pipe is run every night: the logs of the last time, which nobody named, give way to the new ones.
    is_pipe = out == STDOUT and not places
    with OutputSet.at(targets, inputs=_inputs(path), force=force or is_pipe) as outputs:
        cleaned = prepare(path, settings, for_report=False)
        require_fitting_name(cleaned.normalised.table, out)
        with settings.progress(Text("writing", "schreiben")):
            stage_outputs(cleaned.normalised, outputs, encoding=encoding, language=settings.language)
            stage_manifest(cleaned.normalised, outputs, _facts("clean", cleaned, settings, encoding))
            outputs.commit()
    return cleaned


def run_directory(
    path: str, directory: Path, settings: Settings, *, encoding: str = "", force: bool = False
) -> tuple[Cleaned, RunSummary]:
    """The whole job: read, map, clean, measure, report; all files into one folder, or none."""
    _require_encoding(encoding)
    with OutputSet.in_directory(directory, inputs=_inputs(path), force=force) as outputs:
        cleaned = prepare(path, settings)
        summary = summarise(cleaned.normalised, settings)
        with settings.progress(Text("writing", "schreiben")):
            stage_outputs(cleaned.normalised, outputs, encoding=encoding, language=settings.language)
            for name in RUN_REPORTS:
                with outputs.open(f"report{REPORTS[name].suffix}") as sink:
                    sink.write(REPORTS[name].render(summary, settings.language))
            stage_manifest(cleaned.normalised, outputs, _facts("run", cleaned, settings, encoding))
            outputs.commit()
    return cleaned, summary


def with_thresholds(settings: Settings, *, auto: float | None, review: float | None) -> Settings:
    """The settings with other limits of the bands, where they are given (0..1).

    Raises:
        UsageError: ``usage``: review above auto.
    """
    given = settings.config.matching
    limits = MatchingSection(given.auto if auto is None else auto, given.review if review is None else review)
    if limits.review > limits.auto:
        raise UsageError(
            Text("--review is higher than --auto", "--review ist höher als --auto"),
            code="usage",
            hint=Text("pairs to decide lie below the sure ones", "zu entscheidende Paare liegen unter den sicheren"),
        )
    return replace(settings, config=replace(settings.config, matching=limits))


def plan_duplicates(path: str, settings: Settings) -> Plan:
    """Which keys would make how many candidate pairs of an export; nothing is compared."""
    cleaned = prepare(path, settings)
    with settings.progress(Text("planning", "planen")):
        return plan_matching(cleaned.normalised, entity=settings.config.input.entity)


def find_duplicates(path: str, settings: Settings) -> Duplicates:
    """The duplicates in an export; nothing is written."""
    return _matched(prepare(path, settings), settings)


def dedupe_directory(path: str, directory: Path, settings: Settings, *, force: bool = False) -> Duplicates:
    """Find the duplicates in an export and write pairs, clusters and manifest into one folder, or nothing."""
    with OutputSet.in_directory(directory, inputs=_inputs(path), force=force) as outputs:
        cleaned = prepare(path, settings)
        found = _matched(cleaned, settings)
        with settings.progress(Text("writing", "schreiben")):
            stage_duplicates(found.pairs, found.clusters, outputs)
            stage_manifest(cleaned.normalised, outputs, _facts("dedupe", cleaned, settings, ""))
            outputs.commit()
    return found


def _matched(cleaned: Cleaned, settings: Settings) -> Duplicates:
    limits = settings.config.matching
    with settings.progress(Text("matching", "abgleichen")):
        return match_records(
            cleaned.normalised,
            entity=settings.config.input.entity,
            thresholds=Thresholds(limits.auto, limits.review),
            language=settings.language,
        )


def undo_run(place: Path, out: Path, *, cleaned: Path | None = None, force: bool = False) -> Undone:
    """Write the original of a run.

    Args:
        place: the folder of a run, a manifest, or the file ``clean -o`` wrote.
        out: where the original goes; ``-`` for stdout.
        cleaned: the cleaned file, where it has been moved.
        force: replace a file that exists.
    """
    run = find_run(place, cleaned=cleaned)
    with OutputSet.at({RESTORED: out}, inputs=run.paths, force=force) as outputs:
        done = undo(run, outputs)
        outputs.commit()
    return done


def _require_encoding(name: str) -> None:
    if name and not is_text_encoding(name):
        what = Text(f"no encoding is called {name!r}", f"keine Kodierung heißt {name!r}")
        raise UsageError(what, code="encoding-unknown", hint=Text("for example utf-8-sig", "zum Beispiel utf-8-sig"))


def _inputs(path: str) -> list[Path]:
    return [] if path == "-" else [Path(path)]


def _facts(command: str, cleaned: Cleaned, settings: Settings, encoding: str) -> RunFacts:
    gate = settings.config.gate
    return RunFacts(
        command=command,
        config_sha256=settings.sha256(),
        content_sha256=cleaned.content_sha256,
        thresholds={
            "freshness": asdict(settings.config.freshness),
            "matching": asdict(settings.config.matching),
            "gate": asdict(gate),
        },
        encoding=encoding,
    )
