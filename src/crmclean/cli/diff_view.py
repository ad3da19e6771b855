"""What ``diff`` says beside its outcome: what limits the comparison, and why it fails."""

from __future__ import annotations

from collections.abc import Sequence

from crmclean.core.counting import CELLS, LINES, RECORDS, amount
from crmclean.core.language import Text
from crmclean.diff_reports._wording import remarks as remarks_on
from crmclean.differences import REAL, Differences


def remarks(differences: Differences) -> list[Text]:
    """What a person should know of the comparison itself, where the outcome went elsewhere."""
    return list(remarks_on(differences))


def reasons(differences: Differences, gates: Sequence[str], max_rejects: int) -> list[Text]:
    """Why the command ends with 1; empty where it does not.

    Args:
        differences: what changed.
        gates: of ``lost``, ``removed``, ``changed``, ``added``.
        max_rejects: lines that are no records and still pass, both files together.
    """
    n_lost, n_changed = differences.count("lost"), sum(differences.count(kind) for kind in REAL)
    lost, changed = amount(n_lost, CELLS), amount(n_changed, CELLS)
    removed, added = (amount(frame.height, RECORDS) for frame in (differences.removed, differences.added))
    found = {
        "lost": (n_lost, Text(f"{lost.en} lost their value", f"{lost.de} ohne ihren früheren Wert")),
        "removed": (differences.removed.height, Text(f"{removed.en} removed", f"{removed.de} entfernt")),
        "changed": (n_changed, Text(f"{changed.en} changed", f"{changed.de} geändert")),
        "added": (differences.added.height, Text(f"{added.en} added", f"{added.de} neu")),
    }
    said = [found[gate][1] for gate in gates if found[gate][0]]
    n_rejects = differences.old.n_rejects + differences.new.n_rejects
    if n_rejects > max_rejects:
        lines = amount(n_rejects, LINES)
        said.append(
            Text(f"{lines.en} rejected, {max_rejects} allowed", f"{lines.de} zurückgewiesen, {max_rejects} erlaubt")
        )
    return [Text(f"failed: {each.en}", f"nicht bestanden: {each.de}") for each in said]
