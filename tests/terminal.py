"""A command of ours on a pseudo-terminal of the kernel: keys go in, what the screen is sent comes out."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

_TIMEOUT_S = 60.0
_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """A running command; use as a context manager.

    Args:
        arguments: of ``crmclean``.
        columns: width of the window.
        rows: height of the window.
        environment: beside the usual, with ``TERM`` of a terminal with colours.
        folder: to run in.
    """

    def __init__(
        self,
        *arguments: str | Path,
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        self._own, other = pty.openpty()
        fcntl.ioctl(self._own, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._before = termios.tcgetattr(self._own)
        left_out = ("NO_COLOR", "COLUMNS", "LINES", "TERM")
        usual = {name: value for name, value in os.environ.items() if name not in left_out}
        command = [sys.executable, "-m", "crmclean", *(str(argument) for argument in arguments)]
        self._process = subprocess.Popen(  # the command under test
            command,
            stdin=other,
            stdout=other,
            stderr=other,
            cwd=folder,
            start_new_session=True,
            env={**usual, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **(environment or {})},
        )
        os.close(other)
        self._sent = b""
        self._seen = 0

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._own)

    @property
    def raw(self) -> str:
        """Everything it was sent so far."""
        return self._sent.decode("utf-8", "replace").replace("\r\n", "\n")

    @property
    def text(self) -> str:
        """As ``raw``, without the codes for colours and places."""
        return _CODES.sub("", self.raw)

    def expect(self, text: str) -> str:
        """Wait until the terminal is sent this text after what was expected before; gives what came up to there."""
        until = time.monotonic() + _TIMEOUT_S
        while (at := self.text.find(text, self._seen)) < 0:
            is_more = self._read(until)
            assert is_more, f"never said {text!r}:\n{self.text[self._seen :]}"
        came = self.text[self._seen : at + len(text)]
        self._seen = at + len(text)
        return came

    def press(self, keys: str) -> None:
        """Type something."""
        os.write(self._own, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Another size of the window."""
        fcntl.ioctl(self._own, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def signal(self, number: int) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    def wait(self) -> int:
        """Wait for the end of the command; gives its exit code."""
        until = time.monotonic() + _TIMEOUT_S
        while self._read(until):
            pass
        return self._process.wait(timeout=10)

    def is_as_before(self) -> bool:
        """Whether the command left the terminal's modes as they were."""
        return termios.tcgetattr(self._own) == self._before

    def _read(self, until: float) -> bool:
        """Take what is there, or wait for some; ``False`` at the end."""
        if not select.select([self._own], [], [], max(0.0, until - time.monotonic()))[0]:
            return False
        try:
            came = os.read(self._own, 65536)
        except OSError:  # the other side is closed
            return False
        self._sent += came
        return bool(came)
