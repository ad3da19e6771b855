"""Help in German: every text of every command, without polars, and none forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from crmclean.__main__ import run_and_report
from crmclean.cli.app import build

ENGLISH = re.compile(
    r"(?<!-)\b(?:the|and|with|file|Usage|Options|Arguments|Commands|required|Show|Examples|See also|Exit codes|done)\b"
)


def commands(of: Any) -> Iterator[Any]:
    """A command and all below it."""
    yield of
    for each in getattr(of, "commands", {}).values():
        yield from commands(each)


def typed(of: Any, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command as it is typed."""
    yield before
    for name, each in getattr(of, "commands", {}).items():
        yield from typed(each, (*before, name))


def test_every_help_text_has_its_german() -> None:
    pairs = list(zip(commands(build("en")), commands(build("de")), strict=True))
    for english, german in pairs:
        assert english.help != german.help, english.name
        assert english.epilog != german.epilog, english.name
        for one, two in zip(english.params, german.params, strict=True):
            said = getattr(one, "help", None)
            assert not said or said != getattr(two, "help", None), (english.name, one.name)


@pytest.mark.parametrize("name", list(typed(build())), ids=" ".join)
def test_a_german_page_is_german(name: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run_and_report([*name, "--help", "--lang", "de"]) == 0
    page = capsys.readouterr().out
    prose = [line for line in page.splitlines() if not re.match(r"\s+(?:crmclean |cut |--token )", line)]
    assert not ENGLISH.findall(re.sub(r"--[a-z-]+", "", " ".join(prose)))
    assert page.startswith("Aufruf: crmclean")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rum"], "einen Befehl 'rum' gibt es nicht"),
        (["run", "x"], "es fehlt die Option"),
        (["run", "x", "-o", "y", "--nope"], "eine Option --nope gibt es nicht"),
        (["run", "x", "-o", "y", "--header-row", "z"], "ungültiger Wert für"),
        (["clean", "x"], "Ziel der bereinigten Datei fehlt"),
    ],
)
def test_wrong_use_is_said_in_german(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_and_report([*arguments, "--lang", "de"]) == 2
    assert said in capsys.readouterr().err


def test_the_locale_decides_unless_asked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LC_ALL", "de_AT.UTF-8")
    assert run_and_report(["--help"]) == 0
    assert capsys.readouterr().out.startswith("Aufruf:")
    assert run_and_report(["--help", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("Usage:")
