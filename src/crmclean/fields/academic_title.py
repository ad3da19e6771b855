"""Academic titles and degrees, written the usual way: ``Dr.``, ``Prof. Dr. med.``, ``Dipl.-Ing. (FH)``, ``Mag.``.

Sources: see ``_title_words``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("prof dr.med.", NO_HINTS).value, FIELD.parse("Dipl. Ing. (FH)", NO_HINTS).value
('Prof. Dr. med.', 'Dipl.-Ing. (FH)')
"""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed
from crmclean.core.language import Text
from crmclean.core.text import fold, tidy
from crmclean.fields._headers import header_names
from crmclean.fields._title_words import NOT_IN_NAMES, SALUTATIONS, SPELLINGS
from crmclean.fields._titles import leading_titles, words_of

_KNOWN = {title: Parsed(title) for title in sorted(SPELLINGS)}


def parse(value: str, hints: Hints) -> Parsed:  # noqa: ARG001
    """One or more titles; what nobody knows is kept as it is written, with a doubt."""
    known = _KNOWN.get(value)
    if known:
        return known
    text = tidy(value)
    words = words_of(text[:200])
    titles, at = leading_titles(words, sure=True)
    if at == len(words) and titles and len(text) <= 200:
        return Parsed(" ".join(titles))
    if any(fold(word) in SALUTATIONS and fold(word) not in NOT_IN_NAMES for word in words[:1]):
        return Parsed(text, "salutation")
    return Parsed(text, "unknown")


def looks_like(value: str) -> float:
    """A whole cell of titles is hardly anything else."""
    text = tidy(value)
    if len(text) > 60 or not text:
        return 0.0
    words = words_of(text)
    titles, at = leading_titles(words)
    return 0.9 if titles and at == len(words) else 0.0


def _no_key(value: str) -> None:  # noqa: ARG001 - the same person is written with and without
    return None


FIELD = FieldType(
    name="academic_title",
    title=Text("Academic title", "Akademischer Titel"),
    group="person",
    parse=parse,
    key=_no_key,
    headers=header_names(
        """
        academic title, academictitle, academic degree, degree, degrees, honorific, honorific prefix, title prefix,
        titel, akad. titel, akademischer titel, akademischer grad, akad. grad, titel/akad. grad, titel vor name,
        titel nach name, titel ansprechpartner, ap titel, ap-titel, namenstitel, doktortitel, akademische titel,
        titel (ansprechpartner), person titel, grad, ehrentitel,
        titre académique, titolo accademico, titolo di studio, título académico, academische titel,
        titre, titolo, título, titul, tytuł, tytuł naukowy, stopień naukowy,
        """
    ),
    looks_like=looks_like,
    codes=(
        Code(
            "unknown",
            Severity.WARNING,
            what=Text("not a known academic title", "kein bekannter akademischer Titel"),
            why=Text("A letter would print it before the name.", "Ein Brief würde ihn vor den Namen setzen."),
            fix=Text("Check whether it is a title.", "Prüfen, ob es ein Titel ist."),
        ),
        Code(
            "salutation",
            Severity.WARNING,
            what=Text("a salutation, not an academic title", "eine Anrede, kein akademischer Titel"),
            why=Text("A letter would print it before the name.", "Ein Brief würde sie vor den Namen setzen."),
            fix=Text("Move it to its own column.", "In die passende Spalte verschieben."),
        ),
    ),
    examples_good=(
        *(
            "Dr.",
            "Dr",
            "Prof. Dr.",
            "prof dr.med.",
            "Dipl.-Ing.",
            "Dipl. Ing. (FH)",
            "Mag.",
            "MBA",
            "M.Sc.",
            "Dr. h.c.",
        ),
        *("Univ.-Prof. DDr.", "DI", "PhD", "Dr.-Ing."),
    ),
    examples_bad=("Herr", "Geschäftsführer", "Mrs", "Dr. Müller", "xyz"),
    sources=("DIN 5008:2020", "KMK 2011 (degrees)", "Universitätsgesetz 2002 (AT)"),
)
