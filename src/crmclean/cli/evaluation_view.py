"""What ``evaluate`` shows, for people and for machines. Record ids and rows, but no other cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from crmclean.core import wording as words
from crmclean.core.counting import PAIRS, RECORDS, amount, number
from crmclean.core.language import Language, Text
from crmclean.core.text import visible
from crmclean.measures.agreement import PairCounts, wilson
from crmclean.reports.text import aligned
from crmclean.stages.evaluate import BANDS, Evaluation

SCHEMA_VERSION = "1"
_BANDS = {**words.BANDS, "": Text("not listed", "nicht gelistet")}
_UNKNOWN = "–"


def share(value: float | None, language: Language) -> str:
    """A share with four digits, as probabilities have; never 0 or 1 by rounding alone.

    >>> share(0.99999, "en"), share(1.0, "de"), share(None, "en")
    ('0.9999', '1,0000', '–')
    """
    if value is None:
        return _UNKNOWN
    shown = min(max(round(value, 4), 0.0001), 0.9999) if 0 < value < 1 else value
    text = f"{shown:.4f}"
    return text.replace(".", ",") if language == "de" else text


def as_text(found: Evaluation, language: Language) -> str:
    """The figures, aligned."""
    parts = [_truth(found, language), _figures(found, language), _bands(found, language), _curve(found, language)]
    parts += [_errors(found, language), _notes(found, language)]
    return "\n\n".join("\n".join(part) for part in parts if part)


def below(name: str, value: float | None, least: float) -> Text | None:
    """Why a figure is not good enough; ``None`` if it is."""
    if value is None:
        return Text(
            f"--fail-under {name}: this truth can't tell it", f"--fail-under {name}: diese Wahrheit sagt das nicht"
        )
    if value >= least:
        return None
    return Text(
        f"{name} is {share(value, 'en')}, less than {least:g}",
        f"{name} ist {share(value, 'de')}, weniger als {f'{least:g}'.replace('.', ',')}",
    )


def _truth(found: Evaluation, language: Language) -> list[str]:
    known, wanted = found.known, amount(found.auto.wanted, PAIRS)
    listed, pairs, of = amount(known.n_listed, RECORDS), amount(known.n_listed, PAIRS), number
    if known.columns.form == "entities":
        said = Text(f"Truth: {listed.en} with their entities", f"Wahrheit: {listed.de} mit ihren Entitäten")
    elif known.columns.value:
        said = Text(f"Truth: {pairs.en} with labels", f"Wahrheit: {pairs.de} mit Urteilen")
    else:
        said = Text(f"Truth: {pairs.en} that are the same", f"Wahrheit: {pairs.de}, die gleich sind")
    rest = Text("; what it does not list is unknown", "; was sie nicht nennt, ist unbekannt")
    if known.is_unlisted_different:
        rest = Text("; what it does not list is different", "; was sie nicht nennt, ist verschieden")
    met = Text(
        f"{wanted.en} to be found; it speaks of {of(found.n_known, 'en')} of {of(found.n_records, 'en')} records",
        f"{wanted.de} zu finden; sie kennt {of(found.n_known, 'de')} von {amount(found.n_records, RECORDS).de}",
    )
    return [said.said(language) + rest.said(language), met.said(language)]


def _figures(found: Evaluation, language: Language) -> list[str]:
    head = Text("|precision|recall|F1|found|right", "|Präzision|Trefferquote|F1|gefunden|richtig").said(language)
    figures = found.figures()
    rows = [tuple(head.split("|"))]
    titles = (
        ("", Text("clusters", "Gruppen"), found.auto),
        ("accepted_", Text("with review accepted", "mit angenommenen Prüffällen"), found.accepted),
    )
    for prefix, title, counts in titles:
        told = [share(figures[f"{prefix}{name}"], language) for name in ("precision", "recall", "f1")]
        rows.append((title.said(language), *told, number(counts.found, language), number(counts.right, language)))
    if found.b_cubed:
        rows.append(("B³", *(share(figures[name], language) for name in ("b3_precision", "b3_recall", "b3")), "", ""))
    lines = aligned(rows, right=(1, 2, 3, 4, 5))
    if found.exact:
        n, of = (number(each, language) for each in found.exact)
        exact = Text(
            f"  true clusters found exactly: {share(figures['exact'], language)} ({n} of {of})",
            f"  genau getroffene Gruppen: {share(figures['exact'], language)} ({n} von {of})",
        )
        lines.append(exact.said(language))
    return lines


def _bands(found: Evaluation, language: Language) -> list[str]:
    head = Text("band|pairs|known|right|share|95 %|", "Band|Paare|bekannt|richtig|Anteil|95 %|").said(language)
    rows = [tuple(head.split("|"))]
    for name in BANDS:
        band = found.bands[name]
        counted = (number(n, language) for n in (band.listed, band.known, band.right))
        part = share(band.right / band.known if band.known else None, language)
        rows.append((name, *counted, part, _interval(band.right, band.known, language), _BANDS[name].said(language)))
    return aligned(rows, right=(1, 2, 3, 4))


def _interval(n_right: int, n: int, language: Language) -> str:
    return _UNKNOWN if not n else "–".join(share(edge, language) for edge in wilson(n_right, n))


def _curve(found: Evaluation, language: Language) -> list[str]:
    if not found.bins:
        return []
    head = Text("probability|pairs|said|right|95 %", "Wahrscheinlichkeit|Paare|gesagt|richtig|95 %").said(language)
    rows = [tuple(head.split("|"))]
    for each in found.bins:
        said = (share(value, language) for value in (each.said, each.right))
        edges = f"{each.least:g}–{each.most:g}".replace(".", "," if language == "de" else ".")
        interval = f"{share(each.low, language)}–{share(each.high, language)}"
        rows.append((edges, number(each.n, language), *said, interval))
    error = share(found.calibration_error, language)
    total = Text(f"  calibration error {error}", f"  Kalibrierungsfehler {error}")
    return [*aligned(rows, right=(1, 2, 3)), total.said(language)]


def _errors(found: Evaluation, language: Language) -> list[str]:
    missed = found.auto.wanted - found.auto.right
    parts = {name: number(n, language) for name, n in found.missed.items() if n}
    where = ", ".join(f"{n} {_BANDS[name].said(language)}" for name, n in parts.items())
    title = Text(
        f"Missed: {amount(missed, PAIRS).en}{f' ({where})' if where else ''}",
        f"Übersehen: {amount(missed, PAIRS).de}{f' ({where})' if where else ''}",
    )
    lines = [title.said(language)]
    shown = (
        (found.wrong, Text("Most probable wrong pairs", "Wahrscheinlichste falsche Paare")),
        (found.least, Text("Least probable missed pairs", "Unwahrscheinlichste übersehene Paare")),
    )
    for pairs, head in shown:
        if pairs.height:
            lines += [head.said(language), *aligned(_example(row, language) for row in _named(pairs, found))]
    return lines


def _example(pair: Mapping[str, Any], language: Language) -> tuple[str, ...]:
    reasons = pair["reasons"] or Text(
        "never compared, or below the review limit", "nie verglichen oder unter der Grenze zur Entscheidung"
    ).said(language)
    probability = share(pair["probability"], language)
    return (*(_record(pair, side, language) for side in "ab"), probability, pair["band"] or "", visible(reasons))


def _record(pair: Mapping[str, Any], side: str, language: Language) -> str:
    """``kunden.csv row 3 (K7)``."""
    row, ref, file = (pair.get(f"{what}_{side}") for what in ("row", "record_id", "file"))
    at = f"{Text('row', 'Zeile').said(language)} {row}" if row else ""
    own = f"({ref})" if ref and row else ref or ""
    return visible(" ".join(part for part in (file or "", at, own) if part))


def _named(pairs: pl.DataFrame, found: Evaluation) -> list[dict[str, Any]]:
    """Examples with files, rows and record ids in place of places."""
    records, told = found.known.records, []
    for pair in pairs.iter_rows(named=True):
        names: dict[str, Any] = {}
        for side in "ab":
            at = pair[side]
            own = next(each for each in reversed(records.run.inputs) if each.first <= at)
            guessed = records.guessed[at]
            if records.is_several:
                names[f"file_{side}"] = None if guessed else own.name
            names[f"row_{side}"] = None if guessed else at - own.first + 1
            names[f"record_id_{side}"] = records.ids[at]
        told.append({**names, **{name: pair[name] for name in ("probability", "band", "reasons")}})
    return told


def _notes(found: Evaluation, language: Language) -> list[str]:
    if not found.notes:
        return []
    rows = [
        (words.SEVERITIES[note.severity].said(language), note.code, visible(note.message.said(language)))
        for note in found.notes
    ]
    return [Text("Findings", "Befunde").said(language), *aligned(rows)]


def as_json(found: Evaluation) -> dict[str, Any]:
    """The figures for machines; ``docs/evaluating.md`` says what the keys mean."""
    known, run = found.known, found.known.records.run
    return {
        "schema_version": SCHEMA_VERSION,
        "run": {"inputs": [each.name for each in run.inputs], "records": found.n_records, "edited": list(run.edited)},
        "truth": {
            "form": known.columns.form,
            "id_columns": list(known.columns.ids),
            "value_column": known.columns.value,
            "listed": known.n_listed,
            "records_known": found.n_known,
            "unlisted": "different" if known.is_unlisted_different else "unknown",
        },
        "figures": {name: _rounded(value) for name, value in found.figures().items()},
        "pairs": {"auto": _counts(found.auto), "accepted": _counts(found.accepted)},
        "bands": {name: _band(found, name) for name in BANDS},
        "exact_clusters": {"right": found.exact[0], "of": found.exact[1]} if found.exact else None,
        "reliability": [
            {
                "from": each.least,
                "to": each.most,
                "n": each.n,
                **{name: _rounded(getattr(each, name)) for name in ("said", "right", "low", "high")},
            }
            for each in found.bins
        ],
        "calibration_error": _rounded(found.calibration_error),
        "missed": {name or "unlisted": n for name, n in found.missed.items()},
        "examples": {"wrong": _named(found.wrong, found), "missed": _named(found.least, found)},
        "findings": [
            {"code": note.code, "severity": note.severity.value, "message": note.message.en, "line": note.line}
            for note in found.notes
        ],
    }


def _counts(counts: PairCounts) -> dict[str, int]:
    return {"found": counts.found, "right": counts.right, "wanted": counts.wanted}


def _band(found: Evaluation, name: str) -> dict[str, Any]:
    band = found.bands[name]
    low, high = wilson(band.right, band.known)
    right = band.right / band.known if band.known else None
    told = {"share": right, "low": low if band.known else None, "high": high if band.known else None}
    counts = {"listed": band.listed, "known": band.known, "right": band.right}
    return {**counts, **{key: _rounded(value) for key, value in told.items()}}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
