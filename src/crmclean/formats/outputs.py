"""The files a run writes: all or none, never through a link, never over an input, readable by the owner only."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from crmclean.core.errors import CrmCleanError
from crmclean.core.language import Text
from crmclean.formats.commit import PREFIX, Move, commit, recover, sweep
from crmclean.formats.manifest import MANIFEST, files_of_run, is_own_run
from crmclean.formats.output_errors import (
    missing_folder,
    os_error_behind,
    output_exists,
    output_failed,
    refused_target,
    same_file,
)
from crmclean.formats.output_targets import STDOUT, check_target, identity_of, refuse_equal
from crmclean.formats.run_lock import LOCK_NAME, RunLock

_STEP = 1024 * 1024


class OutputSet:
    """Gathers the files of one run under temporary names and puts them in place in one commit.

    Use as a context manager: entering takes the lock, finishes or removes what a killed run left, and refuses bad
    targets before any work is done; leaving without ``commit`` leaves nothing behind.

    ::

        with OutputSet.in_directory(Path("out"), inputs=[Path("export.csv")]) as outputs:
            with outputs.open("findings.csv") as sink:
                sink.write(b"row\n")
            outputs.commit()

    Attributes:
        sha256: of each finished file, by its key.
        directory: the run's folder; ``None`` for files at places of their own.
    """

    def __init__(
        self,
        targets: Mapping[str, Path | None],
        *,
        directory: Path | None = None,
        inputs: Iterable[Path] = (),
        force: bool = False,
        stdout: BinaryIO | None = None,
        command: str = "",
    ) -> None:
        self.sha256: dict[str, str] = {}
        self._targets = dict(targets)
        self.directory = directory
        self._force = force
        self._command = command
        self._stdout = stdout
        self._inputs = {identity for path in inputs if (identity := identity_of(path))}
        self._finished: dict[str, Path] = {}
        self._obsolete: list[Path] = []
        self._made_folders: list[Path] = []
        self._cleanup = contextlib.ExitStack()
        main = next((path for path in self._targets.values() if path is not None and path != STDOUT), None)
        self._home = directory or (main.parent if main else None)
        # Files beside others' files: only our own leavings may be swept, those that belong to this very output.
        own = (
            "set" if directory or main is None else hashlib.sha256(os.fsencode(os.path.realpath(main))).hexdigest()[:8]
        )
        self._prefix = f"{PREFIX}{own}-"
        self._lock_name = LOCK_NAME if directory else f"{PREFIX}{own}.lock"

    @classmethod
    def in_directory(
        cls,
        directory: Path,
        *,
        inputs: Iterable[Path] = (),
        force: bool = False,
        names: Iterable[str] = (),
        command: str = "",
    ) -> OutputSet:
        """All files of a run in one folder, which is made if need be. The key of a file is its name.

        Args:
            directory: the folder.
            inputs: files that are read in this run.
            force: write into a folder that holds other things.
            names: files known to be written, so that their places are checked before any work.
            command: whose earlier run may be replaced without ``force``; empty: any command's.
        """
        places = {name: directory / name for name in names}
        return cls(places, directory=directory, inputs=inputs, force=force, command=command)

    @classmethod
    def at(
        cls,
        targets: Mapping[str, Path | None],
        *,
        inputs: Iterable[Path] = (),
        force: bool = False,
        stdout: BinaryIO | None = None,
    ) -> OutputSet:
        """Files at places of their own.

        Args:
            targets: key to path, the main output first; ``Path("-")`` is standard output (one file at most), ``None``
                means: made, but not wanted.
            inputs: files that are read in this run.
            force: replace files that exist.
            stdout: instead of the process's own.
        """
        return cls(targets, inputs=inputs, force=force, stdout=stdout)

    def __enter__(self) -> OutputSet:
        try:
            self._prepare()
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    def path(self, key: str) -> Path | None:
        """Where the file of this key goes; ``None`` if it is not wanted."""
        if self.directory and key not in self._targets:
            assert Path(key).name == key, "a file name, not a path"
            self._targets[key] = self.directory / key
        return self._targets.get(key)

    def relative(self, key: str) -> str:
        """The place as seen from the manifest's folder, with ``/``; empty for standard output or no place."""
        target, manifest = self.path(key), self.path(MANIFEST)
        if target is None or manifest is None or STDOUT in (target, manifest):
            return ""
        return Path(os.path.relpath(target.absolute(), manifest.absolute().parent)).as_posix()

    @contextlib.contextmanager
    def open(self, key: str) -> Iterator[BinaryIO]:
        """A file to write; once left without an error it is complete, on disk, and waits for ``commit``.

        Raises:
            OutputError: ``output-failed``: disk full, quota, permission; all old files are intact.
            UsageError: ``same-file``, ``output-exists``.
        """
        target = self.path(key)
        shown = target or key
        try:
            if target is not None and target != STDOUT:
                self._check(target)
                folder: Path | None = target.parent
            else:
                folder = self._home  # never the shared folder of all users' temporary files if it can be helped
            descriptor, name = tempfile.mkstemp(prefix=self._prefix, dir=folder)
        except OSError as error:
            raise output_failed(shown, error) from None
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb", _STEP) as file:
                yield file
                file.flush()
                os.fsync(descriptor)
            with temporary.open("rb") as file:
                self.sha256[key] = hashlib.file_digest(file, "sha256").hexdigest()
        except BaseException as error:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            behind = None if isinstance(error, CrmCleanError) else os_error_behind(error)
            if behind:
                raise output_failed(shown, behind) from None
            raise
        self._finished[key] = temporary

    def remove_old(self, names: Iterable[str]) -> None:
        """Files an earlier run left in the directory that this one does not write: they go with the commit."""
        assert self.directory is not None, "only in a directory of one's own"
        for name in names:
            if Path(name).name == name and (self.directory / name).is_file():
                self._obsolete.append(self.directory / name)

    def commit(self) -> None:
        """Put all finished files in place, the manifest last; then what goes to standard output.

        Raises:
            OutputError: ``output-failed``; nothing has changed.
            BrokenPipeError: nobody reads standard output any more; the files are in place.
        """
        moves = [Move(None, target, self._old_name(target, at)) for at, target in enumerate(self._obsolete)]
        # Stable: else in the order they were written.
        for key in sorted(self._finished, key=lambda key: key == MANIFEST):
            target = self._targets[key]
            if target is not None and target != STDOUT:
                self._check(target)
                moves.append(Move(self._finished[key], target, self._old_name(target, len(moves))))
        try:
            if moves:
                assert self._home is not None
                commit(moves, self._journal(self._home))
        except OSError as error:
            raise output_failed(error.filename or self._home or "", error) from None
        self._made_folders.clear()
        self._to_stdout()

    def _to_stdout(self) -> None:
        for key, temporary in self._finished.items():
            if self._targets[key] == STDOUT:
                try:
                    with temporary.open("rb") as file:
                        stdout = self._stdout or sys.stdout.buffer
                        shutil.copyfileobj(file, stdout, _STEP)
                        stdout.flush()
                except BrokenPipeError:
                    raise
                except OSError as error:
                    raise output_failed("-", error) from None

    def _prepare(self) -> None:
        """Everything that can be known to go wrong before the work is done."""
        folders = {target.parent for target in self._targets.values() if target is not None and target != STDOUT}
        if self.directory:
            self._make_folder(self.directory)
            folders.add(self.directory)
        if self._home is None:
            return
        refuse_equal(target for target in self._targets.values() if target is not None)
        try:
            for folder in sorted(folders):
                if not folder.is_dir():
                    raise missing_folder(folder)
            self._cleanup.enter_context(RunLock(self._home, self._lock_name))
            recover(self._journal(self._home))
            for target in self._targets.values():
                if target is not None and target != STDOUT:
                    self._check(target)
            for folder in sorted(folders):
                sweep(folder, self._prefix)
                descriptor, name = tempfile.mkstemp(prefix=self._prefix, dir=folder)
                os.close(descriptor)
                Path(name).unlink()
        except OSError as error:
            raise output_failed(error.filename or self._home, error) from None

    def _make_folder(self, directory: Path) -> None:
        missing = [path for path in (directory, *directory.parents) if not os.path.lexists(path)]
        try:
            for path in reversed(missing):
                path.mkdir(mode=0o700)
                self._made_folders.append(path)
            foreign = [entry for entry in os.listdir(directory) if not entry.startswith(".crmclean")]  # noqa: PTH208
        except NotADirectoryError:
            if identity_of(directory) in self._inputs:
                raise same_file(directory) from None
            raise refused_target(
                directory, Text("this is a file, no folder", "das ist eine Datei, kein Ordner")
            ) from None
        except OSError as error:
            raise output_failed(directory, error) from None
        is_ours = is_own_run(directory, self._command) or os.path.lexists(self._journal(directory))
        for name in files_of_run(directory):
            if identity_of(directory / name) in self._inputs:
                raise same_file(directory / name)
        if foreign and not is_ours and not self._force:
            raise output_exists(directory, is_folder=True)

    def _check(self, target: Path) -> None:
        check_target(target, self._inputs, may_replace=self.directory is not None or self._force)

    def _old_name(self, target: Path, number: int) -> Path:
        return target.with_name(f"{self._prefix}old-{number}")

    def _journal(self, folder: Path) -> Path:
        return folder / f"{self._prefix}journal"

    def _leave(self) -> None:
        for temporary in self._finished.values():
            with contextlib.suppress(OSError):  # the next run sweeps it
                temporary.unlink(missing_ok=True)
        self._finished.clear()
        self._cleanup.close()
        for folder in reversed(self._made_folders):
            with contextlib.suppress(OSError):
                folder.rmdir()


def finish_killed(folder: Path) -> None:
    """Finish the commits that killed runs left half done in a folder, so that its files are one set again.

    Raises:
        LockedError: a run is in the middle of its commit.
        OutputError: the folder can't be written to.
    """
    for journal in sorted(folder.glob(f"{PREFIX}*-journal")):
        own = journal.name.removeprefix(PREFIX).removesuffix("-journal")
        with RunLock(folder, LOCK_NAME if own == "set" else f"{PREFIX}{own}.lock"):
            try:
                recover(journal)
            except OSError as error:
                raise output_failed(folder, error) from None
