"""The folder of a job that only looked for duplicates, without a record."""

from __future__ import annotations

from collections.abc import Sequence

from crmclean.core.language import Text
from crmclean.erasing.clusters import duplicates_without
from crmclean.erasing.gone import Gone, without
from crmclean.erasing.run import Counted
from crmclean.erasing.side import read_side
from crmclean.finished_run import RunFiles
from crmclean.formats.manifest import mismatch
from crmclean.formats.matched_run import DUPLICATES, PAIRS
from crmclean.formats.outputs import OutputSet
from crmclean.formats.side_csv import write_side_csv


def stage_matching_without(run: RunFiles, ids: Sequence[str], outputs: OutputSet) -> Counted:
    """The files of a folder that numbers the records of exports it did not write: the numbers stay."""
    counted, gone = Counted(), Gone(frozenset(ids))
    for key in run.manifest["files"]:
        frame = read_side(run, key) if key.endswith(".csv") else None
        if frame is None:
            what = Text("a file of the run can't be read", "eine Datei des Laufs ist nicht lesbar")
            raise mismatch(run.manifest_path.parent / key, what)
        left, counted.rows[key] = duplicates_without(frame, gone, None) if key == DUPLICATES else without(frame, gone)
        with outputs.open(key) as sink:
            write_side_csv(left, sink)
        if key == PAIRS:
            old = run.manifest["counts"]["pairs"]
            counted.counts["pairs"] = {band: int((left["band"] == band).sum()) for band in old}
        if key == DUPLICATES:
            counted.counts |= {"clusters": left["cluster_id"].n_unique(), "clustered": left.height}
    return counted
