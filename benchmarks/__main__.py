"""Runs every benchmark, or the named ones, each in a process of its own: ``python -m benchmarks [speed reading …]``."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import benchmarks

_GENERATOR = "generator"  # makes the file for ``speed``; measures nothing


def main() -> int:
    """Run them one after another; each prints its own table. The number of those that failed is the exit code."""
    found = sorted(m.name for m in pkgutil.iter_modules(benchmarks.__path__) if not m.name.startswith("_"))
    failed = []
    for name in sys.argv[1:] or [name for name in found if name != _GENERATOR]:
        print(f"\n== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode:
            failed.append(name)
    print(f"\n{len(failed)} benchmarks failed {' '.join(failed)}".rstrip())
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
