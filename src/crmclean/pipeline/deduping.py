"""``dedupe``: the duplicates of an export."""

from __future__ import annotations

from pathlib import Path

from crmclean.core.language import Text
from crmclean.formats.outputs import OutputSet
from crmclean.matching.blocking import Plan
from crmclean.matching.engine import Thresholds
from crmclean.pipeline.preparing import Cleaned, facts_of, inputs_of, prepare
from crmclean.pipeline.settings import Settings
from crmclean.stages.match import Duplicates, match_records, plan_matching
from crmclean.stages.write import stage_duplicates, stage_manifest


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
    with OutputSet.in_directory(directory, inputs=inputs_of(path), force=force) as outputs:
        cleaned = prepare(path, settings)
        found = _matched(cleaned, settings)
        with settings.progress(Text("writing", "schreiben")):
            stage_duplicates(found.pairs, found.clusters, outputs)
            stage_manifest(cleaned.normalised, outputs, facts_of("dedupe", cleaned, settings, ""))
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
