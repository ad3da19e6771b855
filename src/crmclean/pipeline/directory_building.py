"""``directory build``: one file out of lists of companies."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from crmclean.cdir.assembly import Pool, drafted, joined, pool_of
from crmclean.cdir.file import SUFFIX
from crmclean.cdir.records import COMPOSITE, Listed, listed, with_parts
from crmclean.cdir.sources import SourceSpec, load_source
from crmclean.cdir.succession import continued, entries_in
from crmclean.cdir.writing import Draft, write_directory
from crmclean.config.model import InputSection
from crmclean.core.errors import InputError, UsageError
from crmclean.core.language import Text
from crmclean.formats.output_errors import missing_folder, output_failed, refused_target
from crmclean.pipeline.preparing import clean_table, read_table
from crmclean.pipeline.settings import Settings
from crmclean.stages.map import map_columns


@dataclass(frozen=True, slots=True)
class Built:
    """What a build brought.

    Attributes:
        n_companies: in the directory.
        n_faces: names and addresses they are known by.
        n_rows: of all lists, by source name.
        n_left_out: rows that name no company, by source name.
        unused: headers of columns nobody knows what to do with, by source name.
        n_merged: rows that tell of a company another row told of already.
        n_contradicting: rows with the id of another company that other ids tell apart.
        n_kept: companies with the id they had in an earlier directory.
        changes: what became of companies since, by kind.
        size_bytes: of the file.
    """

    n_companies: int
    n_faces: int
    n_rows: dict[str, int]
    n_left_out: dict[str, int]
    unused: dict[str, tuple[str, ...]]
    n_merged: int
    n_contradicting: int
    n_kept: int
    changes: dict[str, int]
    size_bytes: int


def build_directory(
    sources: Sequence[str], out: Path, settings: Settings, *, previous: Path | None = None, force: bool = False
) -> Built:
    """Build a directory file from lists of companies.

    Args:
        sources: lists, or the TOMLs that describe them; the more trusted first.
        out: the file to write.
        settings: see ``Settings``.
        previous: an earlier directory, whose ids are kept; the file at ``out`` if there is one.
        force: write over a file that is no directory. To give new ids, delete the old directory first.

    Raises:
        InputError, ConfigError: a list or its TOML is refused.
        UsageError: ``usage``: the output is one of the inputs, or exists and is no directory.
        OutputError: it can't be written; a file that was there stays.
    """
    _require_free(out, sources, force=force)
    earlier = previous or (out if out.exists() and _is_directory_file(out) else None)
    draft, built = _drafted(sources, out.parent, settings, earlier)
    if not draft.companies.height:
        what = Text("these lists name no company", "diese Listen nennen keine Firma")
        raise InputError(what, code="directory-file", where=", ".join(sources))
    with settings.progress(Text("writing the directory", "Verzeichnis schreiben")):
        _write(draft, out, settings)
    return replace(built, size_bytes=out.stat().st_size)


def _drafted(sources: Sequence[str], folder: Path, settings: Settings, earlier: Path | None) -> tuple[Draft, Built]:
    """The companies of all lists; what was read for them is let go of, for it needs more memory than they do."""
    lists = _told_apart([_listed(place, settings) for place in sources])
    date = max((one.spec.date for one in lists), default="") or settings.as_of.isoformat()
    n_rows = {one.spec.name: one.rows.height for one in lists}
    n_left_out = {one.spec.name: one.n_left_out for one in lists}
    unused = {one.spec.name: one.unused for one in lists}
    pool = _pooled(lists, folder, settings)
    lists.clear()
    n_companies = pool.rows["entry"].n_unique()
    n_known = 0
    if earlier is not None:
        with settings.progress(
            Text("comparing with the earlier directory", "mit dem früheren Verzeichnis vergleichen")
        ):
            pool, n_known = continued(pool, earlier, date)
    with settings.progress(Text("putting companies together", "Firmen zusammenstellen")):
        draft = drafted(pool)
    told = pool.history.slice(n_known).group_by("kind").len().sort("kind").rows()
    return draft, Built(
        n_companies=draft.companies.height,
        n_faces=draft.faces.height,
        n_rows=n_rows,
        n_left_out=n_left_out,
        unused=unused,
        n_merged=sum(n_rows.values()) - n_companies,
        n_contradicting=pool.n_contradicting,
        n_kept=pool.known_ids.height,
        changes={str(kind): int(n) for kind, n in told},
        size_bytes=0,
    )


def _told_apart(lists: Sequence[Listed]) -> list[Listed]:
    """The lists under different names."""
    names: dict[str, int] = {}
    found = []
    for one in lists:
        n = names[one.spec.name] = names.get(one.spec.name, 0) + 1
        found.append(one if n == 1 else replace(one, spec=replace(one.spec, name=f"{one.spec.name}_{n}")))
    return found


def _listed(place: str, settings: Settings) -> Listed:
    """One list, read and judged."""
    spec, path = load_source(place)
    given = replace(settings.config.input, country=spec.country or settings.config.input.country, entity="company")
    told = _settings(settings, given, spec, {})
    table, _ = read_table(str(path), told)
    unknown = [column for column in (*spec.columns, *spec.facts.values()) if column not in table.names]
    if unknown:
        raise InputError(
            Text(f"no column is called {unknown[0]!r}", f"keine Spalte heißt {unknown[0]!r}"),
            code="directory-source",
            hint=Text("columns: " + ", ".join(table.names), "Spalten: " + ", ".join(table.names)),
            where=place,
        )
    with settings.progress(Text("mapping columns", "Spalten zuordnen")):
        mapped = map_columns(table, overrides=told.config.columns)
    whole = next((column.name for column in mapped.columns if column.field == COMPOSITE and not column.group), None)
    parts: dict[str, str] = {}
    if whole:
        table, parts = with_parts(table, whole, given.country)
    facts = {column: "" for column in spec.facts.values() if column not in spec.columns}
    return listed(clean_table(table, _settings(settings, given, spec, facts | parts)), spec)


def _settings(settings: Settings, given: InputSection, spec: SourceSpec, more: dict[str, str]) -> Settings:
    columns = {**settings.config.columns, **spec.columns, **more}
    return replace(settings, config=replace(settings.config, input=given, columns=columns))


def _pooled(lists: Sequence[Listed], folder: Path, settings: Settings) -> Pool:
    """All lists together: each is looked up in those before it."""
    pool = pool_of(lists[0])
    for more in map(pool_of, lists[1:]):
        title = Text("comparing the lists", "Listen vergleichen")
        with settings.progress(title), _room(folder) as place:
            so_far = Path(place) / f"so_far{SUFFIX}"
            with _told(folder):
                write_directory(drafted(pool), so_far, {"as_of": settings.as_of.isoformat(), "fingerprint": ""})
            pool = joined(pool, more, entries_in(so_far, drafted(more)))
    return pool


def _write(draft: Draft, out: Path, settings: Settings) -> None:
    """Write the file beside its place and move it there, so that a reader sees the old one or the new one."""
    with _room(out.parent) as room, _told(out):
        place = Path(room) / out.name
        write_directory(draft, place, {"as_of": settings.as_of.isoformat(), "fingerprint": _fingerprint(draft)})
        place.chmod(0o600)
        place.replace(out)


@contextmanager
def _room(folder: Path) -> Iterator[str]:
    """A folder beside the output, for files that are not finished."""
    try:
        room = tempfile.TemporaryDirectory(dir=folder, prefix=".crmclean-directory-", ignore_cleanup_errors=True)
    except OSError as error:
        raise output_failed(folder, error) from None
    with room as place:
        yield place


@contextmanager
def _told(place: Path) -> Iterator[None]:
    """Failures to write in our words."""
    try:
        yield
    except sqlite3.OperationalError:  # SQLite does not say more
        raise refused_target(
            place, Text("no space, or no right to write", "kein Platz oder kein Schreibrecht")
        ) from None
    except OSError as error:
        raise output_failed(place, error) from None


def _fingerprint(draft: Draft) -> str:
    """Of all that the directory says."""
    digest = hashlib.sha256()
    for frame in (draft.companies, draft.faces, draft.history):
        for column in frame.iter_columns():
            digest.update(f"{column.name}\0".encode())
            digest.update(
                "\0".join("\x01" if text is None else text for text in column.cast(pl.String).to_list()).encode()
            )
    return digest.hexdigest()[:32]


def _require_free(out: Path, sources: Sequence[str], *, force: bool) -> None:
    if not out.parent.is_dir():
        raise missing_folder(out.parent)
    if len({Path(place).resolve() for place in sources}) < len(sources):
        what = Text("one list is named twice", "eine Liste ist doppelt angegeben")
        raise UsageError(what, code="same-file", hint=Text("name each once", "jede einmal angeben"))
    if any(Path(place).exists() and out.exists() and Path(place).samefile(out) for place in sources):
        what = Text("the output is one of the inputs", "die Ausgabe ist eine der Eingaben")
        raise UsageError(what, code="same-file", where=str(out))
    if out.exists() and not force and not _is_directory_file(out):
        what = Text("there is another file already", "hier liegt schon eine andere Datei")
        raise UsageError(
            what, code="output-exists", hint=Text("--force writes over it", "--force überschreibt sie"), where=str(out)
        )


def _is_directory_file(path: Path) -> bool:
    from crmclean.cdir.file import DirectoryFile

    try:
        DirectoryFile(path).close()
    except InputError:
        return False
    return True
