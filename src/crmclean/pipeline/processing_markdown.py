"""The record of processing activities as Markdown: what is known is filled in, the rest is a line to be filled.

Source of the headings: Regulation (EU) 2016/679 art. 30 (1) a to g.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crmclean.core.language import Language, Text
from crmclean.core.registry import FIELDS
from crmclean.core.text import visible
from crmclean.pipeline.processing import Processing, Recipient

_TITLE = Text("Record of processing activities: CRM data quality", "Verarbeitungstätigkeit: Datenqualität im CRM")
_INTRO = Text(
    "Template by Art. 30 (1) GDPR, filled from the configuration of crmclean. Lines with `[…]` are yours to fill in; "
    "everything else is yours to check.",
    "Vorlage nach Art. 30 Abs. 1 DSGVO, ausgefüllt aus der Konfiguration von crmclean. Zeilen mit `[…]` sind selbst "
    "auszufüllen, alles andere ist zu prüfen.",
)
_STATE = Text("As of {day}", "Stand {day}")
_OPEN = "[…]"
GROUPS = {
    "person": Text("Persons", "Personen"),
    "contact": Text("Ways to reach them", "Kontaktwege"),
    "address": Text("Addresses", "Anschriften"),
    "company": Text("Companies", "Unternehmen"),
    "id": Text("Numbers of registers and offices", "Register- und Behördennummern"),
    "bank": Text("Bank details", "Bankverbindung"),
    "relationship": Text("Customer relationship", "Kundenbeziehung"),
    "consent": Text("Consents and refusals", "Einwilligungen und Widersprüche"),
    "time": Text("Points in time", "Zeitpunkte"),
    "record": Text("Keys and keepers of records", "Schlüssel und Zuständige"),
}


def processing_markdown(known: Processing, language: Language) -> str:
    """The record.

    Args:
        known: see ``Processing``.
        language: of the text.
    """
    lines: list[str] = [f"# {_TITLE.said(language)}", "", _INTRO.said(language)]
    lines += ["", _STATE.said(language).format(day=known.as_of.isoformat())]
    for title, said in _sections(known):
        lines += ["", f"## {title.said(language)}", ""]
        lines += [f"- {line.said(language)}" for line in said]
    return "\n".join(lines) + "\n"


def _sections(known: Processing) -> Iterator[tuple[Text, Sequence[Text]]]:
    yield Text("a. Controller", "a. Verantwortlicher"), _controller()
    yield Text("b. Purposes and legal basis", "b. Zwecke und Rechtsgrundlage"), _purposes(known)
    yield Text("c. Data subjects and data", "c. Betroffene und Daten"), tuple(_data(known))
    yield Text("d. Recipients", "d. Empfänger"), tuple(_received(known))
    yield Text("e. Third countries", "e. Drittländer"), _abroad(known)
    yield Text("f. Time limits for erasure", "f. Löschfristen"), tuple(_limits(known))
    yield Text("g. Security measures (Art. 32)", "g. Schutzmaßnahmen (Art. 32)"), tuple(_measures(known))


def _controller() -> tuple[Text, ...]:
    return (
        Text(f"Name and address: {_OPEN}", f"Name und Anschrift: {_OPEN}"),
        Text(f"Representative: {_OPEN}", f"Vertretung: {_OPEN}"),
        Text(f"Data protection officer: {_OPEN}", f"Datenschutzbeauftragte Person: {_OPEN}"),
        Text(f"Department in charge: {_OPEN}", f"Zuständige Abteilung: {_OPEN}"),
    )


def _purposes(known: Processing) -> tuple[Text, ...]:
    purposes = [
        Text(
            "Keeping CRM data accurate (Art. 5 (1) d): check, repair, find and merge duplicates",
            "CRM-Daten sachlich richtig halten (Art. 5 Abs. 1 lit. d): prüfen, berichtigen, Dubletten finden und "
            "zusammenführen",
        )
    ]
    if known.recipients:
        purposes.append(
            Text("Completing company data from directories", "Unternehmensdaten aus Verzeichnissen ergänzen")
        )
    if known.history:
        purposes.append(
            Text(
                "Following data quality from run to run (hashes and figures)",
                "Datenqualität von Lauf zu Lauf verfolgen (Prüfsummen und Kennzahlen)",
            )
        )
    return (*purposes, Text(f"Legal basis (Art. 6 (1)): {_OPEN}", f"Rechtsgrundlage (Art. 6 Abs. 1): {_OPEN}"))


def _data(known: Processing) -> Iterator[Text]:
    yield Text(
        f"Data subjects (customers, prospects, contacts at companies): {_OPEN}",
        f"Betroffene (Kundschaft, Interessierte, Ansprechpersonen bei Unternehmen): {_OPEN}",
    )
    if known.fields is None:
        yield Text(
            f"Categories of data (name an EXPORT to have them filled in): {_OPEN}",
            f"Datenkategorien (mit einem EXPORT werden sie ausgefüllt): {_OPEN}",
        )
    for group, title in GROUPS.items():
        names = [name for name in known.fields or () if FIELDS[name].group == group]
        if names:
            listed = _listed(names)
            yield Text(f"{title.en}: {listed.en}", f"{title.de}: {listed.de}")
    if known.n_free:
        n = known.n_free
        yield Text(
            f"Free text, or columns of another meaning: {n}. Look whether anything of Art. 9 is in them: {_OPEN}",
            f"Freitext oder Spalten anderer Bedeutung: {n}. Prüfen, ob Angaben nach Art. 9 darin stehen: {_OPEN}",
        )


def _received(known: Processing) -> Iterator[Text]:
    if not known.recipients:
        yield Text(
            "None outside: crmclean works on this machine, and no online directory is configured",
            "Keine außerhalb: crmclean arbeitet auf diesem Rechner, und kein Online-Verzeichnis ist konfiguriert",
        )
    for each in known.recipients:
        yield _recipient(each)
    yield Text(f"Departments that get the outputs: {_OPEN}", f"Abteilungen, die Ausgaben erhalten: {_OPEN}")


def _recipient(given: Recipient) -> Text:
    sent, name = _listed(given.sent), visible(given.name)
    host = f" ({visible(given.host)})" if given.host else ""
    when = Text("asked in each run with `enrich`", "bei jedem Anreichern gefragt")
    if not given.is_asked:
        when = Text("configured, asked only with `--online`", "konfiguriert, nur mit `--online` gefragt")
    return Text(
        f"{given.title.en}, `{name}`{host}: {when.en}; sent: {sent.en}",
        f"{given.title.de}, `{name}`{host}: {when.de}; gesendet: {sent.de}",
    )


def _abroad(known: Processing) -> tuple[Text, ...]:
    if not known.recipients:
        return (Text("No transfer by crmclean", "Keine Übermittlung durch crmclean"),)
    names = ", ".join(f"`{visible(each.name)}`" for each in known.recipients)
    return (
        Text(
            f"Where the services are, and the safeguards (Art. 44 ff.): {names}: {_OPEN}",
            f"Sitz der Dienste und Garantien (Art. 44 ff.): {names}: {_OPEN}",
        ),
    )


def _limits(known: Processing) -> Iterator[Text]:
    years, days = known.keep_years, known.keep_days
    yield (
        Text(
            f"Records without a sign of life are reported after {years} years (`keep_years`)",
            f"Datensätze ohne Lebenszeichen werden nach {years} Jahren gemeldet (`keep_years`)",
        )
        if years
        else Text(f"Customer data (`keep_years` is not set): {_OPEN}", f"Kundendaten (`keep_years` fehlt): {_OPEN}")
    )
    yield (
        Text(
            f"Outputs of runs, and fixed findings in states: {days} days (`keep_days`, by `crmclean prune`)",
            f"Ausgaben von Läufen und behobene Befunde in Ständen: {days} Tage (`keep_days`, mit `crmclean prune`)",
        )
        if days
        else Text(f"Outputs of runs (`keep_days` is not set): {_OPEN}", f"Ausgaben (`keep_days` fehlt): {_OPEN}")
    )
    if known.history:
        n = known.keep_runs
        yield Text(
            f"History: figures of {n} runs, without a value; open findings until they are fixed",
            f"Verlauf: Kennzahlen von {n} Läufen, ohne Werte; offene Befunde, bis sie behoben sind",
        )
    for each in known.recipients:
        if each.cache_days >= 0:
            name, kept = visible(each.name), each.cache_days
            yield Text(f"Answers of `{name}`: {kept} days", f"Antworten von `{name}`: {kept} Tage")


def _measures(known: Processing) -> Iterator[Text]:
    yield Text(
        "Reports that leave the team mask values, hash record ids and hide groups below 5",
        "Berichte, die das Team verlassen, maskieren Werte, verschlüsseln IDs und verdecken Gruppen unter 5",
    )
    yield (
        Text("Record ids are hashed with an own key", "IDs werden mit eigenem Schlüssel verschlüsselt")
        if known.has_key
        else Text(
            f"No own key is configured (`key_file`): {_OPEN}",
            f"Kein eigener Schlüssel ist konfiguriert (`key_file`): {_OPEN}",
        )
    )
    yield (
        Text(
            "A suppression list of keyed hashes is honoured (Art. 21)",
            "Eine Werbesperrdatei aus Prüfsummen mit Schlüssel wird beachtet (Art. 21)",
        )
        if known.has_suppression
        else Text(
            f"No suppression list is configured (`suppression`): {_OPEN}",
            f"Keine Werbesperrdatei ist konfiguriert (`suppression`): {_OPEN}",
        )
    )
    yield Text(
        "Single persons are erased with a proof (`crmclean erase`); every change is logged and can be undone",
        "Einzelne werden mit Nachweis gelöscht (`crmclean erase`); jede Änderung ist protokolliert und umkehrbar",
    )
    yield Text(f"Who may read exports and outputs: {_OPEN}", f"Wer Exporte und Ausgaben lesen darf: {_OPEN}")


def _listed(names: Sequence[str]) -> Text:
    titles = [FIELDS[name].title if name in FIELDS else Text(name, name) for name in names]
    return Text(", ".join(title.en for title in titles), ", ".join(title.de for title in titles))
