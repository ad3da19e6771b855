"""Keeps the documentation true: runs every command it shows and writes what the code says about itself.

    python -m tools.docs            rewrite README.md and docs/
    python -m tools.docs --check    say what is out of date; exit 1 if anything is

A console block is a fenced block of the kind ``console``. Its lines that start with ``$ `` are run by a shell, one
after another, in a folder of its own that holds a copy of ``examples/``; what they print stands below them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from crmclean.core.catalogue import all_codes, describe
from crmclean.core.registry import FIELDS, GATE_REPORTS, REPORTS
from crmclean.dialects import dialects
from tools.quality_page import quality_page

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def with_outputs(markdown: str) -> str:
    """The text with what each shown command prints now; blocks of one page share a folder."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", folder, dirs_exist_ok=True)
        return _BLOCK.sub(lambda block: f"```console\n{_run_all(block[1], Path(folder))}```", markdown)


def _run_all(block: str, folder: Path) -> str:
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{_run(command, folder)}" for command in commands)


def _run(command: str, folder: Path) -> str:
    """What a command prints on both streams; English, 80 columns, no terminal."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": path, "LC_ALL": "C.UTF-8", "COLUMNS": "80", "HOME": str(folder)}
    done = subprocess.run(  # noqa: S602 - the commands are our own documentation's
        command, shell=True, cwd=folder, env=environment, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    printed = done.stdout.decode()
    return printed if not printed or printed.endswith("\n") else printed + "\n"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines) + "\n"


def fields_page() -> str:
    """Every field type, from the registry."""
    order = sorted(FIELDS.values(), key=lambda field: (field.group, field.name))
    rows = [
        [f"`{f.name}`", f.title.en, f.title.de, f.group, " ".join(f"`{s}`" for s in f.styles), f.strength.value]
        for f in order
    ]
    intro = "# Field types\n\nMade by `make docs` from the code. The first written form is the default.\n\n"
    return intro + _table(["field", "English", "Deutsch", "group", "written forms", "as evidence"], rows)


def codes_page() -> str:
    """Every finding code, from the registry."""
    rows = []
    for name in all_codes():
        code = describe(name)
        rows.append([f"`{name}`", code.severity.value, code.what.en, code.fix.en])
    intro = (
        "# Finding codes\n\nMade by `make docs` from the code; `crmclean explain CODE` says more, also in German.\n\n"
    )
    return intro + _table(["code", "severity", "meaning", "what to do"], rows)


def commands_page() -> str:
    """The help of every command, and what is built in."""
    from crmclean.cli import commands

    names = sorted(_commands(Path(commands.__path__[0])))
    parts = ["# Commands\n\nMade by `make docs` from the code.\n"]
    parts += [f"## {name}\n\n```console\n$ crmclean {name} --help\n```\n" for name in names]
    crms = [[f"`{name}`", dialect.title] for name, dialect in dialects().items()]
    parts.append("## CRM dialects\n\n" + _table(["name", "CRM"], crms))
    parts.append(
        "## Reports\n\n" + _table(["name", "suffix"], [[f"`{n}`", f"`{r.suffix}`"] for n, r in REPORTS.items()])
    )
    formats = [[f"`{n}`", f"`{r.suffix}`", r.title.en] for n, r in GATE_REPORTS.items()]
    parts.append("## Formats of check\n\n" + _table(["name", "suffix", "what for"], formats))
    return with_outputs("\n".join(parts))


def _commands(folder: Path, group: str = "") -> Iterator[str]:
    """Every command as it is typed; a folder is a group of commands."""
    for place in folder.iterdir():
        name = f"{group}{place.stem.rstrip('_')}"
        if (place / "__init__.py").is_file():
            yield name
            yield from _commands(place, f"{name} ")
        elif place.suffix == ".py" and not place.stem.startswith("__"):
            yield name


PAGES: dict[str, Callable[[], str]] = {
    "docs/fields.md": fields_page,
    "docs/codes.md": codes_page,
    "docs/commands.md": commands_page,
    "docs/quality.md": quality_page,
}
# By hand, with outputs that are run.
WRITTEN = (
    "README.md",
    "docs/anomalies.md",
    "docs/diff.md",
    "docs/directories.md",
    "docs/dsgvo.md",
    "docs/dsgvo-duties.md",
    "docs/enriching.md",
    "docs/evaluating.md",
    "docs/figures.md",
    "docs/gate.md",
    "docs/in-ci.md",
    "docs/history.md",
    "docs/matching.md",
    "docs/merging.md",
    "docs/nightly.md",
    "docs/online-directories.md",
    "docs/python.md",
    "docs/relationship-health.md",
    "docs/report.md",
    "docs/review.md",
    "docs/rules.md",
    "docs/serving.md",
)


def current(name: str) -> str:
    """What a page should hold now."""
    if name in PAGES:
        return PAGES[name]()
    return with_outputs((ROOT / name).read_text("utf-8"))


def main() -> None:
    """Rewrite the pages, or check them."""
    stale = []
    for name in (*PAGES, *WRITTEN):
        page, path = current(name), ROOT / name
        if not path.exists() or path.read_text("utf-8") != page:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(page, "utf-8")
    print("\n".join(stale) or "all pages are up to date")
    sys.exit(1 if stale and "--check" in sys.argv else 0)


if __name__ == "__main__":
    main()
