"""Answers key by key: without Enter where the terminal can, line by line where it can't."""

from __future__ import annotations

import os
import select
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol

INTERRUPT, END, STOP = "interrupt", "end", "stop"
ENTER, ESCAPE, BACKSPACE, REDRAW = "enter", "escape", "backspace", "redraw"
_NAMES = {
    "\x03": INTERRUPT,
    "\x04": END,
    "\r": ENTER,
    "\n": ENTER,
    "\x7f": BACKSPACE,
    "\x08": BACKSPACE,
    "\x0c": REDRAW,
}
_SUSPEND = "\x1a"
_POLL_S = 0.3  # how soon a new size of the window is seen
_SEQUENCE_S = 0.05  # in which the rest of an arrow key's code arrives, also over a slow line


class Keyboard(Protocol):
    """Where keys come from."""

    def key(self) -> str:
        """The next key: a sign as typed, or one of the names above; empty for a key without a meaning."""

    def line(self, prompt: str) -> str | None:
        """A line of text; ``None`` if the person thought better of it."""


@contextmanager
def keyboard() -> Iterator[Keyboard]:
    """The keys of this process's terminal, which is put back as it was at the end, whatever happens."""
    try:
        import termios
    except ImportError:  # Windows
        yield _Lines()
        return
    if os.environ.get("TERM") == "dumb":
        yield _Lines()
        return
    keys = _Keys(termios)
    try:
        keys.begin()
        yield keys
    finally:
        keys.end()


class _Keys:
    """Single keys of a terminal of a POSIX system."""

    def __init__(self, termios: Any) -> None:
        self._termios = termios
        self._in = sys.stdin.fileno()
        self._before = termios.tcgetattr(self._in)
        self._size = shutil.get_terminal_size()
        self._is_stopped = False
        self._on_stop = signal.getsignal(signal.SIGTERM)

    def begin(self) -> None:
        """No echo, no waiting for Enter, and Ctrl-C as a key: an answer must not be torn in two.

        What was typed before is dropped: it was no answer to what nobody had seen.
        """
        mode = self._termios.tcgetattr(self._in)
        mode[0] &= ~(self._termios.ICRNL | self._termios.IXON)
        mode[3] &= ~(self._termios.ICANON | self._termios.ECHO | self._termios.ISIG | self._termios.IEXTEN)
        mode[6][self._termios.VMIN], mode[6][self._termios.VTIME] = 1, 0
        self._termios.tcsetattr(self._in, self._termios.TCSAFLUSH, mode)
        signal.signal(signal.SIGTERM, self._stop)

    def end(self) -> None:
        """As it was."""
        signal.signal(signal.SIGTERM, self._on_stop)
        with suppress(self._termios.error):  # the terminal may be gone
            self._termios.tcsetattr(self._in, self._termios.TCSADRAIN, self._before)

    def key(self) -> str:
        """See ``Keyboard``."""
        while not self._is_ready(_POLL_S):
            if self._is_stopped:
                return STOP
            if self._size != (now := shutil.get_terminal_size()):
                self._size = now
                return REDRAW
        sign = self._sign()
        if sign == "\x1b":
            return self._escape()
        if sign == _SUSPEND:
            self.end()
            os.kill(os.getpid(), signal.SIGTSTP)
            self.begin()
            return REDRAW
        named = _NAMES.get(sign, sign)
        return named if len(named) > 1 or named.isprintable() else ""

    def line(self, prompt: str) -> str | None:
        """See ``Keyboard``. Edited with backspace; Escape and Ctrl-C give it up."""
        _show(prompt)
        typed = ""
        while (key := self.key()) != ENTER:
            if key in (ESCAPE, INTERRUPT, END, STOP):
                _show("\n")
                return None
            if key == BACKSPACE and typed:
                typed = typed[:-1]
                _show("\b \b")
            elif len(key) == 1:
                typed += key
                _show(key)
        _show("\n")
        return typed

    def _stop(self, _number: int, _frame: object) -> None:
        """Told to end: between two keys, so that what was answered is stored whole."""
        self._is_stopped = True

    def _is_ready(self, timeout_s: float) -> bool:
        return bool(select.select([self._in], [], [], timeout_s)[0])

    def _sign(self) -> str:
        """One sign, of one to four bytes; ``\\x04`` when the terminal is gone."""
        first = self._byte()
        if not first:
            return "\x04"
        n_more = 3 if first[0] >= 0xF0 else 2 if first[0] >= 0xE0 else 1 if first[0] >= 0xC0 else 0
        return (first + b"".join(self._byte() for _ in range(n_more))).decode("utf-8", "ignore") or "\0"

    def _byte(self) -> bytes:
        try:
            return os.read(self._in, 1)
        except OSError:
            return b""

    def _escape(self) -> str:
        """Escape alone, or the code of a key that has no meaning here, which is swallowed whole."""
        if not self._is_ready(_SEQUENCE_S):
            return ESCAPE
        while self._is_ready(0) and (byte := self._byte()):
            if byte.isalpha() or byte == b"~":
                break
        return ""


class _Lines:
    """Lines, of which the first sign counts."""

    def key(self) -> str:
        """See ``Keyboard``."""
        typed = self.line("> ")
        if typed is None:
            return INTERRUPT
        return typed.strip()[:1] or ENTER

    def line(self, prompt: str) -> str | None:
        """See ``Keyboard``."""
        _show(prompt)
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            return input()
        except (KeyboardInterrupt, EOFError):
            return None
        finally:
            signal.signal(signal.SIGINT, before)


def _show(text: str) -> None:
    encoding = sys.stdout.encoding or "ascii"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()
