"""File codes of the lines of a text table. Part of ``core.file_codes``.

Names follow frictionless' error catalogue where it has one.
"""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text
from crmclean.core.text_file_codes import NOTHING_TO_DO, QUARANTINED

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

RECORD_CODES: tuple[Code, ...] = (
    Code(
        "repeated-id",
        _WARNING,
        Text("Record id that stands on several records", "Datensatz-ID, die mehrere Datensätze tragen"),
        Text(
            "Nobody can tell which of them is meant; an import overwrites one with the other.",
            "Welcher von ihnen gemeint ist, ist unklar; ein Import überschreibt den einen mit dem anderen.",
        ),
        Text(
            "Look for a record exported twice. If the column is no key, map it to `identifier`.",
            "Nach doppelt exportierten Datensätzen suchen. Ist die Spalte kein Schlüssel, sie `identifier` zuordnen.",
        ),
    ),
    Code(
        "repeated-elsewhere",
        _WARNING,
        Text("Record id that repeats in the other export", "Datensatz-ID, die im anderen Export mehrfach steht"),
        Text(
            "Nobody can tell which record of the other file it is, so that it is not compared.",
            "Welcher Datensatz der anderen Datei es ist, ist unklar; er wird deshalb nicht verglichen.",
        ),
        Text(
            "Look for a record exported twice, or pair by another column with --key.",
            "Nach doppelt exportierten Datensätzen suchen oder mit --key über eine andere Spalte zuordnen.",
        ),
    ),
    Code(
        "no-id",
        _WARNING,
        Text("Record without a record id", "Datensatz ohne Datensatz-ID"),
        Text(
            "Between two exports nobody can follow it, so that it is not compared.",
            "Zwischen zwei Exporten ist er nicht zu verfolgen; er wird deshalb nicht verglichen.",
        ),
        Text(
            "Export the column with the ids whole, or pair by what records say with --match.",
            "Die Spalte mit den IDs vollständig exportieren oder mit --match nach dem Inhalt zuordnen.",
        ),
    ),
    Code(
        "missing-cell",
        _ERROR,
        Text("Record with fewer cells than the header", "Datensatz mit weniger Zellen als die Kopfzeile"),
        Text(
            "Nobody knows which cell is missing; filling up at the end puts values under wrong names.",
            "Welche Zelle fehlt, ist unbekannt; am Ende aufzufüllen brächte Werte unter falsche Namen.",
        ),
        QUARANTINED,
    ),
    Code(
        "extra-cell",
        _ERROR,
        Text("Record with more cells than the header", "Datensatz mit mehr Zellen als die Kopfzeile"),
        Text(
            "Usually a delimiter inside an unquoted value: every later cell stands under a wrong name.",
            "Meist ein Trennzeichen in einem Wert ohne Anführungszeichen: spätere Zellen stehen unter falschen Namen.",
        ),
        QUARANTINED,
    ),
    Code(
        "stray-quote",
        _ERROR,
        Text("Quote mark inside a cell that is not escaped", "Nicht maskiertes Anführungszeichen in einer Zelle"),
        Text(
            "Loaders drop it or swallow following cells without a word.",
            "Ladeprogramme lassen es weg oder verschlucken wortlos die folgenden Zellen.",
        ),
        QUARANTINED,
    ),
    Code(
        "unbalanced-quote",
        _ERROR,
        Text("Quoted cell that is never closed", "Zelle mit Anführungszeichen, die nie geschlossen wird"),
        Text(
            "Loaders swallow all records up to the next quote mark.",
            "Ladeprogramme verschlucken alle Datensätze bis zum nächsten Anführungszeichen.",
        ),
        QUARANTINED,
    ),
    Code(
        "doubtful-record",
        _ERROR,
        Text(
            "Record whose cells can't be told apart for sure",
            "Datensatz, dessen Zellen nicht sicher abzugrenzen sind",
        ),
        Text(
            "It has the right number of cells only by swallowing what looks like delimiters or whole records.",
            "Die Zellenzahl stimmt nur, weil etwas verschluckt wird, das wie Trennzeichen oder Datensätze aussieht.",
        ),
        QUARANTINED,
    ),
    Code(
        "other-delimiter",
        _ERROR,
        Text("Record with another delimiter", "Datensatz mit anderem Trennzeichen"),
        Text("Its cells can't be assigned to the columns.", "Seine Zellen lassen sich den Spalten nicht zuordnen."),
        QUARANTINED,
    ),
    Code(
        "blank-row",
        _INFO,
        Text("Blank lines", "Leere Zeilen"),
        Text(
            "They are no records: counted, kept in place and written back by `undo`.",
            "Sie sind keine Datensätze: gezählt, gemerkt und von `undo` zurückgeschrieben.",
        ),
        NOTHING_TO_DO,
    ),
    Code(
        "empty-record",
        _WARNING,
        Text("Records without any value", "Datensätze ohne einen Wert"),
        Text(
            "They hold delimiters only, and spoil every count.",
            "Sie enthalten nur Trennzeichen und verfälschen jede Zählung.",
        ),
        Text("Delete them in the source.", "In der Quelle löschen."),
    ),
    Code(
        "repeated-header",
        _ERROR,
        Text("The header line again, among the data", "Die Kopfzeile noch einmal mitten in den Daten"),
        Text(
            "Several exports were joined; the line would count as a record.",
            "Mehrere Exporte wurden verbunden; die Zeile würde als Datensatz zählen.",
        ),
        QUARANTINED,
    ),
    Code(
        "suspect-footer",
        _ERROR,
        Text("Totals or footer line, no record", "Summen- oder Fußzeile, kein Datensatz"),
        Text("It would count as a record and be matched.", "Sie würde als Datensatz zählen und verglichen."),
        QUARANTINED,
    ),
    Code(
        "truncated-file",
        _ERROR,
        Text("The file looks cut off", "Die Datei sieht abgeschnitten aus"),
        Text(
            "The last record ends in the middle, or in NUL bytes; there may have been more.",
            "Der letzte Datensatz endet mittendrin oder in NUL-Bytes; womöglich fehlen weitere.",
        ),
        Text("Export again and compare the sizes.", "Neu exportieren und die Größe vergleichen."),
    ),
    Code(
        "no-rows",
        _WARNING,
        Text("A header, but no record", "Eine Kopfzeile, aber kein Datensatz"),
        Text("The export was empty, or its filter too narrow.", "Der Export war leer oder sein Filter zu eng."),
        Text("Check the export.", "Den Export prüfen."),
    ),
)
