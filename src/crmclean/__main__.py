"""The entry point, and the only place that catches everything: errors become exit codes and one line each."""

from __future__ import annotations

import errno
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from crmclean.cli.console import error, log, manner
from crmclean.core.errors import CrmCleanError
from crmclean.core.language import Text
from crmclean.core.orphans import die_with

EXIT_OUTPUT = 5
EXIT_LIMIT = 7
EXIT_BUG = 70
EXIT_INTERRUPTED = 130
EXIT_BROKEN_PIPE = 141
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

_NOT_WRITTEN = Text("interrupted: nothing was written", "interrupted: abgebrochen, es wurde nichts geschrieben")
_NO_MEMORY = Text(
    "limit-exceeded: not enough memory; nothing was written. Hint: split the file or close other programs",
    "limit-exceeded: zu wenig Speicher; es wurde nichts geschrieben. "
    "Tipp: die Datei teilen oder andere Programme schließen",
)
_DISK_FULL = Text(
    "output-failed: the disk is full. Hint: check free space and quota",
    "output-failed: der Datenträger ist voll. Tipp: freien Platz und Kontingent prüfen",
)
_BUG = Text(
    "internal-error: a bug in crmclean, reference {}; no file was changed. "
    "Hint: run again with --debug and report the lines it shows",
    "internal-error: ein Fehler in crmclean, Kennung {}; keine Datei wurde verändert. "
    "Tipp: mit --debug wiederholen und die gezeigten Zeilen melden",
)


class _StoppedError(BaseException):
    """A signal arrived; the exit code says which. Not ``KeyboardInterrupt``, which typer would swallow."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    raise _StoppedError(128 + number)


def main() -> None:
    """Run the command line and exit with the documented code."""
    _open_standard_streams()
    # A panic of polars would write a trace, which takes memory and, where that is what lacks, hangs.
    os.environ["RUST_BACKTRACE"] = "0"
    _watch_where_memory_is_limited()
    signal.signal(signal.SIGTERM, _stop)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else: somebody wants it ignored
        signal.signal(signal.SIGINT, _stop)
    sys.exit(run_and_report(sys.argv[1:]))


def _open_standard_streams() -> None:
    """Put the null device where a standard stream is closed: else the first file that is opened takes its number."""
    for number, name, mode in ((0, "stdin", os.O_RDONLY), (1, "stdout", os.O_WRONLY), (2, "stderr", os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, mode)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            if name != "stdin":  # reading from a closed stdin stays an error
                setattr(sys, name, os.fdopen(number, "w", encoding="utf-8", closefd=False))


def _watch_where_memory_is_limited() -> None:
    """Under ``ulimit -v`` work in a child: polars ends a process that gets no memory, and somebody must say why.

    Returns in the child, or where there is no limit; else the process ends here as the child did.
    """
    if not _is_memory_limited():
        return
    parent = os.getpid()
    child = os.fork()
    if not child:
        die_with(parent)
        return
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda sent, _frame: os.kill(child, sent))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS, -signal.SIGKILL):
        _say(_NO_MEMORY)
        code = EXIT_LIMIT
    sys.exit(code if code >= 0 else 128 - code)


def _is_memory_limited() -> bool:
    try:
        import resource

        return resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY
    except (ImportError, OSError):  # Windows
        return False


def run_and_report(arguments: list[str]) -> int:
    """Run the command line, say what went wrong, tell who watches, and return the exit code."""
    from crmclean.cli import watching

    began = time.monotonic()
    manner.verbose = False  # until the arguments are read
    watching.forget()
    code = _guarded(lambda: _run(arguments))
    ended = _guarded(lambda: _told(code))
    log({"event": "end", "code": ended, "seconds": round(time.monotonic() - began, 3)})
    return ended


def _told(code: int) -> int:
    from crmclean.cli import watching

    try:
        return watching.end(code)
    except _StoppedError:
        return code  # what was to be done is done; only the telling was cut short


def _run(arguments: list[str]) -> int:
    from crmclean.cli.app import start

    code = start(arguments)
    sys.stdout.flush()
    return code


def _guarded(work: Callable[[], int]) -> int:
    """Do a piece of work that gives the exit code; what it raises becomes one."""
    try:
        return work()
    except CrmCleanError as wrong:
        if wrong.where == "-" and wrong.exit_code == EXIT_OUTPUT:
            _drop_stdout()
        error(wrong.message(manner.language) if wrong.where else f"crmclean: {wrong.message(manner.language)}")
        return wrong.exit_code
    except (KeyboardInterrupt, _StoppedError) as stopped:
        _say(_NOT_WRITTEN)
        return getattr(stopped, "exit_code", EXIT_INTERRUPTED)
    except BrokenPipeError:
        _drop_stdout()
        return EXIT_BROKEN_PIPE
    except SystemExit as left:  # typer's way with a closed pipe, which it has seen first
        if not isinstance(left.__context__, BrokenPipeError):
            raise
        _drop_stdout()
        return EXIT_BROKEN_PIPE
    except BaseException as unexpected:  # noqa: BLE001 - the one catch-all of the program
        return _report_unexpected(unexpected)


def _say(text: Text, *details: str) -> None:
    error(f"crmclean: {text.said(manner.language).format(*details)}")


def _drop_stdout() -> None:
    """Python would complain again when it flushes at exit."""
    with open(os.devnull, "wb") as nothing:  # noqa: PTH123 - no import for a name
        os.dup2(nothing.fileno(), sys.stdout.fileno())


def _report_unexpected(wrong: BaseException) -> int:
    """What no stage knows: no memory, a full disk, a bug. A panic of polars is no ``Exception``."""
    is_panic = type(wrong).__name__ == "PanicException"
    # Under a limit on memory a panic is a thread or a text that got none, and a failed import a library: it says so
    # itself, or python does of a library that stopped without a word (SystemError).
    starved = is_panic or isinstance(wrong, (ImportError, SystemError))
    if isinstance(wrong, MemoryError) or (starved and _is_memory_limited()):
        _say(_NO_MEMORY)
        return EXIT_LIMIT
    if isinstance(wrong, OSError) and wrong.errno in _FULL:
        _drop_stdout()
        _say(_DISK_FULL)
        return EXIT_OUTPUT
    if not isinstance(wrong, Exception) and not is_panic:
        raise wrong
    _report_bug(wrong)
    return EXIT_BUG


def _report_bug(bug: BaseException) -> None:
    """Say where the bug is, never what the data was: exception texts and locals hold values."""
    frames = traceback.extract_tb(bug.__traceback__)
    last = frames[-1] if frames else None
    place = f"{os.path.basename(last.filename)}:{last.lineno}" if last else "?"  # noqa: PTH119 - no import for a name
    _say(_BUG, f"{type(bug).__name__}@{place}")
    if manner.debug:
        for frame in frames:
            error(f"  {os.path.basename(frame.filename)}:{frame.lineno} in {frame.name}")  # noqa: PTH119


if __name__ == "__main__":
    main()
