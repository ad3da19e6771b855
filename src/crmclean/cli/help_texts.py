"""Help in both languages: texts that know their German, and the frame typer puts round them.

typer wants its help as plain ``str`` when the application is built, before it has read ``--lang``. So a help text is
English with its German beside it, and ``in_german`` puts the German into an application that is built already.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# What typer's own texts are in German: whole lines of a help page, or a whole message about wrong use.
_FRAME = (
    (r"^Usage: (.*)\[OPTIONS\]", r"Aufruf: \1[OPTIONEN]"),
    (r"^(Aufruf: .*)COMMAND \[ARGS\]\.\.\.", r"\1BEFEHL [ARGUMENTE]..."),
    (r"^Arguments:$", "Argumente:"),
    (r"^Options:$", "Optionen:"),
    (r"^Commands:$", "Befehle:"),
    (r"\[required\]$", "[erforderlich]"),
    (r"\[default:\s+", "[Standard: "),
    (r"Show this message and exit\.", "Diese Hilfe zeigen."),
    (r"^Missing option (.*)$", r"es fehlt die Option \1"),
    (r"^Missing argument (.*)$", r"es fehlt \1"),
    (r"^Missing command$", "es fehlt ein Befehl"),
    (r"^No such option: (\S+)", r"eine Option \1 gibt es nicht"),
    (r"Possible options:", "möglich:"),
    (r"^No such command ('[^']*')", r"einen Befehl \1 gibt es nicht"),
    (r"^Option (\S+) requires an argument$", r"die Option \1 braucht einen Wert"),
    (r"^Got unexpected extra argument", "zu viele Argumente"),
    (r"Did you mean (.*)\?", r"Meinten Sie \1?"),
    (r"^Invalid value for (.*?): (.*)$", r"ungültiger Wert für \1: \2"),
)
# What stands below the options: examples, exit codes and what else to look at, phrase by phrase.
_EPILOG = (
    ("Examples:", "Beispiele:"),
    ("Exit codes:", "Exit-Codes:"),
    ("See also:", "Siehe auch:"),
    ("0 done", "0 fertig"),
    ("0 passed", "0 bestanden"),
    ("0 all there", "0 alles da"),
    ("0 explained", "0 erklärt"),
    ("0 listed", "0 aufgelistet"),
    ("0 all understood", "0 alles verstanden"),
    ("1 findings or rejects beyond the gate", "1 Befunde oder Zurückgewiesenes über der Schranke"),
    ("1 findings at or above the gate or rejected records", "1 Befunde über der Schranke oder Zurückgewiesenes"),
    ("1 done with rejects or findings at the gate", "1 fertig, aber Zurückgewiesenes oder Befunde über der Schranke"),
    ("1 a figure below --fail-under", "1 eine Kennzahl unter --fail-under"),
    (
        "The truth is a list of pairs (two columns of ids, perhaps one with 1/0, yes/no, same/different), or",
        "Die Wahrheit ist eine Liste von Paaren (zwei Spalten mit Kennungen, dazu vielleicht 1/0, ja/nein) oder",
    ),
    (
        "records with the entity each of them is. Records are named by record id, else by row number.",
        "Datensätze mit ihrer Entität. Datensätze werden mit Datensatz-ID genannt, sonst mit Zeilennummer.",
    ),
    ("1 rows of a sheet were refused", "1 Zeilen einer Liste zurückgewiesen"),
    ("3 input or sheet refused", "3 Eingabe oder Liste abgelehnt"),
    ("(the answers are kept)", "(die Antworten bleiben)"),
    (
        "Keys: y same, n different, u unsure, s skip, b back, c comment, ? help, q quit.",
        "Tasten: j gleich, n verschieden, u unsicher, s später, z zurück, k Kommentar, ? Hilfe, q Ende.",
    ),
    ("Every answer is stored at once. At the end", "Jede Antwort wird sofort gespeichert. Am Ende"),
    (
        "all are applied: the duplicates in DIR are looked for again.",
        "werden alle angewandt: die Dubletten in DIR werden neu gesucht.",
    ),
    ("1 something is missing", "1 etwas fehlt"),
    ("1 at least one value is not", "1 mindestens ein Wert nicht"),
    ("2 usage or output exists", "2 Aufruf falsch oder Ausgabe vorhanden"),
    ("2 usage", "2 Aufruf falsch"),
    ("2 no such code", "2 kein solcher Code"),
    ("2 nothing of that kind", "2 nichts dieser Art"),
    ("2 no such field", "2 kein solches Feld"),
    ("3 input refused", "3 Eingabe abgelehnt"),
    ("3 the files don't belong together", "3 die Dateien gehören nicht zusammen"),
    ("4 configuration", "4 Konfiguration"),
    ("5 output can't be written", "5 Ausgabe nicht schreibbar"),
    ("6 a directory did not answer everything", "6 ein Verzeichnis antwortete nicht auf alles"),
    ("7 safety limit", "7 Sicherheitsgrenze"),
    ("8 locked", "8 gesperrt"),
    ("70 a bug", "70 ein Fehler in crmclean"),
    ("130/143 interrupted", "130/143 abgebrochen"),
    (
        "as crmclean run; the sample ends with 1, because two of its lines are no records",
        "wie crmclean run; das Beispiel endet mit 1, weil zwei seiner Zeilen keine Datensätze sind",
    ),
    ("Beside OUT: OUT's name with", "Neben OUT: der Name von OUT mit"),
    (" and .manifest.json", " und .manifest.json"),
    ("1 a cluster was refused", "1 eine Gruppe wurde abgelehnt"),
    (
        "Writes golden.<ext>, golden_provenance.csv, merge_map.csv, the files of the CRM,",
        "Schreibt golden.<ext>, golden_provenance.csv, merge_map.csv, die Dateien für das CRM,",
    ),
    (
        "with --mode link linked.<ext> instead of the first two.",
        "mit --mode link linked.<ext> statt der ersten beiden.",
    ),
    ("Writes cleaned", "Schreibt cleaned"),
    (
        "; from a directory enrichment.csv, with --history findings_history.csv as well.",
        "; aus einem Verzeichnis auch enrichment.csv, mit --history findings_history.csv.",
    ),
    ("Writes enriched", "Schreibt enriched"),
    (
        "A policy is fill (blanks only, the default), own (also what an earlier enrichment wrote,",
        "Eine Regel ist fill (nur Lücken, der Standard), own (auch, was eine frühere Anreicherung schrieb,",
    ),
    ("see --previous), propose, or overwrite.", "siehe --previous), propose oder overwrite."),
    ("sets it for all fields.", "gilt für alle Felder."),
    (" and manifest.json", " und manifest.json"),
    ("Text files come back byte for byte. Excel", "Textdateien kommen Byte für Byte zurück. Excel"),
    (
        "and Parquet come back as the same table: every cell's text, type and",
        "und Parquet kommen als dieselbe Tabelle zurück:",
    ),
    ("place, not the workbook's formatting.", "Text, Typ und Ort jeder Zelle, nicht die Formatierung der Mappe."),
)
_PATTERNS = tuple((re.compile(pattern, re.MULTILINE), german) for pattern, german in _FRAME)
_GERMAN: dict[str, str] = {
    "Install completion for the current shell.": "Vervollständigung für diese Shell einrichten.",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "Vervollständigung für diese Shell zeigen, zum Kopieren oder Anpassen."
    ),
}


def both(english: str, german: str) -> str:
    """The English help text; its German is remembered.

    >>> both("As JSON.", "Als JSON.")
    'As JSON.'
    """
    _GERMAN[english] = german
    return english


def german_of(english: str) -> str:
    """The German of a help text; the text itself where a plug-in gave none."""
    return _GERMAN.get(english, english)


def framed_in_german(text: str) -> str:
    """A help page or a message of typer's with its own words in German.

    >>> framed_in_german("Missing option '-o'")
    "es fehlt die Option '-o'"
    """
    for pattern, german in _PATTERNS:
        text = pattern.sub(german, text)
    return text


def in_german(command: Any) -> None:
    """Put German into a command that is built, its options and its subcommands.

    Args:
        command: what ``typer.main.get_command`` gives.
    """
    for name in ("help", "short_help"):
        text = getattr(command, name, None)
        if text:
            setattr(command, name, german_of(text))
    epilog = german_of(command.epilog or "")
    for english, german in _EPILOG:
        epilog = epilog.replace(english, german)
    command.epilog = epilog
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = german_of(parameter.help)
    make = command.get_help
    command.get_help = lambda context: framed_in_german(make(context))
    subcommands: Mapping[str, Any] = getattr(command, "commands", {})
    for each in subcommands.values():
        in_german(each)
