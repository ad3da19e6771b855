"""Every real export of the data folder through ``crmclean run``: exit code, conservation of rows, map, undo.

Exit 0, or 1 where rejects are right; rows in the file = rows out + rejects + footers; undo byte for byte.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks._data import data_folder

SETS = ("messy-crm-exports", "dir-datenanfragen", "dir-at-organisations", "dir-offeneregister", "dup-dedupe-childcare")


def run_one(path: Path, out: Path) -> tuple[int, str, str]:
    """Exit code, one line of figures, and what was wrong (empty if nothing)."""
    command = [sys.executable, "-m", "crmclean", "run", str(path), "-o", str(out), "--as-of", "2026-11-22", "-q"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode not in (0, 1):
        return done.returncode, done.stderr.strip()[-200:], "refused"
    manifest = json.loads((out / "manifest.json").read_text())
    report = json.loads((out / "report.json").read_text())
    counts = manifest["counts"]
    mapped = sum(1 for c in report["columns"] if c["field"] not in (None, "text"))
    back = out.parent / f"{out.name}.original"
    undone = subprocess.run(
        [sys.executable, "-m", "crmclean", "undo", str(out), "-o", str(back)],
        capture_output=True,
        text=True,
        check=False,
    )
    same = undone.returncode == 0 and _content(back) == _content(path)
    figures = (
        f"{counts['rows']:>7} rows {counts['rejects']:>4} rejects {counts['changes']:>7} changes "
        f"{mapped:>2}/{report['n_columns']:<2} mapped {manifest.get('dialect', '')}"
    )
    return done.returncode, figures, "" if same else f"undo differs: {undone.stderr.strip()[-120:]}"


def _content(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def main() -> None:
    """Print a line for each file."""
    folder = data_folder()
    if folder is None:
        return
    wrong = []
    with tempfile.TemporaryDirectory() as temporary:
        for name in SETS:
            for path in sorted((folder / name).iterdir()):
                if path.suffix not in (".csv", ".gz"):
                    continue
                out = Path(temporary) / f"{name}-{path.name}"
                code, figures, problem = run_one(path, out)
                print(f"  exit {code}  {name}/{path.name:55.55} {figures} {problem}", flush=True)
                if problem:
                    wrong.append(path.name)
    print(f"  {len(wrong)} with a problem: {', '.join(wrong) or 'none'}")


if __name__ == "__main__":
    main()
