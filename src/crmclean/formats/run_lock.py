"""One run at a time for one output: an advisory lock that dies with its process."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import time
from pathlib import Path
from types import TracebackType

from crmclean.core.errors import LockedError
from crmclean.core.language import Text
from crmclean.formats.output_errors import output_failed
from crmclean.formats.source import shown_path

LOCK_NAME = ".crmclean.lock"
_WORKS_HERE = Text("works on this output", "arbeitet an dieser Ausgabe")


class RunLock:
    """Holds the lock file of an output while in use; the file is gone afterwards.

    The lock is the kernel's (``flock``), the text in the file is for people: process id, host and since when. A file
    left by a killed run is not locked any more and is simply taken over.

    Args:
        directory: existing folder.
        name: of the lock file.
        busy: what another run does that holds it, as in ``another run {}``.
        of: the file that is meant where it is not the folder.

    Raises:
        LockedError: another run holds it.
        OutputError: the lock file can't be made.
    """

    def __init__(
        self, directory: Path, name: str = LOCK_NAME, busy: Text = _WORKS_HERE, of: Path | None = None
    ) -> None:
        self.path = directory / name
        self._of = of
        self._busy = busy
        self._descriptor = -1

    def __enter__(self) -> RunLock:
        try:
            while not self._taken():
                pass
        except OSError as error:
            raise output_failed(self.path.parent, error) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Removed while still held: who opened it meanwhile sees that his file is gone and tries again.
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
        os.close(self._descriptor)
        self._descriptor = -1

    def _taken(self) -> bool:
        """Whether we hold the lock of the file that lies there now."""
        import fcntl  # not on Windows

        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(self.path, flags, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine, there = os.fstat(descriptor), self.path.lstat()
            if (mine.st_dev, mine.st_ino) != (there.st_dev, there.st_ino):
                os.close(descriptor)
                return False
            os.truncate(descriptor, 0)
            # The file's own time, so that nothing here asks the clock.
            since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(os.fstat(descriptor).st_mtime))
            os.write(descriptor, f"{os.getpid()} {socket.gethostname()} {since}\n".encode(errors="replace"))
        except FileNotFoundError:
            os.close(descriptor)
            return False
        except OSError as error:
            text = os.pread(descriptor, 400, 0)
            os.close(descriptor)
            if error.errno in {errno.EWOULDBLOCK, errno.EACCES, errno.EAGAIN}:
                raise self._locked(text) from None
            raise
        self._descriptor = descriptor
        return True

    def _locked(self, text: bytes) -> LockedError:
        pid, host, since = (*shown_path(text.decode(errors="replace").strip()).split(" "), "?", "?", "?")[:3]
        return LockedError(
            Text(
                f"another run {self._busy.en} (process {pid or '?'} on {host}, since {since})",
                f"ein anderer Lauf {self._busy.de} (Prozess {pid or '?'} auf {host}, seit {since})",
            ),
            code="locked",
            hint=Text("wait for it to end, or choose another output", "sein Ende abwarten oder anderes Ziel wählen"),
            where=shown_path(str(self._of or self.path.parent)),
        )
