"""A whole name in one cell, taken apart into salutation, titles, first names, surname and suffix.

The cell stays as it is written; the canonical form is the natural order without the salutation.

Sources: see ``_names``.

>>> from crmclean.core.field import NO_HINTS
>>> parsed = FIELD.parse("Heide, Frau Dr. med. Eva von der", NO_HINTS)
>>> parsed.value
'Dr. med. Eva von der Heide'
>>> dict(parsed.parts)["last_name"]
'von der Heide'
"""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.core.text import fold, tidy
from crmclean.fields._dummies import PEOPLE
from crmclean.fields._headers import header_names
from crmclean.fields._name_case import is_case_damaged, proper_case
from crmclean.fields._name_fields import SHARED_CODES, SOURCES, not_a_name, usual_name
from crmclean.fields._names import split_name


def parse(value: str, hints: Hints) -> Parsed:  # noqa: ARG001
    """Splits the name; doubts what is no single person's name."""
    usual = usual_name(value)
    if usual:
        return Parsed(f"{usual['first_name']} {usual['last_name']}", parts=usual)
    text = tidy(value)
    reason = not_a_name(text)
    if reason == "no-letters":
        return Parsed(code=reason)
    if reason:
        return Parsed(text, reason)
    parts = split_name(text)
    natural = parts.natural()
    if parts.reason or not natural or not parts.last:
        return Parsed(
            natural or text, parts.reason or "unclear", parts={} if parts.reason == "one-word" else parts.named()
        )
    if is_case_damaged(f"{parts.first} {parts.last}".strip()):
        first, last = proper_case(parts.first), proper_case(parts.last)
        parts.first, parts.last = first, last
        return Parsed(parts.natural(), "case", lossless=False, parts=parts.named())
    return Parsed(natural, parts=parts.named())


def key(value: str) -> str | None:
    """First names and surname, folded; titles do not tell persons apart."""
    parts = split_name(value)
    return fold(f"{parts.first} {parts.last}") or None


def looks_like(value: str) -> float:
    """Only a salutation or title in front makes a text surely a person's name."""
    if len(value) > 60 or not_a_name(tidy(value)):
        return 0.0
    parts = split_name(value)
    if parts.reason or not parts.first or not parts.last:
        return 0.0
    return 0.7 if parts.salutation or parts.titles else 0.1


FIELD = FieldType(
    name="full_name",
    title=Text("Full name", "Name"),
    group="person",
    parse=parse,
    styles=("keep", "natural"),
    key=key,
    strength=Strength.SUPPORTING,  # namesakes are common
    headers=header_names(
        """
        full name, fullname, full_name, name, contact name, contact, contact full name, display name, displayname,
        person name, person, customer name, client name, contact person, primary contact, file as,
        attention, attn, businesspartnerfullname, e-mail display name,
        vollständiger name, voller name, gesamtname, name vorname, name und vorname, vor- und nachname,
        vorname und nachname, vorname nachname, nachname vorname, name/vorname, ansprechpartner, ansprechpartnerin,
        kontaktperson, kontakt, anzeigename, personenname, z. hd., zhd, zu händen,
        person name, kontaktname,
        nom complet, nom et prénom, personne de contact, nome completo, nome e cognome, persona di contatto,
        referente, nombre completo, nombre y apellidos, persona de contacto, volledige naam, naam, contactpersoon,
        imię i nazwisko, osoba kontaktowa, nom à afficher, nome visualizzato,
        """
    ),
    looks_like=looks_like,
    placeholders=PEOPLE,
    codes=(
        *SHARED_CODES,
        Code(
            "one-word",
            Severity.WARNING,
            what=Text("one word: first name or surname?", "ein Wort: Vor- oder Nachname?"),
            why=Text("A letter needs a surname.", "Ein Brief braucht einen Nachnamen."),
            fix=Text("Add the missing part.", "Den fehlenden Teil ergänzen."),
        ),
        Code(
            "unclear",
            Severity.WARNING,
            what=Text("the parts of the name can't be told apart", "die Teile des Namens sind nicht zu unterscheiden"),
            why=Text("A letter needs a surname.", "Ein Brief braucht einen Nachnamen."),
            fix=Text("Check the name and correct it.", "Den Namen prüfen und berichtigen."),
        ),
    ),
    examples_good=(
        *("Eva Beispiel", "Frau Dr. med. Eva von der Heide", "Muster, Max", "Prof. Dr. Max Freiherr von Muster, LL.M."),
        *(
            "Herr Müller",
            "Jean DUPONT",
            "J. R. Beispiel",
            "Shaun O'Neill",
            "EVA BEISPIEL",
            "Dipl.-Ing. (FH) Max Muster",
        ),
    ),
    examples_bad=("Muster", "Muster Bau GmbH", "Hans und Eva Muster", "eva@example.org", "Eva 2", "Herr", "a, b, c, d"),
    sources=SOURCES,
)
