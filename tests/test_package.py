"""What is installed: the public names, a light import, and everything the wheel must carry."""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import crmclean

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "crmclean"


def python(*arguments: str | Path) -> str:
    """What a fresh process prints on stdout; it must end with 0."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_public_names_are_these() -> None:
    """A name more is a promise more; a name less breaks somebody's script."""
    assert crmclean.__all__ == [
        *("CrmCleanError", "Differences", "GateResult", "RunSummary", "Table"),
        *("check", "clean", "diff", "parse", "profile", "read", "run", "undo"),
    ]
    assert dir(crmclean) == sorted(crmclean.__all__)


@pytest.mark.parametrize("name", crmclean.__all__)
def test_every_public_name_is_there_and_explained(name: str) -> None:
    assert getattr(crmclean, name).__doc__


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'dedupe'"):
        _ = crmclean.dedupe


def test_importing_is_light() -> None:
    heavy = "polars typer rich phonenumbers stdnum email_validator xlsxwriter"
    assert python("-c", f"import sys, crmclean; print(*set('{heavy}'.split()) & set(sys.modules))") == "\n"


def test_the_module_runs() -> None:
    assert python("-m", "crmclean", "--version") == f"crmclean {importlib.metadata.version('crmclean')}\n"


def test_the_wheel_carries_everything(tmp_path: Path) -> None:
    """Built from a copy, so that nothing is left in the tree."""
    tree = tmp_path / "tree"
    shutil.copytree(ROOT / "src", tree / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, tree)
    python("-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", tmp_path, tree)
    [wheel] = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = [
        path.relative_to(SOURCE.parent).as_posix()
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    assert len(wanted) > 300
    assert set(wanted) - held == set()
    for name in ("LICENSE", "NOTICE"):
        assert any(path.endswith(f".dist-info/licenses/{name}") for path in held)


@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("kunden.csv", "german-excel-export"),
        ("register.csv", "company-directory"),
        ("register.toml", "company-directory"),
    ],
)
def test_the_demo_shows_the_examples(name: str, example: str) -> None:
    shipped = (SOURCE / "data" / name).read_bytes()
    assert shipped == (Path(__file__).parents[1] / "examples" / example / name).read_bytes()
