"""How well duplicates are found: labelled sets of others, and exports whose duplicates we made.

    python -m benchmarks.matching [--only NAME …] [--large] [--store] [--examples N] [--peer PYTHON …] [--for-peers DIR]

One configuration for all: nobody gives thresholds, labels or keys. The labelled sets need the data folder of
``CRMCLEAN_DATA``; the ones that are not there are skipped. Of the two generators the engine may be tuned on ``office``;
``web`` is the one to believe.

Columns: ``cand`` is the share of true pairs that are compared at all. ``auto`` are the clusters of ``duplicates.csv``.
``+review`` are the clusters if every pair to review were accepted. ``≥.5`` and ``best`` tell what single thresholds
would reach, ``best`` with the truth in hand. ``cal`` is the calibration error, see ``calibration_error``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, cast

import polars as pl

from benchmarks import _matching_names
from benchmarks._data import DATA
from benchmarks._matching_errors import by_kind, examples
from benchmarks._matching_measures import rounded
from benchmarks._matching_peers import TOOLS, run_peer, write_for_peers
from benchmarks._matching_run import figures, run
from benchmarks._matching_sets import SETS, LabelledSet, write_input
from benchmarks.duplicates.export import NOISE, Model, truth_path, write
from benchmarks.speed import cost_of
from crmclean.measures.agreement import Truth

STORE = Path(__file__).with_name("quality.json")
SIZES, LARGE = (3_000, 10_000, 100_000), 1_000_000
Job = LabelledSet | tuple[Model, int]
_EXAMPLES = ("examples", "examples_accepted")
NAME_PAIRS = "namepairs-opensanctions"
_HEAD = (
    f"{'':20} {'records':>9} {'pairs':>7} {'cand':>6} | {'auto P':>6} {'R':>6} {'F1':>6} | {'+review P':>9} {'R':>6} "
    f"{'F1':>6} | {'≥.5':>6} {'best':>6} (at)     | {'P auto':>6} {'P rev':>6} {'n rev':>6} | {'B³':>6} {'cal':>5} "
    f"{'CPU s':>7}"
)


def measure_labelled(one: LabelledSet, parquet: Path | None = None) -> dict[str, Any]:
    """Figures of a set of others."""
    records, truth = one.read(DATA / one.folder)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "records.csv"
        write_input(records, path)
        found = run(path, one.country, one.columns)
    if parquet and truth.side is None:  # the others would be measured inside each file, too
        write_for_peers(found, truth, parquet)
    return figures(found, truth)


def measure_generated(path: Path, n_examples: int = 0, parquet: Path | None = None) -> dict[str, Any]:
    """Figures of an export of ``benchmarks.duplicates``, with its errors by kind."""
    known = pl.read_csv(truth_path(path), infer_schema=False)
    truth = Truth(known["entity_id"])
    found = run(path, "DE")
    clusters = found.matched.entity_of
    told = figures(found, truth) | {"errors": by_kind(clusters, truth, known["kind"])}
    told["errors_accepted"] = by_kind(found.accepted(), truth, known["kind"])
    if n_examples:
        records = pl.read_csv(path, separator=";", infer_schema=False)
        told["examples"] = examples(clusters, truth, known["kind"], records, found, n_examples)
        shown = examples(found.accepted(), truth, known["kind"], records, found, n_examples)
        told["examples_accepted"] = {"false": shown.get("false", {})}
    if parquet:
        write_for_peers(found, truth, parquet)
    return told


def main() -> int:
    """Print one line a set and what stands behind it; the number of sets that could not be measured."""
    given = _arguments()
    jobs = _jobs(large=given.large)
    unknown = sorted(set(given.only) - {*jobs, NAME_PAIRS})
    if unknown:
        sys.exit(f"unknown: {' '.join(unknown)}; known: {' '.join([*jobs, NAME_PAIRS])}")
    chosen = {name: job for name, job in jobs.items() if not given.only or name in given.only}
    print(_HEAD)
    with tempfile.TemporaryDirectory() as place:
        measured, failed = _measure(chosen, given, given.for_peers or Path(place))
    if (not given.only or NAME_PAIRS in given.only) and (DATA / f"dup-{NAME_PAIRS}").exists():
        measured[NAME_PAIRS] = rounded(_matching_names.figures(DATA / f"dup-{NAME_PAIRS}"))
        print(f"{NAME_PAIRS}: {measured[NAME_PAIRS]}")
    if given.store:
        _store(measured)
    return failed


def _measure(jobs: Mapping[str, Job], given: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], int]:
    """The figures by name, printed as they come, and how many sets that are there gave none."""
    measured: dict[str, Any] = {}
    failed = 0
    folder.mkdir(parents=True, exist_ok=True)
    for name, job in jobs.items():
        if isinstance(job, LabelledSet) and not (DATA / job.folder).exists():
            print(f"{name:20} not there, skipped")
            continue
        parquet = folder / f"{name}.parquet"
        told = _told(job, given.examples, parquet if given.for_peers or given.peer else None)
        if told is None:
            failed += 1
            continue
        shown: dict[str, Any] = {part: told.pop(part) for part in _EXAMPLES if part in told}
        measured[name] = rounded(told)
        _show(name, measured[name], shown)
        _show_peers([Path(python) for python in given.peer], parquet)
    return measured, failed


def _jobs(*, large: bool) -> dict[str, Job]:
    jobs: dict[str, Job] = {one.name: one for one in SETS}
    for n in (*SIZES, LARGE) if large else SIZES:
        jobs |= {f"{model}-{n}": (model, n) for model in NOISE}
    return jobs


def _told(job: Job, n_examples: int, parquet: Path | None) -> dict[str, Any] | None:
    """The figures, from a process of its own so that memory is its own; ``None`` where it failed."""
    if isinstance(job, LabelledSet):
        return _alone(measure_labelled, job, parquet)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "export.csv"
        write(*job, path)
        told = _alone(measure_generated, path, n_examples, parquet)
        command = [sys.executable, "-m", "crmclean", "dedupe", str(path), "-o", f"{place}/out", "--country", "DE", "-q"]
        if told:
            cost = cost_of(command)
            told["whole"] = {"cpu_s": cost.cpu_s, "wall_s": cost.wall_s, "peak_mb": cost.peak_mb}
    return told


def _alone(measure: Any, *arguments: Any) -> dict[str, Any] | None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        try:
            return cast(dict[str, Any], process.submit(measure, *arguments).result())
        except pl.exceptions.PolarsError as error:
            print(f"  failed: {error}")
            return None


def _show(name: str, told: Mapping[str, Any], shown: Mapping[str, Any]) -> None:
    auto, accepted, bands = told["auto"], told["accepted"], told["bands"]
    nothing = {"n": 0, "p": float("nan")}
    certain, asked = bands.get("auto", nothing), bands.get("review", nothing)
    print(
        f"{name:20} {told['records']:9,} {told['true_pairs']:7,} {told['candidate_recall']:6.4f} | "
        f"{auto['p']:6.4f} {auto['r']:6.4f} {auto['f1']:6.4f} | "
        f"{accepted['p']:9.4f} {accepted['r']:6.4f} {accepted['f1']:6.4f} | "
        f"{told['f1_at_half']:6.4f} {told['best']['f1']:6.4f} ({told['best']['threshold']:6}) | "
        f"{certain['p']:6.4f} {asked['p']:6.4f} {asked['n']:6} | "
        f"{told['b3_f1']:6.4f} {told['calibration_error']:5.3f} {told['cpu_s']:7.2f}",
        flush=True,
    )
    curve = "  ".join(f"{each['said']:.3f}→{each['right']:.3f} ({each['n']})" for each in told["reliability"])
    print(f"    said→right (pairs): {curve}")
    if told["truth_is_partial"]:
        print("    only some of its duplicates are known: P, F1 and the curve are lower bounds")
    if told["contradicting_merges"]:
        print(f"    CLUSTERS WITH CONTRADICTING IDS: {told['contradicting_merges']}")
    if "whole" in told:
        whole = told["whole"]
        print(
            f"    matching {told['cpu_s']:.1f} s CPU, {told['peak_mb']:.0f} MB; "
            f"whole dedupe {whole['cpu_s']:.1f} s CPU, {whole['wall_s']:.1f} s, {whole['peak_mb']:.0f} MB"
        )
    for part in ("errors", "errors_accepted"):
        for wrong, kinds in told.get(part, {}).items():
            if wrong == "false" or part == "errors":
                print(f"    {part.replace('_', ', ')}, {wrong}: {kinds}")
    for part, wrongs in shown.items():
        for wrong, kinds in wrongs.items():
            for kind, cases in kinds.items():
                print(f"    {part.replace('_', ', ')}, {wrong}, {kind}")
                print(*(f"        {case}" for case in cases), sep="\n")


def _show_peers(pythons: list[Path], parquet: Path) -> None:
    for tool in TOOLS if parquet.exists() else ():
        found = (run_peer(tool, python, parquet) for python in pythons)
        told = next((each for each in found if each), None)
        if told:
            default, best = told["default"], told["best"]
            print(
                f"    {tool} {told['version']}: default P {default['p']:.4f} R {default['r']:.4f} "
                f"F1 {default['f1']:.4f}; best F1 {best['f1']:.4f} (at {best['threshold']}); "
                f"{told['cpu_s']:.1f} s CPU, {told['wall_s']:.1f} s, {told['peak_mb']:.0f} MB",
                flush=True,
            )


def _store(measured: Mapping[str, Any]) -> None:
    """Keep the figures; those of sets that were not measured stay."""
    kept = json.loads(STORE.read_text("utf-8")) if STORE.exists() else {}
    STORE.write_text(json.dumps({**kept, **measured}, indent=1, sort_keys=True) + "\n", "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="measure these sets alone")
    parser.add_argument("--large", action="store_true", help=f"the generators at {LARGE:,} records, too")
    parser.add_argument("--store", action="store_true", help=f"keep the figures in {STORE.name}")
    parser.add_argument("--examples", type=int, default=0, metavar="N", help="show N errors of each kind, made-up data")
    parser.add_argument("--peer", nargs="+", default=[], metavar="PYTHON", help="interpreters that have other matchers")
    parser.add_argument(
        "--for-peers", type=Path, metavar="DIR", help="keep what other matchers are given: NAME.parquet"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
