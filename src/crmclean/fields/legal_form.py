"""Legal form, as a column of its own: any spelling, spelled out, or its ISO 20275 code.

Sources: ISO 20275 (ELF code list of GLEIF); HGB, GmbHG, AktG, GenG, PartGG, BGB, UGB, OR.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("Gesellschaft mit beschränkter Haftung", Hints({"country": "AT"}))
Parsed(value='GmbH', code=None, lossless=True, suggestion=None, parts={'country': 'AT', 'elf': 'AXSB'})
>>> FIELD.parse("GmbH + Co. Kg", NO_HINTS).value
'GmbH & Co. KG'
>>> FIELD.parse("8Z6G", NO_HINTS).value
'KG'
"""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.core.text import tidy
from crmclean.fields._legal_forms import LegalForm, by_code, form_letters, legal_forms

_MAX_LENGTH = 120


def parse(value: str, hints: Hints) -> Parsed:
    """The display form of the table."""
    plain = tidy(value)
    if len(plain) > _MAX_LENGTH or not any(c.isalpha() for c in plain):
        return Parsed(code="format")
    if len(plain) == 4 and plain.upper() in by_code() and plain != "GmbH":
        form, country = by_code()[plain.upper()]
        return Parsed(form.form, parts={"country": country, "elf": plain.upper()})
    fitting = legal_forms().get(form_letters(plain), ())
    if not fitting:
        return Parsed(plain, code="unknown")
    form = _best(fitting, plain, hints.country)
    parts = {"country": form.home(hints.country), "elf": form.code(hints.country)}
    return Parsed(form.form, parts={name: part for name, part in parts.items() if part})


def _best(fitting: tuple[LegalForm, ...], text: str, country: str | None) -> LegalForm:
    """Of forms with the same letters: that of the country, else the one spelt so, else the first."""
    at_home = [form for form in fitting if country in form.elf] or list(fitting)
    return next((form for form in at_home if text in form.spellings), at_home[0])


FIELD = FieldType(
    name="legal_form",
    title=Text("Legal form", "Rechtsform"),
    group="company",
    parse=parse,
    styles=("canonical", "keep"),
    strength=Strength.WEAK,  # half of all companies are a GmbH
    hints=("country",),
    headers=(
        *("Legal form", "legalform", "rechtsform", "gwcompanylegalform", "company form", "companyform", "legal entity"),
        *("company type", "firmenform", "gesellschaftsform", "unternehmensform", "legalformid", "entity type"),
        *("forme juridique", "forma giuridica", "forma jurídica", "rechtsvorm", "forma prawna"),
    ),
    looks_like=lambda value: 0.9 if len(value) < 60 and form_letters(value) in legal_forms() else 0.0,
    codes=(
        Code(
            "format",
            Severity.ERROR,
            what=Text("not a legal form", "keine Rechtsform"),
            why=Text("It says nothing about the company.", "Es sagt nichts über das Unternehmen."),
            fix=Text("Take it from the register.", "Aus dem Register übernehmen."),
        ),
        Code(
            "unknown",
            Severity.WARNING,
            what=Text("legal form not known here", "hier nicht bekannte Rechtsform"),
            why=Text(
                "It may be right; it can't be compared with other spellings.",
                "Sie kann richtig sein, ist aber mit anderen Schreibweisen nicht vergleichbar.",
            ),
            fix=Text("Compare it with the register.", "Mit dem Register vergleichen."),
        ),
    ),
    examples_good=(
        "GmbH",
        "Gmbh & Co Kg",
        "UG haftungsbeschränkt",
        "Aktiengesellschaft",
        "e.V.",
        "Einzelunternehmen",
        "SA",
    ),
    examples_bad=("12345", "GmbHH", "Rechtsform offen", "Firma mit Zukunft", "&"),
    sources=("ISO 20275, https://www.gleif.org",),
)
