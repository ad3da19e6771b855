"""Codes of the gate's baselines. Part of ``core.file_codes``."""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text

_UNKNOWN_WHICH = Text("Which findings are known can't be told.", "Welche Befunde bekannt sind, ist nicht zu sagen.")

GATE_CODES: tuple[Code, ...] = (
    Code(
        "baseline-damaged",
        Severity.ERROR,
        Text("The file is no baseline, or a damaged one", "Die Datei ist keine Baseline, oder sie ist beschädigt"),
        _UNKNOWN_WHICH,
        Text(
            "Take the last sound one, or remove it and write a new one with `--update-baseline`.",
            "Die letzte heile nehmen oder sie entfernen und mit `--update-baseline` neu schreiben.",
        ),
    ),
    Code(
        "baseline-newer",
        Severity.ERROR,
        Text(
            "The baseline was written by a newer version of crmclean",
            "Die Baseline wurde von einer neueren Version von crmclean geschrieben",
        ),
        _UNKNOWN_WHICH,
        Text("Update crmclean.", "crmclean aktualisieren."),
    ),
    Code(
        "baseline-mismatch",
        Severity.ERROR,
        Text("The baseline belongs to another table", "Die Baseline gehört zu einer anderen Tabelle"),
        Text(
            "All findings would be new, and all it holds would be dropped.",
            "Alle Befunde wären neu, und alles, was sie enthält, entfiele.",
        ),
        Text(
            "Name the baseline of this export; after a change of columns remove it and write a new one with "
            "`--update-baseline`.",
            "Die Baseline dieses Exports angeben; nach geänderten Spalten sie entfernen und mit `--update-baseline` "
            "neu schreiben.",
        ),
    ),
)
