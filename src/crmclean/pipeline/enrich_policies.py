"""The policies of an enrichment: from configuration, command line and earlier enrichments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from crmclean.config.enrich_rules import wrong_in_enrich
from crmclean.core.errors import UsageError
from crmclean.core.language import Text
from crmclean.core.nearest import nearest
from crmclean.enriching.policies import WRITTEN_SCHEMA, Policies, written_before
from crmclean.formats.manifest import MANIFEST, mismatch, read_manifest
from crmclean.pipeline.jobs import listed_file
from crmclean.pipeline.settings import Settings
from crmclean.stages.write import ENRICHED, ENRICHMENT
from crmclean.table import Normalised

_AGAIN = Text("name a folder that `crmclean enrich -o` wrote", "einen Ordner von `crmclean enrich -o` angeben")


def with_policies(settings: Settings, given: Mapping[str, str]) -> Settings:
    """The settings with other policies of fields.

    Args:
        settings: see ``Settings``.
        given: field = policy; ``*`` for all that have none of their own.

    Raises:
        UsageError: ``usage``: no such field or policy.
    """
    default = given.get("*", settings.config.enrich.policy)
    named = {name: policy for name, policy in given.items() if name != "*"}
    section = replace(settings.config.enrich, policy=default, fields={**settings.config.enrich.fields, **named})
    for wrong in wrong_in_enrich(section):
        shown = ", ".join(wrong.known)
        known = Text(f"possible: {shown}", f"möglich: {shown}")
        raise UsageError(wrong.what, code="usage", hint=nearest(wrong.given, wrong.known, known), where="--policy")
    return replace(settings, config=replace(settings.config, enrich=section))


def policies_of(cleaned: Normalised, settings: Settings, previous: Sequence[Path]) -> Policies:
    """What happens to a cell, and which cells are this tool's own.

    Args:
        cleaned: the export.
        settings: see ``Settings``.
        previous: folders of earlier enrichments, the oldest first.

    Raises:
        InputError: ``file-not-found``, ``audit-mismatch``: no enrichment, or its files were changed since.
    """
    section = settings.config.enrich
    written = written_before(cleaned, [_earlier(folder) for folder in previous])
    return Policies(section.policy, section.fields, written if previous else pl.DataFrame(schema=WRITTEN_SCHEMA))


def _earlier(folder: Path) -> tuple[pl.DataFrame, str]:
    """What an earlier enrichment wrote, and the hash of the file it made.

    Raises:
        InputError: ``file-not-found``, ``audit-mismatch``: no enrichment, or its files were changed since.
    """
    manifest = read_manifest(folder / MANIFEST)
    files = manifest.get("files", {})
    if ENRICHMENT not in files:
        what = Text("this run did not enrich anything", "dieser Lauf hat nichts angereichert")
        raise mismatch(folder / MANIFEST, what, _AGAIN)
    made = files.get(ENRICHED) or files.get("cleaned") or {}
    return listed_file(folder, ENRICHMENT, manifest), str(made.get("sha256", ""))
