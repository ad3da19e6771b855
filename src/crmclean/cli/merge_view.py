"""What ``merge`` shows on the terminal. Never a cell value."""

from __future__ import annotations

from pathlib import Path

from crmclean.core.counting import RECORDS, amount, number
from crmclean.core.language import Language, Text
from crmclean.core.text import visible
from crmclean.pipeline import MergeDone
from crmclean.reports.text import aligned

CLUSTERS = Text("cluster|clusters", "Gruppe|Gruppen")
SHOWN = 12  # columns with conflicts that are listed; provenance has all


def summary(done: MergeDone, language: Language) -> list[str]:
    """How many records became how many, where they disagreed, and what a person should know."""
    merged = done.merged
    n_clusters = len(merged.first)
    before, clusters = amount(done.n_records, RECORDS), amount(n_clusters, CLUSTERS)
    if done.mode == "link":
        marked = amount(merged.members.height, RECORDS)
        head = Text(
            f"{before.en}, of which {marked.en} in {clusters.en} are marked; nothing is deleted",
            f"{before.de}, davon {marked.de} in {clusters.de} gekennzeichnet; nichts ist gelöscht",
        )
    else:
        after = amount(merged.golden.height, RECORDS)
        head = Text(
            f"{before.en} became {after.en}: {clusters.en} merged",
            f"aus {before.de} wurden {after.de}: {clusters.de} zusammengeführt",
        )
    lines = [head.said(language)]
    lines += _conflicts(done, language) if done.mode == "merge" else []
    return [*lines, *(text.said(language) for text in _remarks(done))]


def _conflicts(done: MergeDone, language: Language) -> list[str]:
    """The columns in which records disagreed, and in how many clusters."""
    conflicts = done.merged.conflicts
    if not conflicts.height:
        return []
    title = Text(
        "clusters with values that stand in golden_provenance.csv alone, by column:",
        "Gruppen mit Werten, die nur in golden_provenance.csv stehen, nach Spalte:",
    )
    rows = [(visible(str(name)), str(field or ""), number(n, language)) for name, field, n in conflicts.iter_rows()]
    more = len(rows) - SHOWN
    rest = [Text(f"  and {more} more columns", f"  und {more} weitere Spalten").said(language)] if more > 0 else []
    return [title.said(language), *aligned(rows[:SHOWN], right=(2,)), *rest]


def _remarks(done: MergeDone) -> list[Text]:
    merged = done.merged
    said = []
    if done.was_edited:
        said.append(
            Text(
                "duplicates.csv was edited; it is taken as it stands",
                "duplicates.csv wurde bearbeitet; es gilt, wie es dasteht",
            )
        )
    if merged.n_refused:
        refused = amount(merged.n_refused, CLUSTERS)
        said.append(
            Text(
                f"{refused.en} not merged: valid ids contradict, or a person kept records apart (findings.csv)",
                f"{refused.de} nicht zusammengeführt: gültige Kennungen widersprechen sich, oder ein Mensch hat "
                "Datensätze getrennt (findings.csv)",
            )
        )
    if not merged.has_ids and merged.members.height:
        said.append(
            Text(
                "the export has no record ids: row numbers stand for them",
                "der Export hat keine Datensatz-IDs: Datensatznummern stehen dafür",
            )
        )
    if merged.clock and merged.members.height and done.mode == "merge":
        said.append(
            Text(
                f"how recent a record is decides nothing: {merged.clock.en}",
                f"die Aktualität entscheidet nichts: {merged.clock.de}",
            )
        )
    return [*said, *done.made.remarks]


def written(done: MergeDone, out: Path, language: Language) -> list[str]:
    """What was written, and what comes next."""
    names = ", ".join(done.files)
    place = visible(str(out))
    undo = Text(
        f"written: {names}\nnext: look through {done.files[0]}; `crmclean undo {place} -o FILE` gives the export back",
        f"geschrieben: {names}\nweiter: {done.files[0]} durchsehen; `crmclean undo {place} -o DATEI` gibt den Export "
        "zurück",
    )
    return undo.said(language).split("\n")
