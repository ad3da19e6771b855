"""What the tests of the command line share. They run in English whatever the locale of the machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crmclean.__main__ import run_and_report

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def crmclean(capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command; gives its exit code, what it prints on stdout and on stderr."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        code = run_and_report([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
