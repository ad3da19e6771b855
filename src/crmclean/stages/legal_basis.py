"""Stage: records of people for which nothing says why their data may be kept.

Art. 6 (1) GDPR wants a basis for each processing, art. 5 (2) wants it shown. An export shows it where it has a column
of the legal basis or of the source of a consent, a day of consent, or a permission that says yes: any of them is
enough. Where an export keeps no such record nothing is known, and nothing is said.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from operator import or_

import polars as pl

from crmclean.added_findings import findings_at, with_findings
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Language
from crmclean.measures.records import Records
from crmclean.table import Normalised

NO_LEGAL_BASIS = "privacy.no-legal-basis"
BASIS = "legal_basis"
_SAYS_WHY = (BASIS, "consent_at")
_PERMITS = ("email_opt_in", "phone_opt_in", "sms_opt_in", "post_opt_in")
_PERSON = ("last_name", "first_name", "full_name", "date_of_birth", "email")


def has_basis_column(cleaned: Normalised, asked: bool | None) -> bool:
    """Whether the export keeps record of a basis, so that its absence says something.

    Args:
        cleaned: the table.
        asked: ``[privacy] legal_basis``: true: a day of consent is a record as well; false: never; ``None``: where a
            column names the basis and is used.
    """
    names = {column.field: column.name for column in cleaned.columns if column.field in _SAYS_WHY}
    if asked is not None:
        return asked and bool(names)
    return BASIS in names and _is_used(cleaned.table.frame[names[BASIS]])


def with_legal_basis(cleaned: Normalised, *, language: Language = "en") -> Normalised:
    """The table with a finding at the empty basis of each record that is about a person.

    Args:
        cleaned: the table, judged for a report, with a column that ``has_basis_column`` accepts.
        language: of the findings.
    """
    records = Records(cleaned)
    columns = [judged.column.name for field in _SAYS_WHY for judged in cleaned.of_field(field)]
    said_why = reduce(or_, (records.filled(name) for name in _SAYS_WHY), records.none())
    permitted = [
        (judged.canonical == "yes").fill_null(value=False) for name in _PERMITS for judged in cleaned.of_field(name)
    ]
    is_person = reduce(or_, (records.filled(name) for name in _PERSON), records.none())
    at = is_person & ~reduce(or_, permitted, said_why)
    if not at.any():
        return cleaned
    said, severity = message(NO_LEGAL_BASIS).said(language), FILE_CODES[NO_LEGAL_BASIS].severity
    found: list[pl.DataFrame] = [findings_at(cleaned, at, columns[0], NO_LEGAL_BASIS, severity, said)]
    return replace(cleaned, findings=with_findings(cleaned, found))


def _is_used(cells: pl.Series) -> bool:
    return bool((cells.str.strip_chars().fill_null("") != "").any())
