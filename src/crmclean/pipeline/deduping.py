"""``dedupe``: the duplicates of an export, or of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crmclean.core.language import Text
from crmclean.formats.outputs import OutputSet
from crmclean.formats.state import STATE, State
from crmclean.matching.blocking import Plan
from crmclean.matching.duplicates import Duplicates
from crmclean.pipeline.matching import find_among
from crmclean.pipeline.preparing import facts_of, inputs_of, prepare
from crmclean.pipeline.settings import Settings
from crmclean.stages.match import plan_matching
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
        cleaned = [prepare(path, settings) for path in paths]
        return find_among(cleaned, settings, state, link=wanted.link, is_asked=wanted.against is not None)


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
    with (
        OutputSet.in_directory(directory, inputs=inputs, force=force, command="dedupe") as outputs,
        State(place) as state,
    ):
        cleaned = [prepare(path, settings) for path in paths]
        found = find_among(cleaned, settings, state, link=wanted.link, is_asked=wanted.against is not None)
        with settings.progress(Text("writing", "schreiben")):
            stage_duplicates(found, outputs)
            facts = facts_of("dedupe", cleaned, settings, link=wanted.link, against=wanted.against)
            stage_matching_manifest(found, outputs, facts, settings.as_of)
            outputs.commit()
        if found.has_memory:
            state.remember(*found.next_memory)
    return found
