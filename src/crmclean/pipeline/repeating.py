"""A finished job once more, with the decisions that have been made since."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from crmclean.formats.state import STATE
from crmclean.matching.duplicates import Duplicates
from crmclean.pipeline.deduping import Scope, dedupe_directory
from crmclean.pipeline.enriching import EnrichOrder
from crmclean.pipeline.jobs import Job
from crmclean.pipeline.running import run_directory


def _enrich_order(job: Job) -> EnrichOrder | None:
    """The directories the job asked; a file is looked for where it was, and beside the job."""
    asked = job.manifest["settings"].get("enrich")
    if not asked:
        return None
    typed = PurePosixPath(asked["directory"])
    likely = [Path(typed), job.folder.parent / typed, job.folder.parent / typed.name]
    place = next((str(path) for path in likely if path.exists()), str(typed)) if asked["directory"] else ""
    return EnrichOrder(place, tuple(asked["online"]))


def repeat(job: Job) -> Duplicates:
    """Run a job again over its exports, into its folder.

    Raises:
        InputError: an export has changed since the job was opened.
    """
    paths = [str(path) for path in job.exports]
    against = None if job.state_path == job.folder / STATE else job.state_path
    if job.command == "run":
        encoding = str(job.manifest["settings"]["encoding"])
        order = _enrich_order(job)
        return run_directory(paths[0], job.folder, job.settings, encoding=encoding, against=against, enrich=order).found
    return dedupe_directory(paths, job.folder, job.settings, Scope(job.is_linked, against))
