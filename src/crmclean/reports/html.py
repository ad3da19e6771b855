"""The report people open: one self-contained page. No script, no network, nothing that runs.

Whatever comes from the file (its name, column names) is escaped; cell values are never shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from importlib.resources import files

from crmclean.core import wording as words
from crmclean.core.counting import number
from crmclean.core.language import Language, Text
from crmclean.core.summary import ColumnFigures, Purpose, RunSummary
from crmclean.plugins import Report
from crmclean.reports._html_clocks import clocks
from crmclean.reports._html_duplicates import duplicates
from crmclean.reports._html_enrichment import enrichment
from crmclean.reports._html_history import history, trend
from crmclean.reports._html_overview import gaps, groups, next_steps
from crmclean.reports._html_parts import limited, mask
from crmclean.reports._html_parts import name_of as _name
from crmclean.reports._html_parts import section as _section
from crmclean.reports._html_parts import shown as _shown
from crmclean.reports._html_parts import table as _table
from crmclean.reports._html_relationship import relationship
from crmclean.reports._svg import stacked

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'none'; base-uri 'none'; form-action 'none'"
_CODE = re.compile(r"`([^`]+)`")
_MAX_COLUMNS = 100
_KEYS = (
    ("good", Text("valid", "gültig")),
    ("doubt", Text("doubtful", "zweifelhaft")),
    ("bad", Text("invalid", "ungültig")),
    ("none", Text("empty", "leer")),
)


def render(summary: RunSummary, language: Language) -> bytes:
    """The page as UTF-8."""
    style = files("crmclean").joinpath("data/report.css").read_text("utf-8")
    title = f"{words.TITLE.said(language)}: {_shown(str(summary.file['name']))}"
    parts = (
        _scores,
        history,
        next_steps,
        _purposes,
        gaps,
        groups,
        _findings,
        duplicates,
        enrichment,
        _columns,
        clocks,
        relationship,
        _changes,
        _file,
    )
    body = "\n".join(said for part in parts if (said := part(summary, language)))
    skip = Text("Skip to the figures", "Zu den Zahlen springen").said(language)
    page = (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#figures">{escape(skip)}</a>\n{_top(summary, language)}\n'
        f'<main id="figures" tabindex="-1">\n{body}\n</main>\n{_foot(summary, language)}\n</body>\n</html>\n'
    )
    return page.encode()


def _top(summary: RunSummary, language: Language) -> str:
    dialect = "" if summary.dialect == "unknown" else f" · CRM: {_shown(summary.dialect)}"
    return (
        f"<header><h1>{escape(words.TITLE.said(language))}</h1>\n"
        f"<p>{_name(words.heading(summary, language))}{dialect}</p></header>"
    )


def _scores(summary: RunSummary, language: Language) -> str:
    cards = []
    for name, ratio in summary.scores.items():
        title = words.SCORES[name].said(language)
        said = f"{title}: {words.percent(ratio, language)}"
        picture = stacked((("good", ratio.n), ("none", ratio.of - ratio.n)), said) if ratio.of else ""
        counted = words.counted(ratio, language) if ratio.of else "–"
        cards.append(
            f'<div class="card"><span>{escape(title)}</span><strong>{words.percent(ratio, language)}</strong>{picture}'
            f"{trend(name, summary, language)}"
            f'<span class="soft">{counted}<br>{escape(words.SCORE_RULES[name].said(language))}</span></div>'
        )
    rejects = Text("Lines that are no records", "Zeilen, die keine Datensätze sind").said(language)
    listed = Text("listed in rejects.csv", "stehen in rejects.csv").said(language)
    cards.append(
        f'<div class="card"><span>{escape(rejects)}</span><strong>{number(summary.n_rejects, language)}</strong>'
        f'<span class="soft">{escape(listed)}</span></div>'
    )
    title = escape(Text("Scores", "Werte").said(language))
    return f'<section>\n<h2>{title}</h2>\n<div class="cards">\n{"".join(cards)}\n</div>\n</section>'


def _purposes(summary: RunSummary, language: Language) -> str:
    head = Text("for|share||records|what it needs", "wofür|Anteil||Datensätze|was es braucht").said(language).split("|")
    rows = [_purpose(purpose, language) for purpose in summary.purposes]
    caption = Text(
        "A record counts when what the purpose needs is filled and not known to be wrong.",
        "Ein Datensatz zählt, wenn das Nötige gefüllt und nicht als falsch bekannt ist.",
    )
    title = Text("What the data can be used for", "Wofür die Daten taugen")
    return _section(title, language, _table(escape(caption.said(language)), head, rows, numbers=(1, 3)))


def _purpose(purpose: Purpose, language: Language) -> tuple[str, ...]:
    title, rule = escape(purpose.title.said(language)), escape(purpose.rule.said(language))
    ratio = purpose.ratio
    if not ratio.of:
        return title, "–", "", "", escape(words.not_applicable(purpose.missing, language))
    share = words.percent(ratio, language)
    picture = stacked((("good", ratio.n), ("none", ratio.of - ratio.n)), f"{purpose.title.said(language)}: {share}")
    return title, share, picture, words.counted(ratio, language), rule


def _findings(summary: RunSummary, language: Language) -> str:
    kept, more_notes = limited(summary.notes, language, "report.json", 30)
    notes = [
        f"<li>{_badge(note.severity, language)} {_shown(note.message.said(language))} "
        f'<code class="soft">{note.code}</code></li>'
        for note in kept
    ]
    about_file = f'<ul class="notes">{"".join(notes)}</ul>{more_notes}' if notes else ""
    if not summary.findings:
        nothing = escape(words.NO_FINDINGS.said(language))
        return _section(Text("Findings", "Befunde"), language, about_file + f"<p>{nothing}</p>")
    heads = Text(
        "what|severity|cells|what to do|for example|first records",
        "was|Schwere|Zellen|was tun|zum Beispiel|erste Datensätze",
    )
    examples = {found.code: found.values for found in summary.examples}
    head = heads.said(language).split("|")
    rows = []
    codes, more = limited(summary.findings, language, "report.json")
    for found in codes:
        what, fix = words.code_said(found.code, language, summary.own_rules)
        at = ", ".join(number(row, language) for row in found.rows)
        rows.append(
            (
                f'{escape(what)}<br><code class="soft">{found.code}</code>',
                _badge(found.severity, language),
                number(found.n, language),
                _marked(fix),
                "<br>".join(mask(value) for value in examples.get(found.code, ())),
                at,
            )
        )
    caption = Text(
        "Every one with row, column and value is in findings.csv; crmclean explain CODE says more. The examples are "
        "masked.",
        "Jeder einzelne mit Datensatz, Spalte und Wert steht in findings.csv; crmclean explain CODE sagt mehr. Die "
        "Beispiele sind unkenntlich gemacht.",
    )
    table = _table(escape(caption.said(language)), head, rows, numbers=(2,))
    return _section(Text("Findings", "Befunde"), language, about_file + table + more)


def _marked(text: str) -> str:
    """A text of ours; what stands between backticks is to be typed as it is."""
    return _CODE.sub(r"<code>\1</code>", escape(text))


def _badge(severity: str, language: Language) -> str:
    return f'<span class="badge {severity}">{escape(words.SEVERITIES[severity].said(language))}</span>'


def _columns(summary: RunSummary, language: Language) -> str:
    keys = "".join(f'<li><span class="key {style}"></span>{escape(text.said(language))}</li>' for style, text in _KEYS)
    head = Text(
        "column|field||filled|valid|doubtful|invalid|most frequent",
        "Spalte|Feld||gefüllt|gültig|zweifelhaft|ungültig|am häufigsten",
    )
    kept, more = limited(_telling(summary.columns), language, "report.json", _MAX_COLUMNS)
    rows = [_column(summary.columns[i], summary, language) for i in sorted(kept)]
    caption = Text(
        "Placeholders such as “n/a” or “-” count as empty. Unknown is not invalid: it is doubtful.",
        "Platzhalter wie „n/a“ oder „-“ zählen als leer. Unbekannt ist nicht ungültig, sondern zweifelhaft.",
    )
    table = _table(escape(caption.said(language)), head.said(language).split("|"), rows, numbers=(3, 4, 5, 6))
    return _section(Text("Columns", "Spalten"), language, f'<ul class="keys">{keys}</ul>{table}{more}')


def _telling(columns: Sequence[ColumnFigures]) -> Sequence[int]:
    """Positions of the columns, those with the most to say first."""
    return sorted(range(len(columns)), key=lambda i: -(columns[i].invalid + columns[i].doubtful))


def _column(column: ColumnFigures, summary: RunSummary, language: Language) -> tuple[str, ...]:
    n_rows = summary.n_rows
    judged = column.valid + column.doubtful + column.invalid > 0
    good = column.valid + column.unjudged
    parts = (("good", good), ("doubt", column.doubtful), ("bad", column.invalid), ("none", n_rows - column.filled))
    figures = [number(n, language) for n in (column.valid, column.doubtful, column.invalid)] if judged else [""] * 3
    reasons = "<br>".join(
        f"{number(r.n, language)} × {escape(words.code_said(r.code, language, summary.own_rules)[0])}"
        for r in column.reasons[:2]
    )
    return (
        _name(column.column),
        escape(words.field_title(column.field, language)),
        stacked(parts, f"{column.filled} / {n_rows}") if n_rows else "",
        number(column.filled, language),
        *figures,
        reasons,
    )


def _changes(summary: RunSummary, language: Language) -> str:
    title = Text("What was repaired", "Was repariert wurde")
    if not summary.changes:
        nothing = Text("No cell was changed.", "Keine Zelle wurde geändert.").said(language)
        return _section(title, language, f"<p>{escape(nothing)}</p>")
    head = Text("what|cells|kind", "was|Zellen|Art").said(language).split("|")
    kept, more = limited(summary.changes, language, "report.json")
    rows = [
        (
            f'{escape(words.code_said(code, language)[0])} <code class="soft">{code}</code>',
            number(n, language),
            escape(words.SAFETIES[safety].said(language)),
        )
        for code, safety, n in kept
    ]
    caption = Text(
        "Every changed cell with before and after is in changes.csv; crmclean undo gives the original back.",
        "Jede geänderte Zelle mit Vorher und Nachher steht in changes.csv; crmclean undo gibt das Original zurück.",
    )
    return _section(title, language, _table(escape(caption.said(language)), head, rows, numbers=(1,)) + more)


def _file(summary: RunSummary, language: Language) -> str:
    head = Text("what|value|evidence", "was|Wert|Beleg").said(language).split("|")
    rows = [
        (
            escape(words.fact_title(name, language)),
            _name(words.fact_value(value, language)),
            _shown(evidence.said(language)),
        )
        for name, (value, evidence) in summary.facts.items()
    ]
    caption = Text("What was assumed about the file, and why.", "Was über die Datei angenommen wurde, und warum.")
    return _section(Text("The file", "Die Datei"), language, _table(escape(caption.said(language)), head, rows))


def _foot(summary: RunSummary, language: Language) -> str:
    rules = Text("rules", "Regeln").said(language)
    foot = (
        f"crmclean {escape(summary.tool_version)} · {rules} {escape(summary.rules_version)} · "
        f"SHA-256 {escape(str(summary.file['sha256']))}"
    )
    return f'<footer class="soft">{foot}</footer>'


REPORT = Report(name="html", suffix=".html", render=render)
