"""Golden runs: each example cleaned with a fixed day, every output compared whole.

A change that is meant shows as a difference to read: ``python -m tests.golden.test_examples`` writes them anew.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from crmclean.__main__ import run_and_report

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
# The command that works on each example; README and docs show the same.
RUNS = {
    "german-excel-export": ("run", "kunden.csv", "--country", "DE"),
    "salesforce-accounts": ("run", "accounts.csv", "--country", "US"),
    "duplicates": ("dedupe", "kunden.csv", "--country", "DE"),
    "customer-relationships": ("run", "kunden.csv", "--country", "DE"),
    "own-rules": ("run", "kunden.csv", "--country", "DE"),
    "company-directory": ("enrich", "firmen.csv", "--country", "DE"),
}
# Two exports: a comparison writes no folder, docs/diff.md holds what it prints. The others are what jobs are made of,
# shown by docs/nightly.md and docs/in-ci.md.
ON_PAGES = {"two-exports", "nightly", "ci"}
DIRECTORY = "register.toml"  # of an example that is enriched
CONFIG = "crmclean.toml"  # of an example that has one
AS_OF = ("--as-of", "2026-01-31", "-q", "--force")


def clean(name: str, out: Path) -> None:
    """Run an example into a folder."""
    command, file, *options = RUNS[name]
    export = EXAMPLES / name / file
    with tempfile.TemporaryDirectory() as folder:
        if command == "enrich":
            companies = str(Path(folder) / "companies.cdir")
            run_and_report(["directory", "build", str(EXAMPLES / name / DIRECTORY), "-o", companies, *AS_OF])
            options += ["--directory", companies, "--add-columns"]
        if (EXAMPLES / name / CONFIG).exists():
            options += ["--config", str(EXAMPLES / name / CONFIG)]
        run_and_report([command, str(export), "-o", str(out), *options, *AS_OF])


def test_every_example_is_run() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == {*RUNS, *ON_PAGES}


@pytest.mark.parametrize("name", RUNS)
def test_outputs_are_as_before(name: str, tmp_path: Path) -> None:
    clean(name, tmp_path / "out")
    expected = {path.name: path.read_bytes() for path in (HERE / name).iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == expected


if __name__ == "__main__":
    for example in RUNS:
        clean(example, HERE / example)
