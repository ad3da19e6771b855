"""How well written names are taken apart, against nameparser's cases and probablepeople's hand-labelled names.

    python -m benchmarks.names [-v]

Compared is what is a field here: surname, and all first names together (first, middle and initials). The data folder is
named by ``CRMCLEAN_DATA`` (default ``../shared/data``); what is missing is skipped. ``-v`` lists the misses.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from benchmarks._data import DATA
from crmclean.core.field import NO_HINTS
from crmclean.core.registry import FIELDS
from crmclean.core.text import fold


class Case(NamedTuple):
    """One labelled name; ``None`` = the label says nothing about this part."""

    text: str
    first: str | None
    last: str | None
    title: str | None
    group: str


def nameparser_cases(path: Path) -> Iterator[Case]:
    """The parts of nameparser's tests that are fields here; its settings tests have no such parts."""
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        expected = case["expected"]
        if case["known_failure"] or not {"first", "last"} & expected.keys():
            continue
        first = " ".join(part for part in (expected.get("first"), expected.get("middle")) if part) or None
        yield Case(case["input"], first, expected.get("last"), expected.get("title"), _kind(case["input"]))


def _kind(text: str) -> str:
    """What makes a name hard, for grouping the misses."""
    if re.search(r"[(\"']\w+[)\"']", text):
        return "nickname"
    if re.search(r"\b(?:and|&|und|y|of)\b", text):
        return "conjunction"
    if len(text.split()) == 1:
        return "one word"
    if "," in text:
        return "comma"
    if re.search(r"\b(?:de|da|la|van|von|der|bin|al|abu|vel|do|dos|della|st|santa)\b", text, re.IGNORECASE):
        return "particle"
    return "title or suffix" if re.search(r"\b\w{1,4}\.", text) or len(text.split()) > 3 else "plain"


def probablepeople_cases(path: Path) -> Iterator[Case]:
    """Hand-labelled US names; those of one word can't be told first from last and are left out."""
    for node in ElementTree.parse(path).getroot():  # noqa: S314 - a local file of measured data
        tokens = [(part.tag, (part.text or "").strip(" ,")) for part in node]
        tags = [tag for tag, _ in tokens]
        if len(tokens) < 2 or "And" in tags:
            continue
        last = " ".join(text for tag, text in tokens if tag == "Surname")
        first = " ".join(text for tag, text in tokens if tag in _FIRST)
        if not last or not first:
            continue
        shown = " ".join((part.text or "").strip() for part in node)
        group = " ".join(tag for tag in tags if tag not in ("MiddleName", "MiddleInitial"))
        yield Case(shown, first, last, None, group)


_FIRST = frozenset({"GivenName", "FirstInitial", "MiddleName", "MiddleInitial"})


def measure(name: str, cases: list[Case], *, verbose: bool) -> None:
    """Prints the share of surnames, first names and whole names that were found, and the misses by group."""
    parse = FIELDS["full_name"].parse
    started = time.perf_counter()
    parsed = [parse(case.text.strip() or "?", NO_HINTS) for case in cases]
    micros = (time.perf_counter() - started) / max(1, len(cases)) * 1e6
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    misses: defaultdict[str, list[str]] = defaultdict(list)
    doubted = 0
    for case, got in zip(cases, parsed, strict=True):
        good = True
        for part, label in (("first_name", case.first), ("last_name", case.last), ("academic_title", case.title)):
            if label is None:
                continue
            asked[part] += 1
            same = fold(got.parts.get(part, "")) == fold(label)
            right[part] += same
            good &= same or part == "academic_title"
        asked["name"] += 1
        right["name"] += good
        if not good:
            doubted += got.code not in (None, "case")
            misses[case.group].append(f"{case.text!r} -> {dict(got.parts)} ({got.code})")
    print(f"\n{name}: {len(cases)} names, {micros:.1f} µs a name")
    for part in ("name", "last_name", "first_name", "academic_title"):
        if asked[part]:
            print(f"  {part:15} {right[part]:5} of {asked[part]:5}  {right[part] / asked[part]:.1%}")
    print(f"  of {asked['name'] - right['name']} names not split as labelled, {doubted} carry a finding")
    for group, lines in sorted(misses.items(), key=lambda item: -len(item[1]))[:12]:
        print(f"    {len(lines):4} {group}")
        if verbose:
            print(*(f"         {line}" for line in lines[:12]), sep="\n")


def main() -> None:
    """Measures every set that is there."""
    verbose = "-v" in sys.argv[1:]
    for folder, file, read in (
        ("vec-names-nameparser", "cases.jsonl", nameparser_cases),
        ("vec-names-probablepeople", "person_labeled.xml", probablepeople_cases),
    ):
        path = DATA / folder / file
        if path.exists():
            measure(folder, list(read(path)), verbose=verbose)
        else:
            print(f"{folder}: not there, skipped")


if __name__ == "__main__":
    main()
