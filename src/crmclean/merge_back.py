"""The contract of the files a CRM's own merge takes: one module a CRM in ``crmclean/crm_files``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from crmclean.core.language import Text
from crmclean.table import Column, Table


@dataclass(frozen=True, slots=True)
class MergeBack:
    """What was merged, for the files that carry it into a CRM.

    Attributes:
        table: the export as read.
        columns: its columns and their fields.
        dialect: name of the CRM that wrote it, or ``unknown``.
        object: what the records are in that CRM (``account``), or ``company``, ``person``, ``contact``; n_clusters.
        before: n_clusters x n_columns: the surviving records as they were.
        golden: n_clusters x n_columns: the surviving records as they are to be.
        losers: ``cluster`` (position in ``golden``), ``winner_id``, ``loser_id``; sorted by cluster, then row.
        has_ids: whether the ids are the CRM's; else they are row numbers of the export.
    """

    table: Table
    columns: tuple[Column, ...]
    dialect: str
    object: pl.Series
    before: pl.DataFrame
    golden: pl.DataFrame
    losers: pl.DataFrame
    has_ids: bool


@dataclass(frozen=True, slots=True)
class Made:
    """What a CRM's module makes.

    Attributes:
        files: name to bytes.
        remarks: what a person must know before the files are used.
    """

    files: Mapping[str, bytes]
    remarks: tuple[Text, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class CrmFile:
    """The merge files of one CRM. ``CRM_FILE`` of a module in ``crmclean/crm_files``; file name = dialect name.

    Attributes:
        name: equal to the module's file name and, where there is one, the dialect's.
        title: what a person reads.
        make: what goes into the CRM; pure, no clock.
    """

    name: str
    title: str
    make: Callable[[MergeBack], Made]
