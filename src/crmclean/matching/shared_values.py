"""Values that many different entities share: they prove little, and a steward wants to know them."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from crmclean.comparers._free_mail import FREE_MAIL
from crmclean.core.summary import SharedValue
from crmclean.core.wording import DOMAIN
from crmclean.evidence import Subjects

MOST_LISTED = 10
_EXAMPLES = 5
# Facets, the field a reader knows them by, and from how many different entities on a value is worth a look: colleagues
# share a switchboard and a domain, a mailbox hardly ever.
_FACETS = (("phone", "phone", 10), ("email", "email", 5), ("domain", DOMAIN, 50), ("street", "street", 10))


def shared_values(subjects: Subjects, entity_of: pl.Series) -> list[SharedValue]:
    """The most shared values of a file, over all facets by which strangers meet.

    Args:
        subjects: the records as they were compared.
        entity_of: ``UInt32``, n_rows: the entity of each.

    A free-mail domain is known to be shared and not listed. An address counts with its postal code.
    """
    have = [one for one in _FACETS if one[0] in subjects.facets.columns]
    found = [value for facet, field, least in have for value in _of(subjects, entity_of, facet, field, least)]
    return sorted(found, key=lambda value: (-value.entities, value.field, value.rows))[:MOST_LISTED]


def _of(subjects: Subjects, entity_of: pl.Series, facet: str, field: str, least: int) -> Iterator[SharedValue]:
    columns = subjects.facets.select(value=facet, entity=entity_of)
    if facet == "street":
        place = "postal_code" if "postal_code" in subjects.facets.columns else "city"
        if place not in subjects.facets.columns:
            return
        columns = columns.with_columns(value=pl.concat_str(pl.col("value"), subjects.facets[place], separator=" "))
    rows = columns.with_row_index("at").filter(subjects.facets["entity"].is_not_null())
    if facet in subjects.values:
        rows = rows.explode("value", empty_as_null=True, keep_nulls=True)
    if facet == "domain":
        rows = rows.filter(~pl.col("value").is_in(list(FREE_MAIL)))
    counted = (
        rows.drop_nulls("value")
        .group_by("value", maintain_order=True)
        .agg(
            records=pl.col("at").n_unique(),
            entities=pl.col("entity").n_unique(),
            rows=(pl.col("at") + 1).head(_EXAMPLES),
        )
        .filter(pl.col("entities") >= least)
        .sort("entities", "records", descending=True, maintain_order=True)
        .head(MOST_LISTED)
    )
    for records, entities, first in counted.select("records", "entities", "rows").iter_rows():
        yield SharedValue(field, records, entities, tuple(first))
