"""Salesforce: merge calls of one master and at most two others, and the masters' new values.

Sources: Apex ``Database.merge`` and SOAP ``merge()`` (lead, contact, account; three records, the master first; the
others keep ``MasterRecordId``); Data Loader upsert by ``Id``.
"""

from __future__ import annotations

import polars as pl

from crmclean.core.language import Text
from crmclean.crm_files._upsert import by_id, groups_of, limit_of, remarks, side_bytes, spread
from crmclean.merge_back import CrmFile, Made, MergeBack

_TYPES = ("account", "contact", "lead")  # that merge() takes
# What Salesforce sets itself; an update that names one of them is refused as a whole.
_READ_ONLY = (
    "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp", "LastActivityDate",
    "LastViewedDate", "LastReferencedDate", "IsDeleted", "MasterRecordId", "PhotoUrl", "CleanStatus", "JigsawCompanyId",
    "IsConverted", "ConvertedDate", "IsEmailBounced",
)  # fmt: skip


def make(back: MergeBack) -> Made:
    """``salesforce_merge.csv`` (one merge call a row, in this order) and ``salesforce_update.csv``."""
    groups = spread(groups_of(back, limit_of("salesforce", 3)), ("MergeRecordId1", "MergeRecordId2"))
    calls = groups.select(
        Step=pl.int_range(1, pl.len() + 1),
        Type=pl.col("object").str.to_titlecase(),
        MasterRecordId="winner_id",
        MergeRecordId1="MergeRecordId1",
        MergeRecordId2="MergeRecordId2",
    )
    said = remarks(back)
    if not groups["object"].is_in(_TYPES).all():
        said = (
            *said,
            Text(
                "Salesforce merges accounts, contacts and leads; which of them these are the export does not say",
                "Salesforce führt Accounts, Kontakte und Leads zusammen; was das hier ist, sagt der Export nicht",
            ),
        )
    update = by_id(back, without=_READ_ONLY)
    return Made({"salesforce_merge.csv": side_bytes(calls), "salesforce_update.csv": side_bytes(update)}, said)


CRM_FILE = CrmFile("salesforce", "Salesforce", make)
