"""What is said about phone, mobile and fax numbers, and how such columns are recognised."""

from __future__ import annotations

import re

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text
from crmclean.fields._dummies import PHONES

_DIAL = Text("Nobody can be reached by it as it stands.", "So ist darüber niemand zu erreichen.")
_ASK = Text("Look the number up and correct it.", "Die Nummer nachschlagen und berichtigen.")
_UNSURE = Text(
    "A program dialling or sending messages can't know what is meant; here nothing is guessed.",
    "Ein Programm, das wählt oder Nachrichten sendet, kann nicht wissen, was gemeint ist; hier wird nichts geraten.",
)

_ERRORS = (
    Code(
        "letters",
        Severity.ERROR,
        what=Text("letters in a phone number", "Buchstaben in einer Telefonnummer"),
        why=Text(
            "Dialling software turns letters into keypad digits and reaches a stranger.",
            "Wählprogramme machen aus Buchstaben Tastenziffern und erreichen einen Fremden.",
        ),
        fix=Text(
            "Move the words to another column; known words like `App.`, `DW` or `privat` may stay.",
            "Den Text anderswo eintragen; bekannte Wörter wie `App.`, `DW` oder `privat` dürfen bleiben.",
        ),
    ),
    Code(
        "not-a-number",
        Severity.ERROR,
        what=Text("not a phone number", "keine Telefonnummer"),
        why=_DIAL,
        fix=_ASK,
    ),
    Code(
        "impossible",
        Severity.ERROR,
        what=Text(
            "impossible phone number: too long, too short, or no such country calling code",
            "unmögliche Telefonnummer: zu lang, zu kurz oder ohne gültige Landesvorwahl",
        ),
        why=_DIAL,
        fix=_ASK,
    ),
    Code(
        "precision-lost",
        Severity.ERROR,
        what=Text(
            "phone number destroyed by a spreadsheet (as in 4.98E+11)",
            "Telefonnummer von einer Tabellenkalkulation zerstört (wie in 4,98E+11)",
        ),
        why=Text(
            "The last digits are gone; no program can know them.",
            "Die letzten Ziffern sind weg; kein Programm kennt sie.",
        ),
        fix=Text(
            "Export again, with the column formatted as text.",
            "Neu exportieren, die Spalte dabei als Text formatieren.",
        ),
    ),
)
_WARNINGS = (
    Code(
        "not-dialable",
        Severity.WARNING,
        what=Text(
            "possible phone number, but no number range or area code holds it",
            "mögliche Telefonnummer, aber in keinem vergebenen Nummernbereich",
        ),
        why=Text(
            "It is most likely mistyped, belongs to another country, or is newer than the tables.",
            "Sie ist wohl vertippt, gehört in ein anderes Land oder ist neuer als die Tabellen.",
        ),
        fix=_ASK,
    ),
    Code(
        "no-country",
        Severity.WARNING,
        what=Text("phone number of an unknown country", "Telefonnummer eines unbekannten Landes"),
        why=_UNSURE,
        fix=Text(
            "Name a default with `--country DE`, or map the column that holds the country.",
            "Mit `--country DE` ein Land vorgeben oder die Spalte mit dem Land zuordnen.",
        ),
    ),
    Code(
        "no-area-code",
        Severity.WARNING,
        what=Text("phone number without area code", "Telefonnummer ohne Ortsvorwahl"),
        why=_UNSURE,
        fix=Text("Add the area code.", "Die Ortsvorwahl ergänzen."),
    ),
    Code(
        "no-trunk",
        Severity.WARNING,
        what=Text("phone number without its leading zero", "Telefonnummer ohne führende Null"),
        why=Text(
            "Spreadsheets drop it; but it may also be a local number.",
            "Tabellenkalkulationen lassen sie weg; es kann aber auch eine Ortsrufnummer sein.",
        ),
        fix=Text(
            "Check the proposal; `--unsafe-fixes` applies it.", "Den Vorschlag prüfen; `--unsafe-fixes` wendet ihn an."
        ),
    ),
    Code(
        "plus-missing",
        Severity.WARNING,
        what=Text(
            "phone number that starts like a country calling code without plus",
            "Telefonnummer, die wie eine Landesvorwahl ohne Plus beginnt",
        ),
        why=_UNSURE,
        fix=Text(
            "Check the proposal; `--unsafe-fixes` applies it.", "Den Vorschlag prüfen; `--unsafe-fixes` wendet ihn an."
        ),
    ),
    Code(
        "several",
        Severity.WARNING,
        what=Text("several phone numbers in one cell", "mehrere Telefonnummern in einer Zelle"),
        why=Text(
            "A CRM dials the cell as one number; the first counts here.",
            "Ein CRM wählt die Zelle als eine Nummer; hier zählt die erste.",
        ),
        fix=Text("Give each number a column of its own.", "Jeder Nummer eine eigene Spalte geben."),
    ),
    Code(
        "vanity",
        Severity.WARNING,
        what=Text("service number spelt with letters", "Servicenummer mit Buchstaben geschrieben"),
        why=Text("Not every phone has letters on its keys.", "Nicht jedes Telefon hat Buchstaben auf den Tasten."),
        fix=Text("Check the proposal in digits.", "Den Vorschlag in Ziffern prüfen."),
    ),
    Code(
        "decimal-tail",
        Severity.WARNING,
        what=Text("phone number with the tail of a decimal number (.0)", "Telefonnummer mit Rest einer Kommazahl (.0)"),
        why=Text(
            "It went through a numeric column: leading zeros and signs may be lost too.",
            "Sie ging durch eine Zahlenspalte: Führende Nullen und Zeichen können auch fehlen.",
        ),
        fix=Text("Export again, with the column as text.", "Neu exportieren, die Spalte dabei als Text."),
    ),
    Code(
        "labelled-fax",
        Severity.WARNING,
        what=Text("the cell says it is a fax number", "laut Zelle eine Faxnummer"),
        why=Text("Who calls it hears a modem.", "Wer dort anruft, hört ein Faxgerät."),
        fix=Text("Move it to the fax column.", "In die Faxspalte verschieben."),
    ),
)
_INFOS = (
    Code(
        "label",
        Severity.INFO,
        what=Text("phone number with a word of explanation", "Telefonnummer mit erklärendem Wort"),
        why=Text(
            "The word would be lost in the plain form, so the cell stays.",
            "Das Wort ginge verloren, daher bleibt die Zelle.",
        ),
        fix=Text("Nothing to do, or move the word elsewhere.", "Nichts zu tun, oder das Wort anderswo eintragen."),
    ),
    Code(
        "short-number",
        Severity.INFO,
        what=Text("short number, dialled inside the country only", "Kurzwahl, nur im Land wählbar"),
        why=Text("Nobody can dial it from abroad.", "Aus dem Ausland ist sie nicht wählbar."),
        fix=Text("Nothing to do if it is meant.", "Nichts zu tun, wenn sie gemeint ist."),
    ),
)
CODES = (*_ERRORS, *_WARNINGS, *_INFOS)
NOT_MOBILE = Code(
    "not-mobile",
    Severity.WARNING,
    what=Text("not a mobile number", "keine Mobilnummer"),
    why=Text("It can't be texted.", "Dorthin lässt sich keine SMS senden."),
    fix=Text("Move it to the phone column.", "In die Telefonspalte verschieben."),
)

# Fillers for a mandatory field: one digit over and over, counting up, a bare calling code.
PLACEHOLDERS = frozenset(
    {
        *(digit * length for digit in "0123456789" for length in range(4, 16)),
        *("0123456789"[:length] for length in range(6, 11)),
        *("1234567890"[:length] for length in range(5, 11)),
        *(f"+49{tail}" for tail in ("", " ", "0", "000", "0000000", "123456789", "1234567890", " 0", " 123456789")),
        *("+43", "+41", "0049", "0043", "0041", "+", "0", "00", "000", "000-000-0000", "000/000000", "0000/0000000"),
        *("0000-000000", "999-999-9999", "111-111-1111", "123-456-7890", "(000) 000-0000", "0/0", "0-0"),
        *PHONES,
    }
)
_BODY = re.compile(r"['(]*(?P<lead>\+|00(?=[1-9])|0(?=[1-9(]))?[\d ()/.\-]*\d")
_DATE = re.compile(r"\d{1,4}[.\-/ ]\d{1,2}[.\-/ ]\d{1,4}(?:[ T].*)?")
_MOBILE = re.compile(r"(?:\+49|0049|0)\D*0?\D*1[5-7]|(?:\+43|0043|0)\D*0?\D*6[5-9]|(?:\+41|0041|0)\D*0?\D*7[5-9]")


def looks_like_phone(value: str) -> float:
    """A plus or a leading zero and seven to fifteen digits with the usual signs; dates look like that too.

    >>> looks_like_phone("+49 30 23125 123"), looks_like_phone("01.02.2023"), looks_like_phone("4711")
    (0.9, 0.0, 0.0)
    """
    if len(value) > 40:
        return 0.0
    found = _BODY.fullmatch(value)
    digits = sum(c.isdigit() for c in value)
    if found is None or not 7 <= digits <= 17 or _DATE.fullmatch(value):
        return 0.0
    if found["lead"] in ("+", "00"):
        return 0.9
    has_sign = any(c in " /-()" for c in value)
    if found["lead"] is None:
        return 0.3 if has_sign else 0.0
    return 0.8 if has_sign else 0.5


def looks_like_mobile(value: str) -> float:
    """A phone number with a mobile prefix of Germany, Austria or Switzerland.

    >>> looks_like_mobile("0152 28817386") > looks_like_phone("0152 28817386")
    True
    """
    likely = looks_like_phone(value)
    return min(1.0, likely + 0.05) if likely and _MOBILE.match(value) else 0.0
