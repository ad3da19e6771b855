"""Pipedrive: pairs of ids, the one that goes merged into the one that stays.

Source: API ``PUT /organizations/{id}/merge`` and ``PUT /persons/{id}/merge`` with ``merge_with_id``: the record in the
path goes, the one in the body stays.
"""

from __future__ import annotations

import polars as pl

from crmclean.crm_files._upsert import by_id, groups_of, remarks, side_bytes, spread
from crmclean.merge_back import CrmFile, Made, MergeBack

_PATHS = {"organization": "organizations", "company": "organizations", "person": "persons", "contact": "persons"}


def make(back: MergeBack) -> Made:
    """``pipedrive_merge.csv`` (one call a row) and ``pipedrive_update.csv``."""
    pairs = spread(groups_of(back, 2), ("id",)).select(
        endpoint=pl.col("object").replace(_PATHS), id="id", merge_with_id="winner_id"
    )
    return Made(
        {"pipedrive_merge.csv": side_bytes(pairs), "pipedrive_update.csv": side_bytes(by_id(back))}, remarks(back)
    )


CRM_FILE = CrmFile("pipedrive", "Pipedrive", make)
