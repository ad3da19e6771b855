"""Codes of what a command line or a configuration asks for and can't have. Part of ``core.file_codes``."""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text

_NEAREST = Text("Take the name the message proposes.", "Den Namen nehmen, den die Meldung vorschlägt.")
_IGNORED = Text("What is not known would be ignored.", "Unbekanntes bliebe wirkungslos.")


def _unknown(name: str, what: Text) -> Code:
    return Code(name, Severity.ERROR, what, _IGNORED, _NEAREST)


USAGE_CODES: tuple[Code, ...] = (
    Code(
        "usage",
        Severity.ERROR,
        Text(
            "The command is not complete or can't be done like that",
            "Der Befehl ist unvollständig oder so nicht möglich",
        ),
        Text("Nothing was read or written.", "Es wurde nichts gelesen oder geschrieben."),
        Text("`crmclean COMMAND --help` shows examples.", "`crmclean BEFEHL --help` zeigt Beispiele."),
    ),
    _unknown("unknown-field", Text("There is no field type of this name", "Einen Feldtyp dieses Namens gibt es nicht")),
    _unknown("unknown-column", Text("The file has no column of this name", "Eine solche Spalte hat die Datei nicht")),
    _unknown("unknown-dialect", Text("There is no dialect of this name", "Einen Dialekt dieses Namens gibt es nicht")),
    _unknown("unknown-code", Text("There is no finding code of this name", "Einen solchen Befundcode gibt es nicht")),
    Code(
        "bad-dialect",
        Severity.ERROR,
        Text("A dialect file is wrong", "Eine Dialektdatei ist falsch"),
        Text("Columns would be read as the wrong fields.", "Spalten würden als falsche Felder gelesen."),
        Text("Correct the entry that is named.", "Den genannten Eintrag korrigieren."),
    ),
    Code(
        "bad-plugin",
        Severity.ERROR,
        Text("A private plug-in can't be used", "Eine private Erweiterung ist unbrauchbar"),
        Text("What it was installed for would be missing.", "Wofür sie installiert wurde, das fehlte."),
        Text("Mend or remove the package that brings it.", "Das Paket reparieren oder entfernen, das sie mitbringt."),
    ),
    Code(
        "reference-unreadable",
        Severity.ERROR,
        Text("The file with postal codes can't be read", "Die Datei mit Postleitzahlen ist nicht lesbar"),
        Text("Postal codes of more countries can't be checked.", "Weitere Länder lassen sich nicht prüfen."),
        Text("Check the path given with `--reference`.", "Den Pfad hinter `--reference` prüfen."),
    ),
    Code(
        "reference-format",
        Severity.ERROR,
        Text(
            "The file with postal codes is not in GeoNames' form",
            "Die Postleitzahlen sind nicht in GeoNames' Form",
        ),
        Text("Postal codes of more countries can't be checked.", "Weitere Länder lassen sich nicht prüfen."),
        Text("Take GeoNames' allCountries.txt as it is.", "allCountries.txt von GeoNames unverändert verwenden."),
    ),
)
