"""HubSpot: pairs in the order they must be merged. A merge there can't be undone, and its result has a new id.

Source: CRM API ``POST /crm/v3/objects/{type}/merge`` with ``{primaryObjectId, objectIdToMerge}``.
"""

from __future__ import annotations

import polars as pl

from crmclean.core.language import Text
from crmclean.crm_files._upsert import by_id, groups_of, remarks, side_bytes, spread
from crmclean.merge_back import CrmFile, Made, MergeBack

_FOREVER = Text(
    "HubSpot can't undo a merge, and the merged record has a new id: where after_step names a step, take the id that "
    "step gave as primaryObjectId",
    "HubSpot kann Zusammenführungen nicht zurücknehmen, und der Datensatz bekommt eine neue ID: Wo after_step einen "
    "Schritt nennt, dessen neue ID als primaryObjectId nehmen",
)


def make(back: MergeBack) -> Made:
    """``hubspot_merge.csv`` (one pair a row, in this order) and ``hubspot_update.csv`` (import before the merges)."""
    pairs = spread(groups_of(back, 2), ("objectIdToMerge",)).with_columns(step=pl.int_range(1, pl.len() + 1))
    steps = pairs.select(
        step="step",
        objectType="object",
        primaryObjectId="winner_id",
        objectIdToMerge="objectIdToMerge",
        after_step=pl.when(pl.col("turn") > 0).then(pl.col("step") - 1),
    )
    return Made(
        {"hubspot_merge.csv": side_bytes(steps), "hubspot_update.csv": side_bytes(by_id(back))},
        (*remarks(back), _FOREVER),
    )


CRM_FILE = CrmFile("hubspot", "HubSpot", make)
