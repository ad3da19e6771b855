"""``erase``: one person out of a finished run, out of the state, and out of the answers kept beside it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from crmclean.core.errors import InputError
from crmclean.core.keyed_hash import check_of, keyed
from crmclean.core.language import Text
from crmclean.erasing.clusters import duplicates_without
from crmclean.erasing.gone import Gone, without
from crmclean.erasing.run import REPORTS, Counted, manifest_without, stage_run_without
from crmclean.erasing.side import read_side
from crmclean.erasing.table import Without, without_records
from crmclean.finished_run import RunFiles, Version, find_run, not_the_input, rejects_of, versions
from crmclean.formats.lookups import LOOKUPS, forget_lookups
from crmclean.formats.manifest import MANIFEST, mismatch, read_manifest, table_of, write_manifest
from crmclean.formats.matched_run import DUPLICATES, PAIRS
from crmclean.formats.outputs import OutputSet, finish_killed
from crmclean.formats.side_csv import write_side_csv
from crmclean.formats.source import shown_path
from crmclean.formats.state import STATE
from crmclean.formats.state_erasing import erasing
from crmclean.stages.undo import is_input

ERASED = "erased"  # what the manifest says of it
_KIND = "record_id"
_KEY_BYTES = 16


@dataclass(frozen=True, slots=True)
class ErasedFile:
    """One file of a run.

    Attributes:
        name: as seen from the manifest's folder.
        n_rows: of it that went.
        sha256_before: of its bytes before.
        sha256_after: and afterwards; empty: the whole file went.
    """

    name: str
    n_rows: int
    sha256_before: str
    sha256_after: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """What went.

    Attributes:
        records: keyed hashes of the record ids, in hexadecimal digits.
        n_records: records of the export that went; for a folder that numbers the records of others 0.
        files: what was written anew, or removed.
        states: rows that went from the tables of states, by the state's path.
        replaced: golden cells that hold what the records left agree on.
        emptied: golden cells that are empty now.
        kept_answers_removed: whether kept answers of directories went.
        reports: files with figures that still count the record.
        others: files in the folder that the run did not write, and that may hold the record.
        was_erased: nothing was there: all of it had been erased before.
    """

    records: tuple[str, ...]
    n_records: int = 0
    files: tuple[ErasedFile, ...] = ()
    states: Mapping[str, Mapping[str, int]] | None = None
    replaced: int = 0
    emptied: int = 0
    kept_answers_removed: bool = False
    reports: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    was_erased: bool = False


def erase_record(place: Path, ids: Sequence[str], *, key: bytes | None = None, dry_run: bool = False) -> Erasure:
    """Take records out of a run or a state; all of it, or nothing.

    Args:
        place: the folder of a run, the file ``clean -o`` wrote, a manifest, or a state.
        ids: of the records.
        key: for the hashes of the ids; one is made and kept in the manifest if left out.
        dry_run: only say what would go.

    Raises:
        InputError: ``record-not-found``, ``no-record-ids``, ``audit-mismatch``: the files are not what the run wrote.
        LockedError: another run works here.
        OutputError: can't be written; nothing has changed.
    """
    wanted = tuple(dict.fromkeys(one.strip() for one in ids))
    if place.is_file() and _is_sqlite(place):
        return _erase_from_state(place, wanted, key, dry_run=dry_run)
    folder = place if place.is_dir() else place.parent
    finish_killed(folder)
    if place.is_dir() and (place / MANIFEST).is_file():
        manifest = read_manifest(place / MANIFEST)
        if manifest.get("command") == "dedupe":
            return _Job.of_matching(place / MANIFEST, manifest, wanted, key).done(dry_run=dry_run)
    return _Job.of_run(find_run(place), wanted, key).done(dry_run=dry_run)


@dataclass(frozen=True, slots=True)
class _Job:
    """A folder, the records that go, and what is known of them."""

    run: RunFiles
    ids: tuple[str, ...]
    key: bytes
    note: Mapping[str, Any]  # the manifest's ``erased`` so far
    cut: Without | None = None
    version: Version | None = None
    id_column: str = ""

    @classmethod
    def of_matching(cls, path: Path, manifest: Mapping[str, Any], ids: tuple[str, ...], key: bytes | None) -> _Job:
        note, own = _noted(manifest, key)
        nothing = path.parent / DUPLICATES
        return cls(RunFiles(path, manifest, nothing, nothing, nothing), ids, own, note)

    @classmethod
    def of_run(cls, run: RunFiles, ids: tuple[str, ...], key: bytes | None) -> _Job:
        note, own = _noted(run.manifest, key)
        id_column = next((one["name"] for one in run.manifest["columns"] if one["field"] == "record_id"), "")
        if not id_column:
            raise InputError(
                Text("the records of this run have no ids", "die Datensätze dieses Laufs haben keine IDs"),
                code="no-record-ids",
                where=shown_path(str(run.manifest_path)),
            )
        rejects = rejects_of(run)
        for version in versions(run):
            table = table_of(run.manifest, version.frame, rejects)
            if is_input(run, table):
                cut = without_records(run, table, version, id_column, ids)
                return cls(run, ids, own, note, cut, version, id_column)
        raise not_the_input(run)

    def done(self, *, dry_run: bool) -> Erasure:
        """Do it, or only count."""
        path, folder = self.run.manifest_path, self.run.manifest_path.parent
        targets = {key: folder / file["name"] for key, file in self.run.manifest["files"].items()}
        known = self._known()
        with ExitStack() as stack:
            outputs = stack.enter_context(
                OutputSet({**targets, MANIFEST: path}, directory=folder if path.name == MANIFEST else None, force=True)
            )
            counted = self._staged(outputs)
            states = {
                shown_path(str(state)): stack.enter_context(erasing(state, self.ids, dry_run=dry_run))
                for state in _states_of(self.run.manifest, folder)
            }
            n_found = sum(counted.rows.values()) + sum(sum(removed.values()) for removed in states.values())
            if not n_found:
                if known:
                    return Erasure(self._hashes(), was_erased=True)
                raise _not_found(path, len(self.ids))
            manifest, files = self._manifest(outputs, counted)
            others = _others(folder, self.run.manifest) if path.name == MANIFEST else ()
            has_answers = path.name == MANIFEST and (folder / LOOKUPS).exists()
            if not dry_run:
                with outputs.open(MANIFEST) as sink:
                    write_manifest(manifest, sink)
                if counted.dropped:
                    outputs.remove_old(self.run.manifest["files"][key]["name"] for key in counted.dropped)
                outputs.commit()
                if has_answers:
                    forget_lookups(folder)
        return Erasure(
            records=self._hashes(),
            n_records=len(self.cut.gone.rows) if self.cut and self.cut.gone.rows is not None else 0,
            files=files,
            states=states,
            replaced=counted.replaced,
            emptied=counted.emptied,
            kept_answers_removed=has_answers,
            reports=tuple(name for name in REPORTS if name in self.run.manifest["files"]),
            others=others,
        )

    def _staged(self, outputs: OutputSet) -> Counted:
        if self.cut is not None and self.version is not None:
            return stage_run_without(self.run, self.version, self.cut, self.id_column, outputs)
        return _stage_matching(self.run, self.ids, outputs)

    def _manifest(self, outputs: OutputSet, counted: Counted) -> tuple[dict[str, Any], tuple[ErasedFile, ...]]:
        old = self.run.manifest
        found = manifest_without(old, self.cut, counted) if self.cut else dict(old)
        if self.cut is None:
            found["counts"] = {**old["counts"], **counted.counts}
        files, told = {}, []
        for key, file in old["files"].items():
            if key in counted.dropped:
                told.append(ErasedFile(file["name"], counted.rows.get(key, 0), file["sha256"], ""))
                continue
            after = outputs.sha256.get(key, file["sha256"])
            files[key] = {**file, "sha256": after}
            if after != file["sha256"]:
                told.append(ErasedFile(file["name"], counted.rows.get(key, 0), file["sha256"], after))
        found["files"] = files
        removed = {name: n for name, n in counted.rows.items() if n}
        entry = {"records": list(self._hashes()), "removed": removed}
        is_own = bool(self.note.get("key"))
        found[ERASED] = {
            "check": check_of(self.key),
            "key": self.key.hex() if is_own else "",
            "entries": [*self.note.get("entries", ()), entry],
        }
        return found, tuple(told)

    def _hashes(self) -> tuple[str, ...]:
        return tuple(keyed(self.key, _KIND, one).hex() for one in self.ids)

    def _known(self) -> bool:
        before = {record for entry in self.note.get("entries", ()) for record in entry["records"]}
        return set(self._hashes()) <= before


def _noted(manifest: Mapping[str, Any], key: bytes | None) -> tuple[Mapping[str, Any], bytes]:
    """What earlier erasures left in the manifest, and the key they were, or this one is, noted with."""
    note = manifest.get(ERASED, {})
    if note.get("key"):
        return note, bytes.fromhex(note["key"])
    if key is None and note:
        raise InputError(
            Text(
                "an earlier erasure was noted with a key of your own",
                "ein früheres Löschen wurde mit einem eigenen Schlüssel vermerkt",
            ),
            code="key-unusable",
            hint=Text("name it with --key-file", "mit --key-file angeben"),
        )
    if key is None:
        made = secrets.token_bytes(_KEY_BYTES)
        return {"key": made.hex()}, made
    if note and note["check"] != check_of(key):
        raise InputError(
            Text("earlier erasures were noted with another key", "frühere Löschungen haben einen anderen Schlüssel"),
            code="key-unusable",
        )
    return note, key


def _stage_matching(run: RunFiles, ids: Sequence[str], outputs: OutputSet) -> Counted:
    """The files of a folder that numbers the records of exports it did not write: the numbers stay."""
    counted, gone = Counted(), Gone(frozenset(ids))
    for key in run.manifest["files"]:
        frame = read_side(run, key) if key.endswith(".csv") else None
        if frame is None:
            what = Text("a file of the run can't be read", "eine Datei des Laufs ist nicht lesbar")
            raise mismatch(run.manifest_path.parent / key, what)
        left, counted.rows[key] = duplicates_without(frame, gone, None) if key == DUPLICATES else without(frame, gone)
        with outputs.open(key) as sink:
            write_side_csv(left, sink)
        if key == PAIRS:
            old = run.manifest["counts"]["pairs"]
            counted.counts["pairs"] = {band: int((left["band"] == band).sum()) for band in old}
        if key == DUPLICATES:
            counted.counts |= {"clusters": left["cluster_id"].n_unique(), "clustered": left.height}
    return counted


def _erase_from_state(path: Path, ids: tuple[str, ...], key: bytes | None, *, dry_run: bool) -> Erasure:
    with erasing(path, ids, dry_run=dry_run) as removed:
        if not sum(removed.values()):
            raise _not_found(path, len(ids))
    own = key or secrets.token_bytes(_KEY_BYTES)
    return Erasure(tuple(keyed(own, _KIND, one).hex() for one in ids), states={shown_path(str(path)): removed})


def _states_of(manifest: Mapping[str, Any], folder: Path) -> list[Path]:
    """The state a run used: in its folder, or where ``--against`` said."""
    recorded = str(manifest.get("settings", {}).get("state", ""))
    typed = PurePosixPath(recorded)
    likely = [folder / STATE, *([Path(typed), folder.parent / typed, folder / typed.name] if recorded else [])]
    found: dict[Path, Path] = {}
    for path in likely:
        if path.is_file():
            found.setdefault(path.resolve(), path)
    return list(found.values())


def _others(folder: Path, manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """Files in the folder that the run did not write: review sheets, restored originals, notes."""
    own = {file["name"] for file in manifest["files"].values()} | {MANIFEST, STATE}
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    return tuple(shown_path(name) for name in names if name not in own and not name.startswith(".crmclean"))


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\x00"


def _not_found(path: Path, n: int) -> InputError:
    return InputError(
        Text(
            "no record of this id is here" if n == 1 else f"no record of these {n} ids is here",
            "einen Datensatz dieser ID gibt es hier nicht"
            if n == 1
            else f"einen Datensatz dieser {n} IDs gibt es hier nicht",
        ),
        code="record-not-found",
        where=shown_path(str(path)),
    )


def proof(done: Erasure, day: str, *, is_planned: bool) -> dict[str, Any]:
    """What went, as JSON values: no id, no value, only keyed hashes, names of files and counts.

    Args:
        done: see ``Erasure``.
        day: on which it was done, ISO 8601.
        is_planned: nothing was done yet.
    """
    return {
        "schema_version": "1",
        "date": day,
        "planned": is_planned,
        "records": list(done.records),
        "n_records": done.n_records,
        "already_erased": done.was_erased,
        "files": [
            {
                "name": file.name,
                "rows_removed": file.n_rows,
                "sha256_before": file.sha256_before,
                "sha256_after": file.sha256_after or None,
            }
            for file in done.files
        ],
        "states": [{"name": name, "rows_removed": dict(removed)} for name, removed in (done.states or {}).items()],
        "golden_cells": {"replaced": done.replaced, "emptied": done.emptied},
        "kept_answers_removed": done.kept_answers_removed,
        "reports_unchanged": list(done.reports),
        "other_files": list(done.others),
    }
