"""Small groups of people are hidden, and none can be computed from what is told beside it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.faults.driving import AS_OF, Driver

from crmclean.config.privacy import read_key
from crmclean.core.errors import ConfigError
from crmclean.core.hidden import FEWEST, Hidden, suppressed
from crmclean.core.privacy import private, references
from crmclean.core.summary_json import summary_of
from crmclean.pipeline import Settings, assess
from crmclean.reports.text import render

EXPORT = Path(__file__).parents[2] / "examples" / "customer-relationships" / "kunden.csv"


@pytest.fixture
def crm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Driver:
    """crmclean in a folder of its own."""
    return Driver(tmp_path, capsys)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=7))
def test_no_hidden_cell_follows_from_the_sum(counts: list[int]) -> None:
    told = suppressed(counts)
    assert sum(told) == sum(counts)
    assert all(isinstance(n, Hidden) for n, count in zip(told, counts, strict=True) if 0 < count < FEWEST)
    assert all(n == count for n, count in zip(told, counts, strict=True) if not isinstance(n, Hidden))
    hidden = [n for n in told if isinstance(n, Hidden)]
    if not hidden or sum(counts) < FEWEST:  # so few in all that nothing in the table helps
        return
    left = sum(counts) - sum(n for n in told if not isinstance(n, Hidden))
    for at, one in enumerate(hidden):
        if one.is_few:
            others = [_could_be(n, left) for n in (*hidden[:at], *hidden[at + 1 :])]
            assert sum(left - own in _sums(others) for own in _could_be(one, left)) > 1, (counts, told)


def _could_be(cell: Hidden, most: int) -> range:
    return range(1, FEWEST) if cell.is_few else range(FEWEST, most + 1)


def _sums(cells: list[range]) -> set[int]:
    sums = {0}
    for cell in cells:
        sums = {known + n for known in sums for n in cell}
    return sums


def test_a_private_report_tells_no_group_of_one_to_four() -> None:
    summary = assess(str(EXPORT), Settings(as_of=date(2026, 1, 31))).summary
    shown = private(summary)
    again = summary_of(json.loads(json.dumps(shown.as_json())))
    for each in (shown, again):
        told = render(each, "en").decode()
        health = told[told.index("Reachability") : told.index("Duplicates")]
        assert " 1 (" not in health
        assert not [line for line in health.splitlines() if " 1 of 16" in line or " 3 of 16" in line]
        assert "hidden" in health
    assert shown.as_json()["relationship"]["lifecycle"]["seven"][0]["ratio"] == {"n": None, "of": 16}
    assert shown.findings == summary.findings
    assert len(str(shown.file["sha256"])) == 16, "the whole hash would be the way to the key made of it"


def test_a_key_makes_the_same_names_in_every_export() -> None:
    with_key = [references(b"k" * 16, sha256)("R-1") for sha256 in ("a", "b")]
    without = [references(b"", sha256)("R-1") for sha256 in ("a", "b")]
    assert with_key[0] == with_key[1] == references(b"k" * 16, "c")(" R-1 ")
    assert len({*with_key, *without, references(b"l" * 16, "a")("R-1")}) == 4


def test_keys_that_are_none(tmp_path: Path) -> None:
    assert read_key("", {}) == b""
    assert read_key("", {"CRMCLEAN_KEY": "k" * 16}) == b"k" * 16
    short, shared = tmp_path / "short", tmp_path / "shared"
    short.write_text("secret")
    short.chmod(0o600)
    shared.write_text("k" * 32)
    shared.chmod(0o644)
    for path in (short, shared, tmp_path / "none", tmp_path):
        with pytest.raises(ConfigError) as refused:
            read_key(path, {})
        assert "secret" not in refused.value.message()
    with pytest.raises(ConfigError):
        read_key("", {"CRMCLEAN_KEY": "short"})


def test_configuration_and_command_line(crm: Driver) -> None:
    """The command line wins; to show values and to hide them is a mistake."""
    config = crm.file("[privacy]\ndsgvo = true\n", "crmclean.toml")
    asked = crm("report", EXPORT, "--config", config, *AS_OF)
    assert "< 5" in asked.out
    assert "< 5" not in crm("report", EXPORT, "--config", config, "--no-dsgvo", *AS_OF).out
    assert "< 5" not in crm("report", EXPORT, *AS_OF).out
    assert "&lt; 5" in crm("report", EXPORT, "--format", "html", *AS_OF).out
    assert "&lt; 5" not in crm("report", EXPORT, "--format", "html", "--no-dsgvo", *AS_OF).out
    both = crm("check", EXPORT, "--dsgvo", "--show-values")
    assert both.code == 2
    assert "contradict" in both.err
    wrong = crm("report", EXPORT, "--config", crm.file("[privacy]\ndsgvo = 'yes'\n", "wrong.toml"))
    assert wrong.code == 4
    assert "wrong.toml:2" in wrong.err
