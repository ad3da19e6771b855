"""Zoho CRM: updates by ``Record Id`` in files no import refuses for their length, and the pairs to merge by hand.

Source: Zoho's import limits (see the dialect); "Find and Merge Duplicates" has no import.
"""

from __future__ import annotations

from crmclean.crm_files._upsert import by_id, groups_of, limits, remarks, side_bytes, spread
from crmclean.merge_back import CrmFile, Made, MergeBack

_READ_ONLY = ("Created Time", "Modified Time", "Last Activity Time", "Created By", "Modified By")


def make(back: MergeBack) -> Made:
    """``zoho_update.csv`` (numbered where one would be too long) and ``zoho_merge.csv``."""
    update = by_id(back, without=_READ_ONLY)
    most = limits("zoho").max_rows_csv or max(update.height, 1)
    starts = range(0, max(update.height, 1), most)
    files = {
        f"zoho_update{f'_{number}' if len(starts) > 1 else ''}.csv": side_bytes(update.slice(start, most))
        for number, start in enumerate(starts, start=1)
    }
    pairs = spread(groups_of(back, 2), ("merge",)).select(keep="winner_id", merge="merge")
    return Made({**files, "zoho_merge.csv": side_bytes(pairs)}, remarks(back))


CRM_FILE = CrmFile("zoho", "Zoho CRM", make)
