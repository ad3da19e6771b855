"""What the page costs after the measures, and how large it is: the bars are 2 seconds and 400 kB for 1,000,000 rows.

    python -m benchmarks.report_page [ROWS]

The export is the generator's with an owner, a segment and a source behind it. Beside it stands what the figures by
group, the examples and the steps to take add to measuring, and what the workbook costs.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.generator import HEADER, record
from crmclean.core.registry import REPORTS
from crmclean.core.summary import RunSummary
from crmclean.measures.consistency import consistency
from crmclean.measures.examples import measure_examples
from crmclean.measures.groups import measure_groups
from crmclean.measures.next_steps import measure_next_steps
from crmclean.measures.purposes import served_purposes
from crmclean.measures.records import Records
from crmclean.pipeline import Settings, prepare, summarise
from crmclean.pipeline.reporting import findings_to_list

AS_OF = date(2026, 6, 30)
_MAX_S, _MAX_BYTES = 2.0, 400_000


def write(n_rows: int, path: Path, seed: int = 20261122) -> None:
    """Write the export: the same seed gives the same bytes."""
    rng = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as sink:
        sink.write(HEADER + ";Betreuer;Segment;Quelle\r\n")
        for number in range(1, n_rows + 1):
            more = [f"Team {rng.randint(1, 60)}", rng.choice("ABC"), rng.choice(("Messe", "Web", "Import", ""))]
            sink.write(";".join([*record(rng, number), *more]) + "\r\n")


def main(n_rows: int) -> int:
    """Measure and print; 1 where a bar is not reached."""
    path = Path("bench-out") / f"report-{n_rows}.csv"
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        write(n_rows, path)
    settings = Settings(as_of=AS_OF)
    started = time.perf_counter()
    cleaned = prepare(str(path), settings).normalised
    print(f"{n_rows:,} rows: read and cleaned in {time.perf_counter() - started:.1f} s")
    started = time.perf_counter()
    summary = summarise(cleaned, settings)
    print(f"  measured in {time.perf_counter() - started:.2f} s, of which")
    _added(Records(cleaned), summary)
    is_good = True
    for form in ("html", "text", "markdown", "json"):
        started = time.perf_counter()
        size = len(REPORTS[form].render(summary, "de"))
        seconds = time.perf_counter() - started
        print(f"  {form:10} {seconds:6.3f} s {size:9,} bytes")
        is_good &= form != "html" or (seconds <= _MAX_S and size <= _MAX_BYTES)
    report = REPORTS["xlsx"]
    started = time.perf_counter()
    listed = findings_to_list(cleaned.findings, summary, report.most_findings, show_values=False)
    size = len(report.render_findings(summary, listed, "de"))
    print(f"  {'xlsx':10} {time.perf_counter() - started:6.3f} s {size:9,} bytes, {listed.height:,} findings listed")
    return 0 if is_good else 1


def _added(records: Records, summary: RunSummary) -> None:
    served = served_purposes(records, "")
    parts: dict[str, Callable[[], object]] = {
        "consistency": lambda: consistency(records),
        "groups": lambda: measure_groups(records, served),
        "examples": lambda: measure_examples(records.cleaned.findings),
        "next steps": lambda: measure_next_steps(
            records, served, "", columns=summary.columns, scores=summary.scores, duplicates=None, n_rejects=0
        ),
    }
    for name, measured in parts.items():
        started = time.perf_counter()
        measured()
        print(f"    {name:12} {time.perf_counter() - started:.2f} s")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
