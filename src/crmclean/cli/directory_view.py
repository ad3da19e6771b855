"""What the ``directory`` commands show on the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crmclean.core.counting import RECORDS, amount, number
from crmclean.core.language import Language, Text
from crmclean.core.text import visible
from crmclean.core.wording import COMPANY_STATUS, field_title
from crmclean.pipeline.directory_building import Built
from crmclean.reports.text import aligned

_SHOWN = 8  # columns that are named
_BANDS = {
    "auto": Text("sure", "sicher"),
    "review": Text("to be checked", "zu prüfen"),
    "veto": Text("another company", "andere Firma"),
}
_CHANGES = {
    "renamed": Text("renamed", "umbenannt"),
    "moved": Text("moved", "umgezogen"),
    "registered": Text("new register entry", "neuer Registereintrag"),
    "status": Text("other status", "anderer Status"),
    "gone": Text("no longer listed", "nicht mehr gelistet"),
}


def built(done: Built, language: Language) -> list[Text]:
    """What a build brought."""
    lines = []
    for name, n in done.n_rows.items():
        rows, out = amount(n, RECORDS), done.n_left_out[name]
        without = Text(
            f", {number(out, 'en')} more without a name or an id",
            f", {number(out, 'de')} weitere ohne Namen und Nummer",
        )
        none = Text("", "")
        rest = without if out else none
        lines.append(Text(f"{name}: {rows.en}{rest.en}", f"{name}: {rows.de}{rest.de}"))
        if done.unused[name]:
            columns = ", ".join(visible(label) for label in done.unused[name][:_SHOWN])
            more = len(done.unused[name]) - _SHOWN
            and_more = Text(f" and {more} more", f" und {more} weitere") if more > 0 else none
            lines.append(
                Text(
                    f"{name}: not used, for want of a field: {columns}{and_more.en}",
                    f"{name}: mangels Feld nicht genutzt: {columns}{and_more.de}",
                )
            )
    said = {
        name: number(n, language)
        for name, n in {
            "companies": done.n_companies,
            "merged": done.n_merged,
            "apart": done.n_contradicting,
            "kept": done.n_kept,
        }.items()
    }
    lines.append(
        Text(
            f"{said['companies']} companies, {said['merged']} rows told of one that was there already, "
            f"{_size(done.size_bytes, 'en')}",
            f"{said['companies']} Firmen, {said['merged']} Zeilen nannten eine schon vorhandene, "
            f"{_size(done.size_bytes, 'de')}",
        )
    )
    if done.n_contradicting:
        lines.append(
            Text(
                f"{said['apart']} rows have the id of another company that other ids tell apart; they stand alone",
                f"{said['apart']} Zeilen tragen die Nummer einer Firma, von der andere Nummern sie trennen; "
                "sie stehen allein",
            )
        )
    if done.n_kept:
        lines.append(Text(f"{said['kept']} companies keep their id", f"{said['kept']} Firmen behalten ihre Nummer"))
    for kind, count in done.changes.items():
        what, n_told = _CHANGES[kind], number(count, language)
        lines.append(Text(f"{n_told} {what.en}", f"{n_told} {what.de}"))
    return lines


def _size(n_bytes: int, language: Language) -> str:
    if n_bytes < 10**6:
        return f"{number(max(1, n_bytes // 1000), language)} kB"
    return f"{number(round(n_bytes / 10**6), language)} MB"


def info(facts: Mapping[str, Any], language: Language) -> list[str]:
    """What a directory holds."""
    words = {
        "companies": Text("companies", "Firmen"),
        "as_of": Text("built as of", "gebaut zum Stand"),
        "size": Text("size", "Größe"),
        "status": Text("status", "Status"),
        "fields": Text("filled", "gefüllt"),
        "changes": Text("changes", "Veränderungen"),
        "source": Text("source", "Quelle"),
    }
    rows = [
        (words["companies"].said(language), number(facts["companies"], language)),
        (words["as_of"].said(language), facts["as_of"]),
        (words["size"].said(language), _size(facts["size_bytes"], language)),
        (words["status"].said(language), _counted(facts["status"], COMPANY_STATUS, language)),
        (words["changes"].said(language), _counted(facts["changes"], _CHANGES, language) or "-"),
    ]
    rows += [(words["source"].said(language), _source(source, language)) for source in facts["sources"]]
    rows += [
        (words["fields"].said(language), f"{field_title(name, language)}: {number(n, language)}")
        for name, n in facts["fields"].items()
    ]
    return aligned(rows)


def _counted(counts: Mapping[str, int], words: Mapping[str, Text], language: Language) -> str:
    return ", ".join(f"{number(n, language)} {words[name].said(language)}" for name, n in counts.items())


def _source(source: Mapping[str, Any], language: Language) -> str:
    records = amount(int(source["rows"]), RECORDS).said(language)
    told = [source["title"], source["date"], source["licence"], records]
    return visible(", ".join(each for each in told if each))


def _percent(probability: float, language: Language) -> str:
    """Cut, not rounded: nothing but certainty is 100 %."""
    cut = f"{int(probability * 1000) / 10:.1f} %"
    return cut if language == "en" else cut.replace(".", ",")


def candidates(found: Sequence[Mapping[str, Any]], language: Language) -> list[str]:
    """A table of the companies that may be meant."""
    if not found:
        return [Text("nothing found", "nichts gefunden").said(language)]
    none = Text("unlikely", "unwahrscheinlich").said(language)
    formerly = Text("formerly", "früher").said(language)
    rows = []
    for company in found:
        place = " ".join(company[name] for name in ("postal_code", "city") if name in company)
        street = " ".join(company[name] for name in ("street", "house_number") if name in company)
        name = company.get("company_name", "")
        former = f" ({formerly} {company['former_name']})" if "former_name" in company else ""
        band = _BANDS[company["band"]].said(language) if "band" in company else none
        rows.append(
            (
                _percent(company["probability"], language),
                band,
                company["grade"],
                COMPANY_STATUS[company["status"]].said(language),
                company["source_id"],
                ", ".join(each for each in (name + former, street, place) if each),
            )
        )
    return [visible(line) for line in aligned(rows)]
