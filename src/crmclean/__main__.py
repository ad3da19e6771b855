"""The entry point, and the only place that catches everything: errors become exit codes and one line each."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from types import FrameType

from crmclean.cli.console import error, manner
from crmclean.core.errors import CrmCleanError

EXIT_LIMIT = 7
EXIT_BUG = 70
EXIT_INTERRUPTED = 130
EXIT_TERMINATED = 143
EXIT_BROKEN_PIPE = 141


class _TerminatedError(BaseException):
    """SIGTERM arrived."""


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    raise _TerminatedError


def main() -> None:
    """Run the command line and exit with the documented code."""
    signal.signal(signal.SIGTERM, _terminate)
    sys.exit(run_and_report(sys.argv[1:]))


def run_and_report(arguments: list[str]) -> int:
    """Run the command line, say what went wrong, and return the exit code."""
    from crmclean.cli.app import start

    try:
        code = start(arguments)
        sys.stdout.flush()
    except CrmCleanError as wrong:
        error(f"crmclean: {wrong.message(manner.language)}")
        return wrong.exit_code
    except KeyboardInterrupt:
        error("crmclean: interrupted: nothing was written")
        return EXIT_INTERRUPTED
    except _TerminatedError:
        error("crmclean: interrupted: nothing was written")
        return EXIT_TERMINATED
    except BrokenPipeError:
        # Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_BROKEN_PIPE
    except MemoryError:
        error("crmclean: limit-exceeded: not enough memory. Hint: split the file or close other programs")
        return EXIT_LIMIT
    except Exception as bug:  # noqa: BLE001 - the one catch-all of the program
        _report_bug(bug)
        return EXIT_BUG
    return code


def _report_bug(bug: Exception) -> None:
    """Say where the bug is, never what the data was: exception texts and locals hold values."""
    frames = traceback.extract_tb(bug.__traceback__)
    last = frames[-1] if frames else None
    place = f"{os.path.basename(last.filename)}:{last.lineno}" if last else "?"  # noqa: PTH119 - no import for a name
    reference = f"{type(bug).__name__}@{place}"
    error(
        f"crmclean: internal-error: a bug in crmclean, reference {reference}; no file was changed. "
        "Hint: run again with --debug and report the lines it shows"
    )
    if manner.debug:
        for frame in frames:
            error(f"  {os.path.basename(frame.filename)}:{frame.lineno} in {frame.name}")  # noqa: PTH119


if __name__ == "__main__":
    main()
