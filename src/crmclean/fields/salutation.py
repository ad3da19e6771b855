"""Salutation: Herr, Frau, Divers, Familie, Firma, Mr, Ms, … No guess of the sex, in neither direction.

The cell stays as it is written, because most CRMs take only the words of their own list.

Sources: see ``_title_words``; DIN 5008:2020 (Herrn and Herr in addresses).

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("Herrn", NO_HINTS).value, FIELD.parse("Sehr geehrte Frau", NO_HINTS).value
('Herr', 'Frau')
>>> FIELD.parse("w", NO_HINTS).code
'unknown'
"""

from __future__ import annotations

import re

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed
from crmclean.core.language import Text
from crmclean.core.text import fold
from crmclean.fields._headers import header_names
from crmclean.fields._title_words import SALUTATIONS
from crmclean.fields._titles import leading_titles, words_of

_LETTER = re.compile(r"(?:sehr )?(?:geehrter?s?|verehrter?s?|lieber?s?|an(?: (?:die|den|das))?|dear)\s+", re.IGNORECASE)
_PLAIN = {name: Parsed(name) for name in SALUTATIONS.values()}


def parse(value: str, hints: Hints) -> Parsed:  # noqa: ARG001
    """One of the known salutations, also inside a letter's opening; a title behind it is kept apart."""
    known = _PLAIN.get(value)
    if known:
        return known
    text = _LETTER.sub("", value[:80], count=1).rstrip(" ,!:")
    found = SALUTATIONS.get(fold(text))
    if found and text not in ("m", "M"):  # without its dot it is as often a letter for the sex
        return Parsed(found)
    words = words_of(text)
    first = SALUTATIONS.get(fold(words[0])) if words else None
    if first and len(words) > 1:
        titles, at = leading_titles(words[1:], sure=True)
        if at == len(words) - 1:
            return Parsed(first, parts={"academic_title": " ".join(titles)})
        return Parsed(code="more-than-salutation")
    return Parsed(code="unknown")


def looks_like(value: str) -> float:
    """A whole cell that is a salutation is hardly anything else, unless it is one letter."""
    return 0.9 if len(value) > 1 and fold(value) in SALUTATIONS else 0.0


def _no_key(value: str) -> None:  # noqa: ARG001 - half of all people share it
    return None


FIELD = FieldType(
    name="salutation",
    title=Text("Salutation", "Anrede"),
    group="person",
    parse=parse,
    styles=("keep", "canonical"),
    key=_no_key,
    headers=header_names(
        """
        salutation, form of address, formofaddress, courtesy title, name prefix, prefix, greeting, addressterm,
        contact salutation, mr/mrs, mr./ms.,
        anrede, anredeform, anredeschlüssel, anrede ansprechpartner, ap anrede, ap-anrede, anrede kontakt,
        anrede (ansprechpartner), anredekennzeichen, anredetext, herr/frau, person anrede,
        civilité, formule d'appel, appellativo, saluto, tratamiento, aanhef, aanspreektitel, zwrot grzecznościowy,
        tratamento,
        """
    ),
    looks_like=looks_like,
    codes=(
        Code(
            "unknown",
            Severity.WARNING,
            what=Text("not a known salutation", "keine bekannte Anrede"),
            why=Text(
                "A letter can't open with it, and the sex of a person is never guessed.",
                "Ein Brief kann damit nicht beginnen, und das Geschlecht wird nie geraten.",
            ),
            fix=Text("Choose one of the list.", "Eine Anrede aus der Liste wählen."),
        ),
        Code(
            "more-than-salutation",
            Severity.WARNING,
            what=Text("a salutation and more", "eine Anrede und mehr"),
            why=Text("The name behind it belongs into its own column.", "Der Name dahinter gehört in seine Spalte."),
            fix=Text("Move it to its own column.", "In die passende Spalte verschieben."),
        ),
    ),
    examples_good=("Herr", "Frau", "Herrn", "frau", "Mr.", "Divers", "Familie", "Fa.", "Sehr geehrte Frau", "Herr Dr."),
    examples_bad=("w", "männlich", "1", "Frau Muster", "Müller", "Sehr geehrte"),
    sources=("DIN 5008:2020", "Unicode CLDR person names 45"),
)
