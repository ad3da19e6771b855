"""What the tests of the command line share. They run in English whatever the locale of the machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.reviewed_runs import EXPORT

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


@pytest.fixture(scope="session")
def _reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over the sixteen records of the example, beside its export: three pairs are to be decided."""
    place = tmp_path_factory.mktemp("review")
    shutil.copy(EXPORT, place / "kunden.csv")
    assert run_and_report(["dedupe", str(place / "kunden.csv"), "-o", str(place / "d"), "--country", "DE", "-q"]) == 0
    return place


@pytest.fixture
def folder(_reviewed: Path, tmp_path: Path) -> Path:
    """That run, for one test alone."""
    shutil.copytree(_reviewed, tmp_path, dirs_exist_ok=True)
    return tmp_path / "d"
