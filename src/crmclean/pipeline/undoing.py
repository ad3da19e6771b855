"""``undo``: the original of a run."""

from __future__ import annotations

from pathlib import Path

from crmclean.finished_run import find_run
from crmclean.formats.outputs import OutputSet
from crmclean.stages.undo import RESTORED, Undone, undo


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
