"""Golden records of clusters with somebody on a suppression list: the refusal stays, whichever address survives."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from crmclean.core.field import NO_HINTS
from crmclean.core.registry import FIELDS
from crmclean.merging.golden import Golden
from crmclean.merging.members import Members
from crmclean.table import Normalised

DECIDED = "suppressed"  # what the provenance says of such a cell
_FIELDS = {"email_opt_out": "email", "phone_opt_out": "phone", "sms_opt_out": "sms", "post_opt_out": "post"}
# How a column that only ever says no would say yes.
_YES_OF = {"nein": "Ja", "no": "Yes", "0": "1", "false": "true", "n": "y", "f": "t"}
_YES = "1"


def with_refusals(golden: Golden, members: Members, cleaned: Normalised) -> Golden:
    """The golden records with an opt-out wherever one of their records stands on a suppression list.

    Args:
        golden: as survivorship made them.
        members: of the clusters.
        cleaned: the whole table; its ``suppressed`` says who stands on the list.
    """
    cells, survivors = golden.cells, dict(golden.survivors)
    for column in cleaned.columns:
        channel = _FIELDS.get(column.field or "", "")
        listed = cleaned.suppressed.get(channel)
        if listed is None:
            continue
        said = members.rows.select("cluster", listed=listed.gather(members.rows["at"]))
        refused = said.group_by("cluster", maintain_order=True).agg(pl.col("listed").any()).sort("cluster")["listed"]
        survivor = survivors[column.name]
        says_yes = _says_yes(survivor.text, str(column.field))
        due = pl.DataFrame({"due": refused & ~says_yes, "text": survivor.text, "decided": survivor.decided})
        if not due["due"].any():
            continue
        word = _yes_of(cleaned.table.frame[column.name], str(column.field))
        changed = due.select(
            pl.when("due").then(pl.lit(word)).otherwise("text").alias("text"),
            pl.when("due").then(pl.lit(DECIDED)).otherwise("decided").alias("decided"),
        )
        survivors[column.name] = replace(survivor, text=changed["text"], decided=changed["decided"])
        cells = cells.with_columns(changed["text"].alias(column.name))
    return replace(golden, cells=cells, survivors=survivors)


def _says_yes(texts: pl.Series, field: str) -> pl.Series:
    known = texts.drop_nulls().unique(maintain_order=True)
    yes = [text for text in known.to_list() if FIELDS[field].parse(text, NO_HINTS).value == "yes"]
    return texts.is_in(yes).fill_null(value=False)


def _yes_of(texts: pl.Series, field: str) -> str:
    """How this column says yes: as it mostly does, else the opposite of how it says no."""
    counted = texts.drop_nulls().value_counts(sort=True, name="n").sort(["n", texts.name], descending=[True, False])
    known = counted[texts.name].to_list()
    for text in known:
        if FIELDS[field].parse(text, NO_HINTS).value == "yes":
            return str(text)
    return next((_YES_OF[text.strip().lower()] for text in known if text.strip().lower() in _YES_OF), _YES)
