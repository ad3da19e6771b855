"""What the gate asks for, and what becomes of what is not known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.tables import cleaned

from crmclean.config.loader import load_config
from crmclean.config.model import FreshnessSection, GateSection
from crmclean.core.errors import ConfigError, UsageError
from crmclean.core.summary import Ratio, RunSummary
from crmclean.gate import Gate
from crmclean.gate.judging import Counts, floors_met, limits_met
from crmclean.stages.measure import measure


def gate(*fail_under: str, section: GateSection | None = None, fail_on: str = "") -> Gate:
    return Gate.of(section or GateSection(), fail_on=fail_on, fail_under=fail_under, max_rejects=None)


def figures(**shares: float | None) -> RunSummary:
    some = measure(cleaned({("Firma", "company_name"): ["Adler GmbH"]}), FreshnessSection())
    ratios = {name: Ratio(0, 0) if share is None else Ratio(round(share * 100), 100) for name, share in shares.items()}
    return replace(some, scores=ratios)


def test_the_command_line_wins_over_the_configuration() -> None:
    section = GateSection(fail_on="warning", fail_under=0.5, error={"validity": 0.7, "completeness": 80})
    found = gate("completeness=0.9", "60", section=section)
    assert found.fail_on == "warning"
    assert found.error == {"score": 0.6, "completeness": 0.9, "validity": 0.7}
    assert gate(section=section, fail_on="never").severities == ()
    assert gate(section=section).severities == ("error", "warning")


@pytest.mark.parametrize("wrong", ["completness=0.9", "validity=x", "101", "-0.1", "nan", "validity=", "=0.5"])
def test_wrong_floors_are_refused(wrong: str) -> None:
    with pytest.raises(UsageError) as error:
        gate(wrong)
    assert error.value.hint
    if wrong.startswith("completness"):
        assert "completeness" in error.value.hint.en


def test_duplicates_are_looked_for_only_where_a_figure_needs_them() -> None:
    assert not gate("validity=0.9").needs_duplicates
    assert gate("0.9").needs_duplicates
    assert gate(section=GateSection(warning={"uniqueness": 0.9})).needs_duplicates
    assert not gate(section=GateSection(error={"uniqueness": 0.0})).needs_duplicates


def test_errors_and_warnings() -> None:
    section = GateSection(error={"validity": 0.8}, warning={"validity": 0.95, "completeness": 0.5})
    limits = list(floors_met(gate(section=section), figures(completeness=0.6, validity=0.9)))
    assert [(limit.name, limit.is_warning, limit.why is None) for limit in limits] == [
        ("validity", False, True),
        ("completeness", True, True),
        ("validity", True, False),
    ]
    assert limits[2].why
    assert limits[2].why.de == "Gültigkeit 0,900 unter 0,950"


@pytest.mark.parametrize("written", ["85%", "85", "0.85", "85 %"])
def test_a_share_as_people_write_it(written: str) -> None:
    assert gate(f"validity={written}").error == {"validity": 0.85}


@pytest.mark.parametrize("written", ["1.5", "1.01", "101%", "-1%", "%", "nan%"])
def test_a_share_nobody_can_tell(written: str) -> None:
    with pytest.raises(UsageError, match=r"0\.\.1"):
        gate(written)


def test_unknown_is_not_bad_but_said() -> None:
    (limit,) = floors_met(gate("timeliness=0.9"), figures(timeliness=None))
    assert limit.is_warning
    assert limit.why
    assert "no column tells" in limit.why.en


def test_max_new_lets_some_pass() -> None:
    some = replace(gate(), max_new=3)
    assert next(limits_met(some, Counts(3, 0, 1, True))).why is None
    too_many = next(limits_met(some, Counts(4, 0, 1, True))).why
    assert too_many
    assert too_many.en == "4 new findings of severity error or worse (3 allowed)"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[gate]\nfail_on = "eror"\n', 2, "'error'"),
        ("[gate]\nfail_under = 101\n", 2, "0..1"),
        ("[gate]\nmax_new = -1\n", 2, "negative"),
        ("[gate]\n[gate.error]\nvalidty = 0.9\n", 3, "'validity'"),
        ('[gate.warning]\nvalidity = "a lot"\n', 2, "0..1"),
        ("[gate.warning]\n\nvalidity = true\n", 3, "0..1"),
        ("[gate]\nerror = 0.9\n", 2, "section"),
    ],
)
def test_a_wrong_section_is_named_with_its_line(text: str, line: int, said: str, tmp_path: Path) -> None:
    path = tmp_path / "crmclean.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as error:
        load_config(path)
    assert error.value.where == f"{path}:{line}"
    assert said in error.value.message("en")


def test_a_right_section_is_read(tmp_path: Path) -> None:
    path = tmp_path / "crmclean.toml"
    path.write_text("[gate]\nmax_new = 5\n[gate.error]\ncompleteness = 0.9\n[gate.warning]\nscore = 1\n")
    found = gate(section=load_config(path).gate)
    assert (found.max_new, found.error, found.warning) == (5, {"completeness": 0.9}, {"score": 1.0})
