"""``dedupe``: the duplicates of an export, or of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crmclean.core.language import Text
from crmclean.formats.manifest import RunFacts, input_facts
from crmclean.formats.outputs import OutputSet
from crmclean.formats.state import STATE, State, another_export
from crmclean.matching.blocking import Plan
from crmclean.matching.decisions import Memory
from crmclean.matching.duplicates import Duplicates
from crmclean.matching.engine import Thresholds
from crmclean.pipeline.jobs import Job
from crmclean.pipeline.preparing import Cleaned, facts_of, inputs_of, prepare
from crmclean.pipeline.settings import Settings
from crmclean.stages.match import match_records, plan_matching
from crmclean.stages.write import stage_duplicates, stage_matching_manifest


@dataclass(frozen=True, slots=True)
class Scope:
    """Which pairs are looked for, and what is known of them.

    Attributes:
        link: only pairs across two exports count.
        against: the state that keeps ids and decisions from run to run; without it the one in the job's own folder,
            if decisions have been made there.
    """

    link: bool = False
    against: Path | None = None


def plan_duplicates(paths: Sequence[str], settings: Settings) -> Plan:
    """Which keys would make how many candidate pairs; nothing is compared."""
    cleaned = [prepare(path, settings) for path in paths]
    with settings.progress(Text("planning", "planen")):
        return plan_matching(*(one.normalised for one in cleaned), entity=settings.config.input.entity)


def find_duplicates(paths: Sequence[str], settings: Settings, scope: Scope | None = None) -> Duplicates:
    """The duplicates in one or several exports; nothing is written."""
    wanted = scope or Scope()
    with State(wanted.against) if wanted.against else State.empty() as state:
        return matched([prepare(path, settings) for path in paths], settings, state, link=wanted.link)


def dedupe_directory(
    paths: Sequence[str], directory: Path, settings: Settings, scope: Scope | None = None, *, force: bool = False
) -> Duplicates:
    """Find the duplicates in one or several exports; all files into one folder, or none.

    Args:
        paths: the exports, the more trusted first.
        directory: the folder.
        settings: see ``Settings``.
        scope: see ``Scope``.
        force: write into a folder that holds other things.
    """
    wanted = scope or Scope()
    place = wanted.against or directory / STATE
    inputs = [file for path in paths for file in inputs_of(path)]
    with OutputSet.in_directory(directory, inputs=inputs, force=force) as outputs, State(place) as state:
        cleaned = [prepare(path, settings) for path in paths]
        found = matched(cleaned, settings, state, link=wanted.link, is_asked=wanted.against is not None)
        with settings.progress(Text("writing", "schreiben")):
            stage_duplicates(found, outputs)
            stage_matching_manifest(found, outputs, _facts(cleaned, settings, wanted), settings.as_of)
            outputs.commit()
        if found.has_memory:
            state.remember(*found.next_memory)
    return found


def repeat_dedupe(job: Job) -> Duplicates:
    """Look again for the duplicates of a job, with the decisions there are by now, into the same folder."""
    scope = Scope(job.is_linked, None if job.state_path == job.folder / STATE else job.state_path)
    return dedupe_directory([str(path) for path in job.exports], job.folder, job.settings, scope)


def matched(
    cleaned: Sequence[Cleaned], settings: Settings, state: State, *, link: bool = False, is_asked: bool = False
) -> Duplicates:
    """The duplicates among cleaned exports.

    Args:
        cleaned: the exports.
        settings: see ``Settings``.
        state: of earlier runs.
        link: only pairs across two exports count.
        is_asked: whether the state shall be used even where it is still empty.

    Raises:
        InputError: the state is another export's.
    """
    given = settings.config
    with settings.progress(Text("matching", "abgleichen")):
        found = match_records(
            *(one.normalised for one in cleaned),
            entity=given.input.entity,
            thresholds=Thresholds(given.matching.auto, given.matching.review),
            language=settings.language,
            memory=_memory(state, settings) if is_asked or state.exists else None,
            link=link,
        )
    known = state.sketch()
    if known and not found.records.holds_any_of(known):
        raise another_export(state.path)
    return found


def _memory(state: State, settings: Settings) -> Memory:
    return Memory(
        decisions=state.decisions(),
        clusters=dict(state.cluster_ids()),
        pairs=frozenset(state.pairs()),
        four_eyes=settings.config.matching.four_eyes,
    )


def _facts(cleaned: Sequence[Cleaned], settings: Settings, scope: Scope) -> RunFacts:
    facts = facts_of("dedupe", cleaned[0], settings, "")
    state = scope.against
    typed = "" if state is None else state.name if state.is_absolute() else state.as_posix()
    return replace(
        facts,
        content_sha256="",
        inputs=[input_facts(one.normalised.table) for one in cleaned],
        settings={**facts.settings, "link": scope.link, "state": typed},
    )
