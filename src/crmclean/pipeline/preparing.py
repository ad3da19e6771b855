"""The first half of every job: read, map, clean, measure; nothing is written."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from crmclean.core.errors import UsageError
from crmclean.core.language import Text
from crmclean.core.summary import RunSummary
from crmclean.enriching.result import Enriched
from crmclean.formats.encoding import is_text_encoding
from crmclean.formats.manifest import RunFacts, input_facts
from crmclean.formats.memory import require_memory
from crmclean.formats.source import open_source
from crmclean.matching.duplicates import Duplicates
from crmclean.pipeline.own_rules import own_messages, with_own_rules
from crmclean.pipeline.record_privacy import ALWAYS_JUDGED, looks_at_records, with_record_privacy
from crmclean.pipeline.settings import Settings, read_options
from crmclean.stages.map import map_columns
from crmclean.stages.measure import measure
from crmclean.stages.normalise import CleanOptions, normalise
from crmclean.stages.read import read_source
from crmclean.table import Normalised, Table


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An export after reading, mapping and normalising.

    Attributes:
        normalised: the table, its findings and changes.
        content_sha256: of the input after decompression; empty when it is not compressed.
    """

    normalised: Normalised
    content_sha256: str


def read_table(path: str, settings: Settings) -> tuple[Table, str]:
    """Read an export; also the hash of its content where it is compressed.

    Raises:
        InputError: refused: missing, unreadable, empty, no table.
        LimitError: larger than allowed, or a bomb.
    """
    with settings.progress(Text("reading", "lesen")) as tell_rows:
        source = open_source(path, settings.max_uncompressed)
        require_memory(len(source.data), source.shown)
        content = hashlib.sha256(source.data).hexdigest() if source.compression else ""
        table = read_source(source, read_options(settings))
        tell_rows(table.frame.height)
        return table, content


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
        # Rules and suppression lists may look at any column.
        for_report=for_report or bool(config.rules) or looks_at_records(mapped.columns, settings),
        keep=ALWAYS_JUDGED,
        date_habit=mapped.date_habit,
    )
    noted = replace(table, notes=(*table.notes, *mapped.notes))
    with settings.progress(Text("cleaning", "bereinigen")) as tell_rows:
        tell_rows(table.frame.height)
        cleaned = normalise(noted, mapped.columns, mapped.dialect, options)
    return with_own_rules(with_record_privacy(cleaned, settings), settings)


def prepare(path: str, settings: Settings, *, for_report: bool = True) -> Cleaned:
    """Read an export and clean it; nothing is written. Measures need ``for_report``."""
    _use_reference(settings.reference)
    table, content = read_table(path, settings)
    return Cleaned(clean_table(table, settings, for_report=for_report), content)


def _use_reference(path: Path | None) -> None:
    """Let postal codes be looked up in this run's table; without one the embedded table alone."""
    from crmclean.fields._places import load_reference, use_reference

    use_reference(load_reference(path) if path else None)


def summarise(
    cleaned: Normalised,
    settings: Settings,
    found: Duplicates | None = None,
    *,
    enriched: Enriched | None = None,
) -> RunSummary:
    """All figures of a cleaned table; with its duplicates and what directories brought, where anybody asked."""
    with settings.progress(Text("measuring", "messen")) as tell_rows:
        tell_rows(cleaned.table.frame.height)
        given = settings.config.input
        summary = measure(
            cleaned,
            settings.config.freshness,
            lifecycle=settings.config.lifecycle,
            country=given.country,
            entity=given.entity,
            found=found,
            enriched=enriched,
        )
        return replace(summary, own_rules=own_messages(settings.config.rules))


def require_encoding(name: str) -> None:
    """Refuse an encoding nobody knows."""
    if name and not is_text_encoding(name):
        what = Text(f"no encoding is called {name!r}", f"keine Kodierung heißt {name!r}")
        raise UsageError(what, code="encoding-unknown", hint=Text("for example utf-8-sig", "zum Beispiel utf-8-sig"))


def inputs_of(path: str) -> list[Path]:
    """The files a job reads; none for standard input."""
    return [] if path == "-" else [Path(path)]


def facts_of(
    command: str,
    cleaned: Sequence[Cleaned],
    settings: Settings,
    encoding: str = "",
    *,
    link: bool = False,
    against: Path | None = None,
) -> RunFacts:
    """What the manifest says of a job.

    Args:
        command: its name.
        cleaned: its exports.
        settings: see ``Settings``.
        encoding: of the cleaned file instead of the input's.
        link: whether only pairs across two exports counted.
        against: the state that was named for it.
    """
    state = "" if against is None else recorded_place(against)
    return RunFacts(
        command=command,
        config_sha256=settings.sha256(),
        content_sha256=cleaned[0].content_sha256,
        thresholds={
            "freshness": asdict(settings.config.freshness),
            "matching": asdict(settings.config.matching),
            "gate": asdict(settings.config.gate),
            **({"suppression": settings.suppression_sha256()} if settings.config.privacy.suppression else {}),
        },
        encoding=encoding,
        inputs=[input_facts(one.normalised.table) for one in cleaned],
        settings={**settings.recorded(), "encoding": encoding, "link": link, "state": state},
    )


def recorded_place(path: Path) -> str:
    """How a manifest names a file: a folder of this machine is nobody's business."""
    return path.name if path.is_absolute() else path.as_posix()
