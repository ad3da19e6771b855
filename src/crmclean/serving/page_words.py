"""What the pages for people say."""

from __future__ import annotations

from crmclean.core.language import Text

LANGUAGES = {"de": "Deutsch", "en": "English"}
SEARCH = Text("Company search", "Firmensuche")
SUBMIT = Text("Search", "Suchen")
NUMBER = Text("Number", "Nummer")
NUMBER_HINT = Text(
    "VAT id, register number with court, LEI, EBID or the directory's own",
    "USt-IdNr., Registernummer mit Gericht, LEI, EBID oder die des Verzeichnisses",
)
FOUND, FOUND_ONE = (
    Text("{} companies may be meant", "{} Firmen kommen infrage"),
    Text("One company may be meant", "Eine Firma kommt infrage"),
)
NONE_FITS = Text("No company fits; these come nearest", "Keine Firma passt; am nächsten kommen")
NEAREST = Text("Less likely", "Weniger wahrscheinlich")
NOTHING = Text("No company found", "Keine Firma gefunden")
NOTHING_HINT = Text(
    "Try fewer words, or the place with its postal code.",
    "Mit weniger Wörtern oder mit Postleitzahl und Ort versuchen.",
)
NO_COMPANY = Text("The directory knows no company of this number", "Das Verzeichnis kennt keine Firma dieser Nummer")
BANDS = {
    "auto": Text("sure", "sicher"),
    "review": Text("likely, please check", "wahrscheinlich, bitte prüfen"),
    "veto": Text("not this one: numbers contradict", "nicht diese: Nummern widersprechen sich"),
    "": Text("unlikely", "unwahrscheinlich"),
}
# In the order of ``directory.GRADED``.
GRADED = (
    Text("name", "Name"),
    Text("legal form", "Rechtsform"),
    Text("street", "Straße"),
    Text("place", "Ort"),
    Text("phone", "Telefon"),
    Text("e-mail", "E-Mail"),
    Text("web", "Web"),
    Text("number", "Nummer"),
)
GRADES = {"A": Text("same", "gleich"), "B": Text("similar", "ähnlich"), "F": Text("different", "anders")}
KINDS = {"company": Text("Company", "Firma"), "establishment": Text("Establishment", "Betriebsstätte")}
FORMERLY = Text("formerly", "früher")
FOUND_BY_FORMER = Text("Found by its former name", "Gefunden unter früherem Namen")
SUCCESSOR = Text("Now part of", "Aufgegangen in")
ID, ADDRESS = Text("Number in this directory", "Nummer in diesem Verzeichnis"), Text("Address", "Anschrift")
FORMER_NAMES = Text("Former names", "Frühere Namen")
FACTS = {
    "parent_id": Text("Belongs to", "Gehört zu"),
    "last_changed": Text("Last change", "Letzte Änderung"),
    "last_checked": Text("Last check", "Letzte Prüfung"),
    "sources": Text("Sources", "Quellen"),
}
HISTORY = Text("History", "Verlauf")
HISTORY_HEADS = Text("date|what|before|after|source", "Datum|was|vorher|nachher|Quelle")
CHANGES = {
    "renamed": Text("renamed", "umbenannt"),
    "moved": Text("moved", "umgezogen"),
    "registered": Text("new register entry", "neuer Registereintrag"),
    "status": Text("other status", "anderer Status"),
    "gone": Text("no longer listed", "nicht mehr gelistet"),
}
FOOTER = Text("{} companies in {}, as of {}.", "{} Firmen in {}, Stand {}.")
LICENCE = Text("Licence: {}.", "Lizenz: {}.")
