"""Stage: rules of one's own, each checked over whole columns; what they find stands among the other findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import polars as pl

from crmclean.added_findings import findings_at, with_findings
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Language, Text
from crmclean.core.nearest import nearest
from crmclean.core.own_rule import OwnRule, Target
from crmclean.core.registry import FIELDS, RULE_KINDS
from crmclean.core.rule_codes import WITHOUT_COLUMN
from crmclean.own_rules.contract import Broken
from crmclean.own_rules.rows import RuleRows
from crmclean.table import Normalised, Note


def apply_rules(
    cleaned: Normalised, rules: Iterable[OwnRule], *, country: str = "", entity: str = "auto", language: Language = "en"
) -> Normalised:
    """Check a cleaned table against rules.

    Args:
        cleaned: the table, with everything that was judged.
        rules: see ``OwnRule``.
        country: of records that name none; counts where a rule asks for the country.
        entity: what a record is, see ``measures.records.Records``.
        language: of the ``message`` column.

    Returns:
        The same with more findings, in the order all findings have, and more notes: of rules about the whole file,
        and of rules that speak of a column that is not there.
    """
    rows = RuleRows(cleaned, country, entity)
    found: list[pl.DataFrame] = []
    notes: list[Note] = []
    for rule in rules:
        missing = list(_missing(rule, rows))
        notes += missing
        known = _of_what_is_there(rule, rows) if missing else rule
        if known is None:
            continue
        for broken in RULE_KINDS[rule.kind].broken(known, rows):
            if broken.at is None:
                notes.append(_file_note(rule, broken))
            elif broken.at.any():
                found.append(
                    findings_at(
                        cleaned, broken.at, broken.column, rule.code, rule.severity, said_by(rule).said(language)
                    )
                )
    return replace(
        cleaned,
        findings=with_findings(cleaned, found) if found else cleaned.findings,
        table=replace(cleaned.table, notes=(*cleaned.table.notes, *notes)) if notes else cleaned.table,
    )


def said_by(rule: OwnRule) -> Text:
    """The message of a rule: the user's words, or the kind's."""
    if rule.message is not None:
        return rule.message
    said: Text = RULE_KINDS[rule.kind].said(rule)
    return Text(said.en + rule.where.en, said.de + rule.where.de)


def _missing(rule: OwnRule, rows: RuleRows) -> Iterator[Note]:
    """One note for each column a rule speaks of that is not there."""
    lacking = [target for target in rule.targets if not rows.columns(target)]
    lacking += [condition.target for condition in rule.when if not rows.can_tell(condition)]
    for target in dict.fromkeys(lacking):
        # A column that must be filled and is not even there breaks the rule; of others nothing is known.
        breaks = rule.kind in ("required", "complete") and target in rule.targets and not _is_served(rule, rows)
        severity = rule.severity if breaks else FILE_CODES[WITHOUT_COLUMN].severity
        yield Note(WITHOUT_COLUMN, severity, message(WITHOUT_COLUMN, _detail(rule, target, rows)))


def _is_served(rule: OwnRule, rows: RuleRows) -> bool:
    """Whether another of several columns will do."""
    return rule.asked == "any" and any(rows.columns(target) for target in rule.targets)


def _detail(rule: OwnRule, target: Target, rows: RuleRows) -> Text:
    names = [column.name for column in rows.cleaned.columns]
    place = f"{rule.place}: " if rule.place else ""
    nothing = Text("no column holds that field", "keine Spalte enthält dieses Feld")
    otherwise = nothing if target.field else Text("", "")
    # A name that is no field was taken for a column's: it may be a field's that was mistyped.
    hint = otherwise if target.field else nearest(target.column, [*names, *FIELDS], otherwise)
    said = [f"{place}[rules.{rule.name}] {target.written}{f' ({text})' if text else ''}" for text in (hint.en, hint.de)]
    return Text(*said)


def _of_what_is_there(rule: OwnRule, rows: RuleRows) -> OwnRule | None:
    """The rule without the columns that are missing; ``None`` where nothing can be said without them."""
    present = tuple(target for target in rule.targets if rows.columns(target))
    if not all(rows.can_tell(condition) for condition in rule.when):
        return None
    if not present and rule.targets:
        return None
    if RULE_KINDS[rule.kind].needs_all and len(present) < len(rule.targets):
        return None
    return replace(rule, targets=present)


def _file_note(rule: OwnRule, broken: Broken) -> Note:
    said, detail = said_by(rule), broken.detail
    if detail is not None:
        said = Text(f"{said.en}: {detail.en}", f"{said.de}: {detail.de}")
    return Note(rule.code, rule.severity, said, column=broken.column)
