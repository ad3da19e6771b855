"""Odoo: what the merge wizard of the contacts app takes at once, three records at most.

Source: ``base.partner.merge.automatic.wizard``, which refuses more than three contacts at a time; import by ``id``.
"""

from __future__ import annotations

from crmclean.crm_files._upsert import by_id, groups_of, limit_of, remarks, side_bytes, spread
from crmclean.merge_back import CrmFile, Made, MergeBack

_READ_ONLY = ("create_date", "write_date", "Erstellt am", "Zuletzt aktualisiert am")


def make(back: MergeBack) -> Made:
    """``odoo_merge.csv`` (one use of the wizard a row) and ``odoo_update.csv`` (an import by ``id``)."""
    groups = spread(groups_of(back, limit_of("odoo", 3)), ("merge_1", "merge_2"))
    uses = groups.select(destination="winner_id", merge_1="merge_1", merge_2="merge_2")
    update = by_id(back, without=_READ_ONLY)
    return Made({"odoo_merge.csv": side_bytes(uses), "odoo_update.csv": side_bytes(update)}, remarks(back))


CRM_FILE = CrmFile("odoo", "Odoo", make)
