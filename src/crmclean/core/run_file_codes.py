"""File codes of outputs and runs. Part of ``core.file_codes``."""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

OUTPUT_CODES: tuple[Code, ...] = (
    Code(
        "output-failed",
        _ERROR,
        Text("The output can't be written", "Die Ausgabe kann nicht geschrieben werden"),
        Text("Nothing was changed; older files are intact.", "Nichts wurde verändert; ältere Dateien sind unversehrt."),
        Text("Check free space and permissions.", "Freien Platz und Rechte prüfen."),
    ),
    Code(
        "output-exists",
        _ERROR,
        Text("The output exists already", "Die Ausgabe gibt es schon"),
        Text("Nothing is overwritten unasked.", "Ungefragt wird nichts überschrieben."),
        Text("Choose another name, or use `--force`.", "Einen anderen Namen wählen oder `--force` verwenden."),
    ),
    Code(
        "same-file",
        _ERROR,
        Text("Input and output are the same file", "Eingabe und Ausgabe sind dieselbe Datei"),
        Text("Writing would destroy the original.", "Beim Schreiben ginge das Original verloren."),
        Text("Choose another output.", "Eine andere Ausgabe wählen."),
    ),
    Code(
        "unencodable-character",
        _ERROR,
        Text(
            "Character that the file's encoding does not have",
            "Zeichen, das es in der Kodierung der Datei nicht gibt",
        ),
        Text("Writing would replace it.", "Beim Schreiben würde es ersetzt."),
        Text("Write with `--output-encoding utf-8`.", "Mit `--output-encoding utf-8` schreiben."),
    ),
    Code(
        "unquotable-cell",
        _ERROR,
        Text("Value that needs quote marks the file does not know", "Wert, der Anführungszeichen bräuchte"),
        Text(
            "Without them the value would fall apart into several cells.",
            "Ohne sie zerfiele der Wert in mehrere Zellen.",
        ),
        Text('Leave the column alone: `--map "Column=text"`.', 'Die Spalte unverändert lassen: `--map "Spalte=text"`.'),
    ),
    Code(
        "excel-limit",
        _ERROR,
        Text("More than a workbook can hold", "Mehr, als eine Arbeitsmappe fasst"),
        Text(
            "Excel holds 32,767 characters a cell, 1,048,576 rows and 16,384 columns, and no control characters.",
            "Excel fasst 32.767 Zeichen je Zelle, 1.048.576 Zeilen und 16.384 Spalten und keine Steuerzeichen.",
        ),
        Text("Write CSV instead.", "Stattdessen CSV schreiben."),
    ),
    Code(
        "audit-mismatch",
        _ERROR,
        Text("The files of the run don't belong together", "Die Dateien des Laufs gehören nicht zusammen"),
        Text(
            "An output was edited or exchanged; undoing would give a wrong original.",
            "Eine Ausgabe wurde verändert oder vertauscht; die Rücknahme ergäbe ein falsches Original.",
        ),
        Text("Restore the files of the run.", "Die Dateien des Laufs wiederherstellen."),
    ),
)

RUN_CODES: tuple[Code, ...] = (
    Code(
        "config-error",
        _ERROR,
        Text("The configuration is wrong", "Die Konfiguration ist falsch"),
        Text(
            "A setting that is not understood would be ignored.", "Eine unverstandene Einstellung bliebe wirkungslos."
        ),
        Text("Correct the line that is named.", "Die genannte Zeile korrigieren."),
    ),
    Code(
        "locked",
        _ERROR,
        Text("Another run works on the same output", "Ein anderer Lauf arbeitet an derselben Ausgabe"),
        Text("Both would mix their files.", "Beide würden ihre Dateien vermischen."),
        Text("Wait, or choose another folder.", "Warten oder einen anderen Ordner wählen."),
    ),
    Code(
        "state-unusable",
        _ERROR,
        Text("The state can't be used", "Der Stand ist nicht zu verwenden"),
        Text(
            "It is damaged, of a newer version, or belongs to another export; decisions would be lost or misapplied.",
            "Er ist defekt, von einer neueren Version oder gehört zu einem anderen Export; Entscheidungen gingen "
            "verloren oder träfen Falsche.",
        ),
        Text(
            "Name another file with `--against` or `--history`.",
            "Mit `--against` oder `--history` eine andere Datei nennen.",
        ),
    ),
    Code(
        "history-clock-back",
        _ERROR,
        Text("The day is before the newest run of the history", "Der Tag liegt vor dem neuesten Lauf des Verlaufs"),
        Text(
            "What is new and since when would be told in the wrong order.",
            "Was neu ist und seit wann, stünde in falscher Reihenfolge.",
        ),
        Text(
            "Look at the clock; name the day with `--as-of`, or another history.",
            "Die Uhr prüfen; den Tag mit `--as-of` nennen oder einen anderen Verlauf.",
        ),
    ),
    Code(
        "review-sheet",
        _ERROR,
        Text("This is no review sheet of this run", "Das ist keine Prüfliste dieses Laufs"),
        Text("Its answers would be about other pairs.", "Ihre Antworten beträfen andere Paare."),
        Text(
            "Write a new sheet with `crmclean review DIR --xlsx FILE`.",
            "Mit `crmclean review DIR --xlsx DATEI` eine neue schreiben.",
        ),
    ),
    Code(
        "review-row",
        _ERROR,
        Text("A row of a review sheet can't be taken", "Eine Zeile einer Prüfliste ist nicht zu übernehmen"),
        Text(
            "Its answer is unclear, or about records that are not there as they were.",
            "Ihre Antwort ist unklar oder betrifft Datensätze, die so nicht mehr da sind.",
        ),
        Text("Correct the row, or answer the pair again.", "Die Zeile korrigieren oder das Paar neu beantworten."),
    ),
    Code(
        "interrupted",
        _ERROR,
        Text("Interrupted", "Abgebrochen"),
        Text("Nothing was written.", "Es wurde nichts geschrieben."),
        Text("Start again.", "Neu starten."),
    ),
    Code(
        "internal-error",
        _ERROR,
        Text("A bug in crmclean", "Ein Fehler in crmclean"),
        Text("Nothing was written.", "Es wurde nichts geschrieben."),
        Text("Report it with the reference shown.", "Mit der gezeigten Kennung melden."),
    ),
    Code(
        "block-too-large",
        _WARNING,
        Text("Too many records share a key", "Zu viele Datensätze teilen einen Schlüssel"),
        Text("They were not compared with each other.", "Sie wurden nicht miteinander verglichen."),
        Text("Look for a placeholder in that column.", "In der Spalte nach einem Platzhalter suchen."),
    ),
    Code(
        "enrich-failed",
        _ERROR,
        Text("A directory gave no answer", "Ein Verzeichnis hat nicht geantwortet"),
        Text("Some records were not looked up.", "Einige Datensätze wurden nicht nachgeschlagen."),
        Text("Repeat: only what is missing is asked.", "Wiederholen: nur Fehlendes wird gefragt."),
    ),
)
