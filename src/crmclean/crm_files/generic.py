"""Any CRM: the changed surviving records, as an import that updates by id takes them."""

from __future__ import annotations

from crmclean.core.registry import WRITERS
from crmclean.crm_files._upsert import as_exported, remarks, updates
from crmclean.formats.manifest import written_format
from crmclean.merge_back import CrmFile, Made, MergeBack


def make(back: MergeBack) -> Made:
    """One file in the format of the export; the records that go are in ``merge_map.csv``."""
    suffix = WRITERS[written_format(back.table.file.format)].suffix
    return Made({f"upsert{suffix}": as_exported(back, updates(back))}, remarks(back))


CRM_FILE = CrmFile("generic", "any CRM", make)
