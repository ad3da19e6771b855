"""What a configuration, and an export's columns, say for the record of processing activities (Art. 30 GDPR)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from crmclean.core.language import Text
from crmclean.core.registry import DIRECTORIES, FIELDS
from crmclean.directory import About
from crmclean.pipeline.preparing import read_table
from crmclean.pipeline.settings import Settings
from crmclean.stages.map import map_columns


@dataclass(frozen=True, slots=True)
class Recipient:
    """An online directory.

    Attributes:
        name: its section or plug-in.
        title: what a person reads.
        host: where it is, if the configuration says so; empty for the service's usual address.
        sent: field names: all that leaves the machine.
        cache_days: days an answer is kept; negative: as the service proposes.
        is_asked: whether every run asks it; else only with ``--online``.
    """

    name: str
    title: Text
    host: str
    sent: tuple[str, ...]
    cache_days: int
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Processing:
    """What the record is filled from. Nothing of a cell is in it.

    Attributes:
        as_of: the day it is made for.
        fields: names of the fields the export's columns hold; ``None``: no export was given.
        n_free: columns of free text, or nobody knows of what.
        recipients: in the order of their names.
        has_suppression: whether a suppression list is honoured.
        has_key: whether names of records are hashed with a key of the firm's own.
        keep_years: see ``[privacy]``.
        keep_days: likewise.
        history: whether runs are recorded in a history.
        keep_runs: of how many runs its figures are kept.
    """

    as_of: date
    fields: tuple[str, ...] | None
    n_free: int
    recipients: tuple[Recipient, ...]
    has_suppression: bool
    has_key: bool
    keep_years: int
    keep_days: int
    history: bool
    keep_runs: int


def processing_of(settings: Settings, export: str = "") -> Processing:
    """Read the configuration, and of an export the names of its columns.

    Args:
        settings: see ``Settings``.
        export: path; empty for none.

    Raises:
        InputError: the export is refused.
    """
    fields, n_free = _fields(export, settings) if export else (None, 0)
    privacy, history = settings.config.privacy, settings.config.history
    return Processing(
        as_of=settings.as_of,
        fields=fields,
        n_free=n_free,
        recipients=_recipients(settings),
        has_suppression=bool(privacy.suppression),
        has_key=bool(privacy.key_file),
        keep_years=privacy.keep_years,
        keep_days=privacy.keep_days,
        history=bool(history.name),
        keep_runs=history.keep_runs,
    )


def _fields(export: str, settings: Settings) -> tuple[tuple[str, ...], int]:
    """The fields in the order of the file, and how many columns hold what nobody can name."""
    table, _ = read_table(export, settings)
    config = settings.config
    columns = map_columns(table, dialect=config.input.dialect or None, overrides=config.columns).columns
    known = [column.field for column in columns if column.field in FIELDS and column.field != "text"]
    return tuple(dict.fromkeys(str(name) for name in known)), len(columns) - len(known)


def _recipients(settings: Settings) -> tuple[Recipient, ...]:
    config = settings.config
    asked = [name.strip() for name in config.enrich.online.split(",") if name.strip()]
    found = []
    for name in sorted({*asked, *config.directories}):
        section = config.directories.get(name)
        kind = (section.kind if section else "") or name
        if kind not in DIRECTORIES:
            continue  # refused when it is asked
        about: About = DIRECTORIES[kind].about
        host = (urlsplit(section.url).hostname or "") if section else ""
        days = section.cache_days if section else -1
        found.append(Recipient(name, about.title, host, about.asked_with, days, name in asked))
    return tuple(found)
