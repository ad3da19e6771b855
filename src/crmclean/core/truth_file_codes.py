"""File codes of a truth that matching is compared with. Part of ``core.file_codes``."""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text

_WARNING = Severity.WARNING
_LEFT_OUT = Text("They are left out of every figure.", "Sie zählen in keiner Kennzahl.")
_CORRECT = Text("Correct the truth in the lines named.", "Die Wahrheit in den genannten Zeilen berichtigen.")

TRUTH_CODES: tuple[Code, ...] = (
    Code(
        "truth-unusable",
        Severity.ERROR,
        Text("The truth can't be used", "Die Wahrheit ist nicht zu verwenden"),
        Text("Nothing could be measured against it.", "An ihr ließe sich nichts messen."),
        Text(
            "Give a list of pairs, or records with their entities; name the columns with --id and --entity-column.",
            "Eine Liste von Paaren angeben oder Datensätze mit ihren Entitäten; Spalten mit --id und --entity-column "
            "nennen.",
        ),
    ),
    Code(
        "truth-unknown-id",
        _WARNING,
        Text("Records of the truth that are not in the run", "Datensätze der Wahrheit, die nicht im Lauf sind"),
        _LEFT_OUT,
        Text(
            "Compare the run with the truth of the same export.",
            "Den Lauf mit der Wahrheit desselben Exports vergleichen.",
        ),
    ),
    Code(
        "truth-unchecked-id",
        Severity.INFO,
        Text("Records of the truth that are in no pair", "Datensätze der Wahrheit, die in keinem Paar stehen"),
        Text(
            "The export is not at hand, so nobody can tell whether it holds them; they count as records nothing was "
            "found for.",
            "Der Export liegt nicht vor, also ist nicht zu sagen, ob er sie enthält; sie zählen als Datensätze, zu "
            "denen nichts gefunden wurde.",
        ),
        Text("Name the export with --export.", "Den Export mit --export nennen."),
    ),
    Code(
        "truth-ambiguous-id",
        _WARNING,
        Text("Ids of the truth that several records have", "Kennungen der Wahrheit, die mehrere Datensätze haben"),
        Text(
            "Which record is meant can't be told; these pairs are left out.",
            "Welcher gemeint ist, ist nicht zu sagen; diese Paare zählen nicht.",
        ),
        Text("Name records by their rows.", "Datensätze mit ihren Zeilennummern nennen."),
    ),
    Code(
        "truth-repeated",
        Severity.INFO,
        Text("Said more than once in the truth", "In der Wahrheit mehrfach gesagt"),
        Text("It counts once.", "Es zählt einmal."),
        Text("Nothing to do.", "Nichts zu tun."),
    ),
    Code(
        "truth-contradiction",
        _WARNING,
        Text("The truth contradicts itself", "Die Wahrheit widerspricht sich"),
        _LEFT_OUT,
        _CORRECT,
    ),
    Code(
        "truth-unknown-label",
        _WARNING,
        Text("Labels of the truth that are not understood", "Unverständliche Urteile in der Wahrheit"),
        Text("These pairs count as unknown.", "Diese Paare gelten als unbekannt."),
        Text(
            "Write 1 or 0, yes or no, same or different.", "1 oder 0, ja oder nein, gleich oder verschieden schreiben."
        ),
    ),
    Code(
        "run-file-edited",
        _WARNING,
        Text("A file of the run was edited", "Eine Datei des Laufs wurde bearbeitet"),
        Text("What is measured is not what was found.", "Gemessen wird nicht, was gefunden wurde."),
        Text("Match the export again.", "Den Export erneut abgleichen."),
    ),
)
