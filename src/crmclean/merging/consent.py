"""Columns in which somebody says no: a refusal wins over everything, whatever its column is called.

Exports hold more kinds of refusal than there are fields (fax, mass mail, a general block). A column nobody judged whose
header speaks of a refusal, or of a consent, is read as one here: a lost refusal is unlawful, a kept one costs nothing.
"""

from __future__ import annotations

import re

import polars as pl

from crmclean.core.field import NO_HINTS
from crmclean.core.registry import FIELDS
from crmclean.core.text import fold
from crmclean.merging.members import Members
from crmclean.table import Column

_REFUSES = re.compile(
    r"opt(ed)? ?out|optout|do ?not|donot|\bdnc\b|unsubscri|blocked|sperr|widerspr|widerruf|abgemeldet|robinson"
    r"|\bkeine? (werbung|mail|e mail|anruf|newsletter|kontakt)"
    r"|nicht (zulassen|erlaubt|kontaktieren|anrufen|anschreiben)"
)
_PERMITS = re.compile(
    r"opt(ed)? ?in\b|optin|einwillig|dsgvoew|zustimmung|consent|permission|erlaubnis|subscribed"
    r"|newsletter|mailing|werbung|marketing"
)
# Ranks of what a cell says: the strictest first.
_REFUSED, _DOUBTFUL, _ALLOWED, _SILENT = 0, 1, 2, 3


def meaning(column: Column) -> str:
    """``opt_out``, ``opt_in``, or empty for a column that is about something else."""
    if column.field is not None and column.field.endswith(("_opt_out", "_opt_in")):
        return "opt_out" if column.field.endswith("_opt_out") else "opt_in"
    if column.field not in (None, "text"):
        return ""
    header = fold(column.label)
    if _REFUSES.search(header):
        return "opt_out"
    return "opt_in" if _PERMITS.search(header) else ""


def refusals(members: Members, column: Column) -> pl.Series:
    """How strict each record is, 0 = refuses; a word nobody knows is between no and yes.

    Returns:
        ``UInt32``, k.
    """
    said = meaning(column)
    judge = FIELDS["email_opt_out" if said == "opt_out" else "email_opt_in"]
    refuses = "yes" if said == "opt_out" else "no"
    keys = members.cells[column.name].str.strip_chars()
    known = keys.filter(members.has_something(column.name)).drop_nulls().unique(maintain_order=True)
    if not len(known):
        return pl.repeat(_SILENT, len(keys), dtype=pl.UInt32, eager=True)
    answers = [judge.parse(value, NO_HINTS).value for value in known.to_list()]
    ranks = [_DOUBTFUL if value is None else _REFUSED if value == refuses else _ALLOWED for value in answers]
    ranked = keys.replace_strict(known, pl.Series(ranks, dtype=pl.UInt32), default=_SILENT, return_dtype=pl.UInt32)
    return ranked.fill_null(_SILENT)
