"""The duplicates a job found: whether they are of this export, how it was read, and its clusters, edited or not."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from crmclean.config.model import Config, InputSection
from crmclean.core.errors import CrmCleanError, InputError
from crmclean.core.language import Text
from crmclean.formats.manifest import MANIFEST, mismatch, read_manifest
from crmclean.formats.matched_run import DUPLICATES
from crmclean.formats.outputs import finish_killed
from crmclean.formats.source import shown_path
from crmclean.merging.clusters import typed_clusters
from crmclean.pipeline.settings import repeated
from crmclean.plugins import ReadOptions
from crmclean.stages.read import read

_AGAIN = Text("find them anew: `crmclean dedupe EXPORT -o DIR`", "neu suchen: `crmclean dedupe EXPORT -o ORDNER`")


def found_manifest(duplicates: Path) -> Mapping[str, Any]:
    """The manifest of a job that looked for duplicates.

    Raises:
        InputError: ``file-not-found``, ``audit-mismatch``.
    """
    finish_killed(duplicates)
    manifest = read_manifest(duplicates / MANIFEST)
    if DUPLICATES not in manifest.get("files", {}):
        what = Text("this run looked for no duplicates", "dieser Lauf hat keine Dubletten gesucht")
        raise mismatch(duplicates / MANIFEST, what, _AGAIN)
    return manifest


def recorded_config(duplicates: Path) -> Config | None:
    """The configuration the duplicates were found with, so that nobody has to give it twice; ``None`` if unknown."""
    manifest = found_manifest(duplicates)
    try:
        as_of = date.fromisoformat(manifest["as_of"])
        return repeated(manifest["settings"], as_of, manifest["config_sha256"]).config
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def beside_recorded(given: Config, recorded: Config | None) -> Config:
    """The given configuration, with what it leaves open as it was when the duplicates were found."""
    if recorded is None:
        return given
    is_open = given.input == InputSection()
    return replace(
        given,
        input=recorded.input if is_open else given.input,
        columns=given.columns or recorded.columns,
        style=given.style or recorded.style,
    )


def require_same(sha256: str, manifest: Mapping[str, Any], path: str, duplicates: Path) -> None:
    """Refuse an export in which these duplicates were not found; the run's own cleaned file has the same records."""
    inputs = manifest.get("inputs") or [manifest.get("input", {})]
    if len(inputs) > 1:
        what = Text("these duplicates stand in several exports", "diese Dubletten stehen in mehreren Exporten")
        hint = Text(
            "put the exports into one file with a column for the source, then dedupe and merge that",
            "die Exporte mit einer Spalte für die Herkunft in eine Datei legen, diese prüfen und zusammenführen",
        )
        raise mismatch(duplicates / MANIFEST, what, hint)
    known = [one.get("sha256") for one in inputs]
    known += [manifest.get("files", {}).get("cleaned", {}).get("sha256")]
    if sha256 not in known:
        name = shown_path(str(inputs[0].get("name", "")))
        what = Text(
            f"the duplicates were found in {name}, and this is another file or it has changed since",
            f"die Dubletten wurden in {name} gefunden; das ist eine andere Datei, oder sie hat sich seither geändert",
        )
        typed, folder = shown_path(path), shown_path(str(duplicates))
        hint = Text(
            f"find them in this one: `crmclean dedupe {typed} -o {folder}`",
            f"in dieser suchen: `crmclean dedupe {typed} -o {folder}`",
        )
        raise InputError(what, code="audit-mismatch", hint=hint, where=typed)


def sha256_of(path: Path) -> str:
    """Of a file; empty where it can't be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""  # the reader says what is wrong with it


def clusters_of(folder: Path, manifest: Mapping[str, Any]) -> tuple[pl.DataFrame, bool]:
    """The clusters, and whether somebody has edited them: then they are read as any table a person saved."""
    path = folder / DUPLICATES
    if not path.is_file():
        what = Text("a file of the run is missing", "eine Datei des Laufs fehlt")
        raise mismatch(path, what, _AGAIN)
    is_own = sha256_of(path) == manifest["files"][DUPLICATES]["sha256"]
    texts = side_texts(path) if is_own else None
    if texts is None:
        try:
            texts = read(str(path), ReadOptions()).frame
        except CrmCleanError as error:
            raise mismatch(path, error.what, _AGAIN) from None
    return typed_clusters(texts, shown_path(str(path))), not is_own


def side_texts(path: Path) -> pl.DataFrame | None:
    """A side file as text; ``None`` if there is none, or it is no table."""
    try:
        return pl.read_csv(path, infer_schema=False, glob=False)
    except (OSError, pl.exceptions.PolarsError):
        return None
