"""A finished job once more, with the decisions that have been made since."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from crmclean.core.errors import UsageError
from crmclean.core.language import Text
from crmclean.formats.history_tables import HistoryTables
from crmclean.formats.state import STATE, State
from crmclean.history.memory import HistoryOrder
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


def _history_order(job: Job) -> HistoryOrder | None:
    """The history the job was recorded in; ``None`` where it was in none, or where it is no longer the newest run.

    Then it is made again without: what came later would be missing.
    """
    name = str(job.manifest["settings"].get("history", ""))
    if not name or not job.state_path.is_file():
        return None
    with State(job.state_path) as state:
        runs = HistoryTables(state).runs()
    newest = (runs[-1].as_of, runs[-1].config_sha256) if runs else None
    if newest != (job.settings.as_of.isoformat(), job.settings.lasting_sha256()):
        return None
    return HistoryOrder(job.state_path, name, job.settings.config.history.keep_runs)


def repeat(job: Job) -> Duplicates:
    """Run a job again over its exports, into its folder.

    Raises:
        InputError: an export has changed since the job was opened.
        UsageError: the job honoured a suppression list, and none is named.
    """
    if job.manifest["thresholds"].get("suppression") and not job.settings.config.privacy.suppression:
        raise UsageError(
            Text("this job honoured a suppression list", "dieser Lauf hat eine Werbesperrdatei beachtet"),
            code="usage",
            hint=Text(
                "what was answered is stored; again with --suppression FILE --key-file FILE",
                "die Antworten sind gespeichert; noch einmal mit --suppression DATEI --key-file DATEI",
            ),
        )
    paths = [str(path) for path in job.exports]
    against = None if job.state_path == job.folder / STATE else job.state_path
    if job.command == "run":
        encoding = str(job.manifest["settings"]["encoding"])
        order, history = _enrich_order(job), _history_order(job)
        return run_directory(
            paths[0],
            job.folder,
            job.settings,
            encoding=encoding,
            against=None if history else against,
            enrich=order,
            history=history,
        ).found
    return dedupe_directory(paths, job.folder, job.settings, Scope(job.is_linked, against))
