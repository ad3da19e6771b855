"""``clean``: an export cleaned into one file, with what was found and changed beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from crmclean.core.language import Text
from crmclean.formats.output_targets import STDOUT
from crmclean.formats.outputs import OutputSet
from crmclean.pipeline.preparing import Cleaned, facts_of, inputs_of, prepare, require_encoding
from crmclean.pipeline.settings import Settings
from crmclean.stages.write import require_fitting_name, stage_manifest, stage_outputs, targets_beside

RUN_REPORTS = ("html", "json")  # the forms of the report that every run writes


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
    require_encoding(encoding)
    places = side_files or {}
    targets = targets_beside(
        out, findings=places.get("findings"), changes=places.get("changes"), rejects=places.get("rejects")
    )
    # A pipe is run every night: the logs of the last time, which nobody named, give way to the new ones.
    is_pipe = out == STDOUT and not places
    with OutputSet.at(targets, inputs=inputs_of(path), force=force or is_pipe) as outputs:
        cleaned = prepare(path, settings, for_report=False)
        require_fitting_name(cleaned.normalised.table, out)
        with settings.progress(Text("writing", "schreiben")):
            stage_outputs(cleaned.normalised, outputs, encoding=encoding, language=settings.language)
            stage_manifest(cleaned.normalised, outputs, facts_of("clean", [cleaned], settings, encoding))
            outputs.commit()
    return cleaned
