"""What the command line says: messages on stderr, data on stdout, nothing in between.

Values of the data never pass through rich's markup, and control characters are shown as codes.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmclean.core.language import Language, Text, language_of_locale
from crmclean.core.text import visible
from crmclean.progress import TellRows, stage_key

if TYPE_CHECKING:
    from rich.console import Console

    from crmclean.plugins import Report

PROGRESS_AFTER_S = 2.0


@dataclass(slots=True)
class Manner:
    """The global options, set once by the entry point.

    Attributes:
        language: of everything a person reads on the terminal.
        file_language: of what is written to files: English unless ``--lang`` says otherwise, so that the bytes of an
            output do not depend on the machine's locale.
        is_language_asked: whether ``--lang`` was given.
        quiet: nothing but errors on stderr.
        verbose: a line for each stage on stderr: for a person on a terminal, else JSON.
        color: whether colour may be used at all.
        debug: show tracebacks (never with values).
    """

    language: Language = "en"
    file_language: Language = "en"
    is_language_asked: bool = False
    quiet: bool = False
    verbose: bool = False
    color: bool = True
    debug: bool = False


manner = Manner(language=language_of_locale())


def console(*, stderr: bool, soft_wrap: bool = True) -> Console:
    """A rich console that respects NO_COLOR, ``--no-color``, TERM=dumb, pipes and odd widths.

    Args:
        stderr: write there, not to stdout.
        soft_wrap: leave it to the terminal to wrap long lines.
    """
    from rich.console import Console

    plain = not manner.color or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return Console(
        stderr=stderr, no_color=plain, color_system=None if plain else "auto", highlight=False, soft_wrap=soft_wrap
    )


def data(text: str) -> None:
    """Write data to stdout, whatever its encoding can show.

    Raises:
        OutputError: ``output-failed``: nothing can be written there.
        BrokenPipeError: nobody reads it any more.
    """
    try:
        _write(sys.stdout, text + "\n")
    except BrokenPipeError:
        raise
    except OSError as wrong:
        from crmclean.formats.output_errors import output_failed

        raise output_failed("-", wrong) from None


def refuse_bytes_on_a_terminal(report: Report) -> None:
    """A form that is no text belongs into a file or a pipe.

    Raises:
        UsageError: ``usage``: stdout is a terminal.
    """
    if report.is_text or not sys.stdout.isatty():
        return
    from crmclean.core.errors import UsageError

    raise UsageError(
        Text(f"{report.name} is nothing for a terminal", f"{report.name} ist nichts für ein Terminal"),
        code="usage",
        hint=Text(f"-o report{report.suffix} writes a file", f"-o bericht{report.suffix} schreibt eine Datei"),
    )


def raw(content: bytes) -> None:
    """Write bytes to stdout as they are.

    Raises:
        OutputError: ``output-failed``: nothing can be written there.
        BrokenPipeError: nobody reads it any more.
    """
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as wrong:
        from crmclean.formats.output_errors import output_failed

        raise output_failed("-", wrong) from None


def say(text: Text | str) -> None:
    """Tell a person something on stderr, unless quiet."""
    if not manner.quiet:
        error(text.said(manner.language) if isinstance(text, Text) else text)


def say_place(text: str) -> None:
    """Tell on stdout where the outputs are, unless quiet: who asked for quiet has named the place himself."""
    if not manner.quiet:
        data(text)


def say_why(text: Text) -> None:
    """Tell a person why it ends with another code than 0; also when quiet."""
    error(text.said(manner.language))


def error(text: str) -> None:
    """Tell a person that something went wrong; also when quiet. If nobody can be told, the exit code has to do."""
    with suppress(OSError):
        _write(sys.stderr, visible(text) + "\n")


def _write(stream: object, text: str) -> None:
    """``text`` with what the stream's encoding lacks as ``\\xfc``."""
    encoding = getattr(stream, "encoding", None) or "ascii"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))  # type: ignore[attr-defined]
    stream.flush()  # type: ignore[attr-defined]


def log(event: Mapping[str, str | int | float]) -> None:
    """With ``-v`` and no terminal: one line of JSON on stderr for programs, also when quiet. No value, no path."""
    if manner.verbose and not sys.stderr.isatty():
        import json  # not above: only this needs it

        with suppress(OSError):
            _write(sys.stderr, json.dumps(dict(event), separators=(",", ":")) + "\n")


@contextmanager
def stage(title: Text) -> Iterator[TellRows]:
    """Show that a stage is running: a line with ``-v``, a spinner on a terminal when it takes longer than 2 s."""
    started = time.monotonic()
    rows: list[int] = []
    if manner.quiet or manner.verbose or not sys.stderr.isatty():
        yield rows.append
    else:
        with _spinner(title):
            yield rows.append
    seconds = time.monotonic() - started
    worked_on = {"rows": rows[-1]} if rows else {}
    log({"event": "stage", "stage": stage_key(title), "seconds": round(seconds, 3), **worked_on})
    if manner.verbose and not manner.quiet and sys.stderr.isatty():
        say(f"{title.said(manner.language)}: {seconds:.1f} s")


@contextmanager
def _spinner(title: Text) -> Iterator[None]:
    """A rich status that appears only after ``PROGRESS_AFTER_S``, so that quick work stays quiet."""
    from threading import Timer

    from rich.text import Text as RichText

    status = console(stderr=True).status(RichText(title.said(manner.language)))
    timer = Timer(PROGRESS_AFTER_S, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        status.stop()
