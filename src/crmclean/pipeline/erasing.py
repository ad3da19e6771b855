"""``erase``: one person out of a finished run, out of the state, and out of the answers kept beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crmclean.core.errors import InputError, UsageError
from crmclean.core.language import Text
from crmclean.erasing.matching import stage_matching_without
from crmclean.erasing.run import REPORTS, Counted, manifest_without, stage_run_without
from crmclean.erasing.searching import Searched, search
from crmclean.erasing.table import Without, without_records
from crmclean.finished_run import RunFiles, Version, find_run, not_the_input, rejects_of, versions
from crmclean.formats.lookups import LOOKUPS, forget_lookups
from crmclean.formats.manifest import MANIFEST, read_manifest, table_of, write_manifest
from crmclean.formats.matched_run import DUPLICATES
from crmclean.formats.outputs import OutputSet, finish_killed
from crmclean.formats.source import shown_path
from crmclean.formats.state_erasing import erasing
from crmclean.pipeline.erasing_notes import ERASED, hashes_of, new_key, note_of, noted
from crmclean.pipeline.erasing_places import is_sqlite, others_in, places_to_search, states_not_found, states_of
from crmclean.pipeline.erasure import ErasedFile, Erasure
from crmclean.stages.undo import is_input


def erase_record(place: Path, ids: Sequence[str], *, key: bytes | None = None, dry_run: bool = False) -> Erasure:
    """Take records out of a run or a state.

    All states are locked against everybody, and their rows deleted, before the first file is put in place: all of it or
    nothing, but for a disk that fails at the very last, when the files are in place and a state is to be committed. The
    error says which; the same call again does the rest.

    Args:
        place: the folder of a run, the file ``clean -o`` wrote, a manifest, or a state.
        ids: of the records.
        key: for the hashes of the ids; one is made and kept in the manifest if left out.
        dry_run: only say what would go.

    Raises:
        InputError: ``record-not-found``, ``no-record-ids``, ``audit-mismatch``: the files are not what the run wrote.
        LockedError: another run works here, or somebody reads a state.
        UsageError: ``usage``: an empty id.
        OutputError: can't be written; nothing has changed.
    """
    wanted = tuple(dict.fromkeys(one.strip() for one in ids))
    if not all(wanted):
        raise UsageError(
            Text("--record is empty, and would mean every record without an id",
                 "--record ist leer und hieße: alle Datensätze ohne ID"),
            code="usage",
        )  # fmt: skip
    if place.is_file() and is_sqlite(place):
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
        note, own = noted(manifest, key)
        nothing = path.parent / DUPLICATES
        return cls(RunFiles(path, manifest, nothing, nothing, nothing), ids, own, note)

    @classmethod
    def of_run(cls, run: RunFiles, ids: tuple[str, ...], key: bytes | None) -> _Job:
        note, own = noted(run.manifest, key)
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
                shown_path(str(state)): stack.enter_context(erasing(state, *self._in_states(), dry_run=dry_run))
                for state in states_of(self.run.manifest, folder)
            }
            n_found = sum(counted.rows.values()) + sum(sum(removed.values()) for removed in states.values())
            if not n_found:
                if known:
                    return Erasure(self._hashes(), was_erased=True)
                raise _not_found(path, len(self.ids))
            manifest, files = self._manifest(outputs, counted)
            others = others_in(folder, self.run.manifest) if path.name == MANIFEST else ()
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
            missing_states=states_not_found(self.run.manifest, folder),
            replaced=counted.replaced,
            emptied=counted.emptied,
            searched=self._searched(manifest, is_planned=dry_run),
            kept_answers_removed=has_answers,
            reports=tuple(name for name in REPORTS if name in self.run.manifest["files"]),
            others=others,
        )

    def _staged(self, outputs: OutputSet) -> Counted:
        if self.cut is not None and self.version is not None:
            return stage_run_without(self.run, self.version, self.cut, self.id_column, outputs)
        return stage_matching_without(self.run, self.ids, outputs)

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
        found[ERASED] = note_of(self.note, self._hashes(), removed, self.key)
        return found, tuple(told)

    def _in_states(self) -> tuple[Collection[str], Collection[str]]:
        """As what the records stand in states: their ids, and the lines that hold them and are no records."""
        if self.cut is None:
            return self.ids, ()
        return self.cut.gone.ids, self.cut.rejected

    def _searched(self, manifest: Mapping[str, Any], *, is_planned: bool) -> Searched | None:
        """What is left of the values that only these records said; nobody can tell where only pairs were written."""
        if self.cut is None or is_planned:
            return None
        path = self.run.manifest_path
        return search(places_to_search(path.parent, manifest, is_whole=path.name == MANIFEST), self.cut.values)

    def _hashes(self) -> tuple[str, ...]:
        return hashes_of(self.ids, self.key)

    def _known(self) -> bool:
        before = {record for entry in self.note.get("entries", ()) for record in entry["records"]}
        return set(self._hashes()) <= before


def _erase_from_state(path: Path, ids: tuple[str, ...], key: bytes | None, *, dry_run: bool) -> Erasure:
    with erasing(path, ids, dry_run=dry_run) as removed:
        if not sum(removed.values()):
            raise _not_found(path, len(ids))
    made = b"" if key else new_key()
    return Erasure(hashes_of(ids, key or made), made, states={shown_path(str(path)): removed})


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
