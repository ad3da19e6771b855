"""File codes of erasing, keys and suppression lists. Part of ``core.file_codes``."""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

PRIVACY_FILE_CODES: tuple[Code, ...] = (
    Code(
        "record-not-found",
        _ERROR,
        Text("No record of this id", "Kein Datensatz dieser ID"),
        Text(
            "Nothing was erased: neither the files nor the state know the id.",
            "Nichts wurde gelöscht: weder die Dateien noch der Stand kennen die ID.",
        ),
        Text(
            "Check the id, and that this is the run over the right export.",
            "Die ID prüfen, und ob das der Lauf über den richtigen Export ist.",
        ),
    ),
    Code(
        "no-record-ids",
        _ERROR,
        Text("Records without ids", "Datensätze ohne IDs"),
        Text(
            "Row numbers change when a record goes; erasing by them would hit somebody else the next time.",
            "Zeilennummern ändern sich, wenn ein Datensatz geht; beim nächsten Mal träfe es jemand anderen.",
        ),
        Text(
            'Erase the record from the export and run again, with the id column mapped: `--map "Column=record_id"`.',
            'Den Datensatz im Export löschen und mit zugeordneter ID-Spalte neu ausführen: `--map "Spalte=record_id"`.',
        ),
    ),
    Code(
        "key-unusable",
        _ERROR,
        Text("The key can't be used", "Der Schlüssel ist nicht zu gebrauchen"),
        Text(
            "Keyed hashes can be compared only where they were made with one key, and the key must stay secret.",
            "Hashes mit Schlüssel sind nur mit demselben Schlüssel vergleichbar, und er muss geheim bleiben.",
        ),
        Text(
            "Name the key the file was made with: `--key-file FILE` or CRMCLEAN_KEY.",
            "Den Schlüssel angeben, mit dem die Datei erstellt wurde: `--key-file DATEI` oder CRMCLEAN_KEY.",
        ),
    ),
    Code(
        "suppression-unusable",
        _ERROR,
        Text("The suppression list can't be used", "Die Werbesperrdatei ist nicht zu gebrauchen"),
        Text(
            "Nobody may be contacted by mistake because a list was damaged: nothing was written.",
            "Niemand darf angeschrieben werden, nur weil eine Liste defekt war: es wurde nichts geschrieben.",
        ),
        Text(
            "Make it again: `crmclean suppress add LIST -o FILE --key-file KEY`.",
            "Neu erstellen: `crmclean suppress add LISTE -o DATEI --key-file SCHLÜSSEL`.",
        ),
    ),
    Code(
        "suppressed",
        _WARNING,
        Text("Stands on the suppression list", "Steht auf der Werbesperrdatei"),
        Text(
            "Who objected to advertising may not be contacted (Art. 21 GDPR, § 7 UWG), whatever other columns say.",
            "Wer der Werbung widersprochen hat, darf nicht kontaktiert werden (Art. 21 DSGVO, § 7 UWG), was auch immer "
            "in anderen Spalten steht.",
        ),
        Text("Set the opt-out in the CRM.", "Den Widerspruch im CRM eintragen."),
    ),
    Code(
        "privacy.kept-too-long",
        _WARNING,
        Text("Kept too long without a sign of life", "Zu lange ohne Lebenszeichen aufbewahrt"),
        Text(
            "Personal data may be kept no longer than its purpose needs (Art. 5 (1) e GDPR).",
            "Personenbezogene Daten dürfen nicht länger als für ihren Zweck nötig gespeichert werden (Art. 5 Abs. 1 "
            "lit. e DSGVO).",
        ),
        Text(
            "Erase or block the record, unless a duty to keep it applies. The limit is `[privacy] keep_years`.",
            "Den Datensatz löschen oder sperren, sofern keine Aufbewahrungspflicht gilt. Die Frist ist "
            "`[privacy] keep_years`.",
        ),
    ),
    Code(
        "privacy.opt-out-contradicts",
        _WARNING,
        Text(
            "Permitted in one column and refused in another", "In einer Spalte erlaubt, in einer anderen widersprochen"
        ),
        Text(
            "A refusal ends all advertising (Art. 21 (3) GDPR); whoever reads only the permission breaks the law.",
            "Ein Widerspruch beendet jede Werbung (Art. 21 Abs. 3 DSGVO); wer nur die Erlaubnis liest, verstößt "
            "dagegen.",
        ),
        Text(
            "Clear the permission, unless it is younger than the refusal and can be proved.",
            "Die Erlaubnis löschen, sofern sie nicht nachweislich jünger ist als der Widerspruch.",
        ),
    ),
    Code(
        "privacy.no-legal-basis",
        _WARNING,
        Text("No legal basis recorded for a person", "Keine Rechtsgrundlage zur Person eingetragen"),
        Text(
            "Each processing needs a basis (Art. 6 (1) GDPR), and it must be possible to show it (Art. 5 (2)).",
            "Jede Verarbeitung braucht eine Rechtsgrundlage (Art. 6 Abs. 1 DSGVO), und sie muss nachweisbar sein "
            "(Art. 5 Abs. 2).",
        ),
        Text(
            "Enter the basis (contract, consent with source and day, legitimate interest), or erase the record. "
            "`[privacy] legal_basis = false` turns this off.",
            "Die Grundlage eintragen (Vertrag, Einwilligung mit Quelle und Tag, berechtigtes Interesse) oder den "
            "Datensatz löschen. `[privacy] legal_basis = false` schaltet das ab.",
        ),
    ),
)
