"""Errors that stop the work. Bad data is never one of them: a bad cell is a finding.

Every error carries the exit code the command line ends with, a hint what to type next, and never a cell's value.
"""

from __future__ import annotations

from typing import ClassVar

from crmclean.core.language import Language, Text


class CrmCleanError(Exception):
    """Root of all errors crmclean raises on purpose.

    Args:
        what: what is wrong, without any value of the data.
        code: stable kebab-case name.
        hint: what to type or do next; what the code's own page says if left out.
        where: file, or ``file:line[:column]``; empty when no file is meant.
    """

    exit_code: ClassVar[int] = 70

    def __init__(self, what: Text, *, code: str, hint: Text | None = None, where: str = "") -> None:
        super().__init__(what.en)
        self.what = what
        self.code = code
        self.hint = hint
        self.where = where

    def message(self, language: Language = "en") -> str:
        """The line a person reads: ``WHERE: code: what. Hint: next step``."""
        from crmclean.core.file_codes import FILE_CODES  # not above: it takes its time, and errors are rare

        place = f"{self.where}: " if self.where else ""
        next_step = self.hint or (FILE_CODES[self.code].fix if self.code in FILE_CODES else None)
        hint = f". {'Tipp' if language == 'de' else 'Hint'}: {next_step.said(language)}" if next_step else ""
        return f"{place}{self.code}: {self.what.said(language)}{hint}"


class UsageError(CrmCleanError):
    """The command line asks for something that can't be: same file in and out, output exists."""

    exit_code = 2


class InputError(CrmCleanError):
    """The input is refused: missing, unreadable, empty, unknown encoding or dialect, changed while read."""

    exit_code = 3


class ConfigError(CrmCleanError):
    """The configuration is wrong; ``where`` names file and line."""

    exit_code = 4


class OutputError(CrmCleanError):
    """The output can't be written: disk full, permission, read-only, a limit of the format."""

    exit_code = 5


class DirectoryError(CrmCleanError):
    """A company directory can't be used: the service refuses, or the network is to blame."""

    exit_code = 6


class LimitError(CrmCleanError):
    """A safety limit was hit: bomb, memory, size."""

    exit_code = 7


class LockedError(CrmCleanError):
    """Another run works on the same output."""

    exit_code = 8
