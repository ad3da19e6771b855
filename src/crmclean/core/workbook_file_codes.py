"""File codes of workbooks, and of values seen across all columns. Part of ``core.file_codes``."""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text
from crmclean.core.text_file_codes import NOTHING_TO_DO

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_ASK_SOURCE = Text("Look the value up in the source.", "Den Wert in der Quelle nachsehen.")

WORKBOOK_CODES: tuple[Code, ...] = (
    Code(
        "sheet-ambiguous",
        _ERROR,
        Text("Several sheets hold data", "Mehrere Blätter enthalten Daten"),
        Text("Taking the first would leave the others out.", "Nur das erste zu nehmen ließe die anderen weg."),
        Text("Repeat with `--sheet NAME`.", "Mit `--sheet NAME` wiederholen."),
    ),
    Code(
        "sheet-not-found",
        _ERROR,
        Text("There is no sheet of this name", "Ein Blatt dieses Namens gibt es nicht"),
        Text("Names are compared sign by sign.", "Namen werden Zeichen für Zeichen verglichen."),
        Text(
            "Repeat with `--sheet` and a name that there is.", "Mit `--sheet` und einem vorhandenen Namen wiederholen."
        ),
    ),
    Code(
        "sheet-hidden",
        _ERROR,
        Text("The sheet is hidden", "Das Blatt ist ausgeblendet"),
        Text(
            "Hidden sheets may hold what was not meant for others; they are never read.",
            "Ausgeblendete Blätter enthalten vielleicht, was nicht für andere gedacht war; sie werden nie gelesen.",
        ),
        Text("Unhide it in Excel if it is meant.", "In Excel einblenden, falls es gemeint ist."),
    ),
    Code(
        "computed-cells",
        _INFO,
        Text("Cells computed by formulas", "Von Formeln berechnete Zellen"),
        Text(
            "What the formula came to last is read and written, not the formula.",
            "Gelesen und geschrieben wird das letzte Ergebnis der Formel, nicht die Formel.",
        ),
        Text("Keep the original if the formulas matter.", "Das Original behalten, wenn die Formeln zählen."),
    ),
    Code(
        "merged-cells",
        _WARNING,
        Text("Merged cells", "Verbundene Zellen"),
        Text(
            "Only the first cell of the range holds the value; the others are empty.",
            "Nur die erste Zelle des Bereichs hat den Wert, die anderen sind leer.",
        ),
        Text("Unmerge the cells and fill them.", "Die Verbindung aufheben und die Zellen füllen."),
    ),
    Code(
        "hidden-cells",
        _WARNING,
        Text("Hidden or filtered rows or columns", "Ausgeblendete oder gefilterte Zeilen oder Spalten"),
        Text(
            "They are read like the others; somebody may have hidden them on purpose.",
            "Sie werden wie die anderen gelesen; vielleicht wurden sie mit Absicht ausgeblendet.",
        ),
        Text("Delete them if they are not meant.", "Löschen, falls sie nicht gemeint sind."),
    ),
    Code(
        "display-format",
        _INFO,
        Text("Number shown as its format displays it", "Zahl so übernommen, wie ihr Format sie anzeigt"),
        Text(
            "The stored number lacks what the person sees (leading zeros).",
            "Der gespeicherten Zahl fehlt, was der Mensch sieht (führende Nullen).",
        ),
        NOTHING_TO_DO,
    ),
    Code(
        "formula-without-value",
        _ERROR,
        Text("Formula without a stored value", "Formel ohne gespeicherten Wert"),
        Text(
            "The writing program did not calculate; the cell reads as empty.",
            "Das schreibende Programm hat nicht gerechnet; die Zelle ist beim Lesen leer.",
        ),
        Text("Open the workbook in Excel and save it.", "Die Mappe in Excel öffnen und speichern."),
    ),
    Code(
        "formula-error",
        _ERROR,
        Text("Formula that ends in an error", "Formel mit Fehlerwert"),
        Text("The text (#N/A, #DIV/0!) is no value.", "Der Text (#NV, #DIV/0!) ist kein Wert."),
        Text("Repair the formula.", "Die Formel reparieren."),
    ),
    Code(
        "password-protected",
        _ERROR,
        Text("The file is protected by a password", "Die Datei ist durch ein Kennwort geschützt"),
        Text("Its content is encrypted.", "Ihr Inhalt ist verschlüsselt."),
        Text("Save a copy without a password.", "Eine Kopie ohne Kennwort speichern."),
    ),
    Code(
        "date-out-of-range",
        _WARNING,
        Text("Date that Excel counts wrongly", "Datum, das Excel falsch zählt"),
        Text(
            "Excel believes in 29 February 1900: serial numbers below 61 are off by one.",
            "Excel kennt einen 29. Februar 1900: Tageszahlen unter 61 sind um eins verschoben.",
        ),
        _ASK_SOURCE,
    ),
)

VALUE_CODES: tuple[Code, ...] = (
    Code(
        "placeholder-value",
        _WARNING,
        Text("Placeholder instead of a value", "Platzhalter statt eines Wertes"),
        Text(
            "It fills the cell without saying anything; it counts as empty and never matches.",
            "Er füllt die Zelle, ohne etwas zu sagen; er gilt als leer und wird nie verglichen.",
        ),
        Text("Clear the cell, or fill in the value.", "Die Zelle leeren oder den Wert eintragen."),
    ),
    Code(
        "precision-lost",
        _ERROR,
        Text("Number destroyed by a spreadsheet", "Von einer Tabellenkalkulation zerstörte Zahl"),
        Text(
            "Scientific notation (4,98912E+11) has dropped digits that nobody can guess.",
            "Die wissenschaftliche Schreibweise (4,98912E+11) hat Ziffern verloren, die niemand erraten kann.",
        ),
        _ASK_SOURCE,
    ),
    Code(
        "ambiguous-number",
        _WARNING,
        Text("Number that can be read in two ways", "Zahl, die sich auf zwei Arten lesen lässt"),
        Text("1.234 is a thousand or one and a bit.", "1.234 ist Tausend oder eins Komma zwei."),
        Text("Declare the format in the configuration.", "Das Format in der Konfiguration angeben."),
    ),
    Code(
        "ambiguous-date",
        _WARNING,
        Text("Date whose day and month can be swapped", "Datum, bei dem Tag und Monat vertauscht sein können"),
        Text("03/04 is in March or in April.", "03/04 liegt im März oder im April."),
        Text("Declare the format in the configuration.", "Das Format in der Konfiguration angeben."),
    ),
    Code(
        "value-too-long",
        _WARNING,
        Text("Value too long to be judged", "Wert zu lang zum Beurteilen"),
        Text(
            "Beyond 4,096 characters no field has a meaning; it is kept and not compared.",
            "Jenseits von 4.096 Zeichen hat kein Feld einen Sinn; er bleibt erhalten und wird nicht verglichen.",
        ),
        _ASK_SOURCE,
    ),
    Code(
        "formula-cell",
        _WARNING,
        Text("Value that a spreadsheet takes for a formula", "Wert, den eine Tabellenkalkulation als Formel liest"),
        Text(
            "Opened in Excel it may run. It stays untouched in data files, and is made harmless in files for people.",
            "In Excel geöffnet kann er laufen. Datendateien behalten ihn, Dateien für Menschen entschärfen ihn.",
        ),
        Text("Don't open the file in Excel by a double click.", "Die Datei nicht per Doppelklick in Excel öffnen."),
    ),
    Code(
        "doubtful-mapping",
        _WARNING,
        Text("What the column holds is not sure", "Was die Spalte enthält, ist nicht sicher"),
        Text(
            "Judging a column as the wrong field makes false alarms.",
            "Eine Spalte als falsches Feld zu beurteilen gibt falschen Alarm.",
        ),
        Text('Say it: `--map "Column=field"`.', 'Angeben: `--map "Spalte=field"`.'),
    ),
    Code(
        "bulk-import",
        _WARNING,
        Text("One timestamp on many records", "Ein Zeitstempel an vielen Datensätzen"),
        Text(
            "An import or mass update set it; it says nothing about the age of the data.",
            "Ein Import oder eine Massenänderung hat ihn gesetzt; er sagt nichts über das Alter der Daten.",
        ),
        Text("Use another date for freshness.", "Ein anderes Datum für die Aktualität verwenden."),
    ),
)
