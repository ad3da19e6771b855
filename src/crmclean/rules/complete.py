"""A share of records that must have a field, or be fit for a purpose; one finding about the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from crmclean.core.language import Text
from crmclean.core.own_rule import OwnRule, Target, WrongRule
from crmclean.core.rule_values import require_keys
from crmclean.core.summary import Ratio
from crmclean.core.wording import percent
from crmclean.measures.purposes import measure_purposes
from crmclean.measures.records import Records
from crmclean.own_rules.contract import Broken, RuleKind
from crmclean.own_rules.rows import RuleRows
from crmclean.table import Judged

# The purposes of ``crmclean report``.
PURPOSES = ("post", "email", "phone", "sms", "invoice")


def _read(value: Any, targets: tuple[Target, ...]) -> tuple[float, str]:
    if not isinstance(value, dict):
        raise _form()
    require_keys("complete", value, ("at_least", "purpose"))
    share, purpose = value.get("at_least"), value.get("purpose", "")
    if not isinstance(share, (int, float)) or isinstance(share, bool) or not 0 < share <= 1:
        what = Text("complete.at_least must be a share above 0 up to 1", "complete.at_least muss ein Anteil bis 1 sein")
        raise WrongRule("complete", what)
    if not isinstance(purpose, str):
        raise _form()
    if purpose and purpose not in PURPOSES:
        what = Text(f"there is no purpose {purpose!r}", f"einen Zweck {purpose!r} gibt es nicht")
        raise WrongRule("complete", what, purpose, PURPOSES)
    if bool(purpose) is bool(targets):
        what = Text("complete wants a field or a purpose", "complete braucht ein Feld oder einen Zweck")
        raise WrongRule("complete", what)
    return float(share), purpose


def _form() -> WrongRule:
    example = '{ at_least = 0.9, purpose = "post" }'
    return WrongRule("complete", Text(f"complete must be like {example}", f"complete muss sein wie {example}"))


def _said(rule: OwnRule) -> Text:
    purpose = rule.asked[1]
    if purpose:
        return Text(f"Too few records fit for {purpose}", f"Zu wenige Datensätze taugen für {purpose}")
    titles = [target.title for target in rule.targets]
    en, de = ", ".join(t.en for t in titles), ", ".join(t.de for t in titles)
    return Text(f"Too rarely filled: {en}", f"Zu selten ausgefüllt: {de}")


def _broken(rule: OwnRule, rows: RuleRows) -> Iterator[Broken]:
    share, purpose = rule.asked
    if purpose:
        yield from _short(_of_purpose(rule, rows, purpose), share, None)
        return
    meant = rows.meant(rule)
    of = rows.n_rows if meant is None else int(meant.sum())
    for target in rule.targets:
        filled = int(rows.among(rule, rows.filled(target)).sum())
        yield from _short(Ratio(filled, of), share, rows.columns(target)[0].name)


def _short(ratio: Ratio, share: float, column: str | None) -> Iterator[Broken]:
    if not ratio.of or ratio.n >= share * ratio.of:
        return
    wanted = Ratio(round(share * 10_000), 10_000)
    detail = Text(
        f"{ratio.n} of {ratio.of} ({percent(ratio, 'en')}), at least {percent(wanted, 'en')} wanted",
        f"{ratio.n} von {ratio.of} ({percent(ratio, 'de')}), mindestens {percent(wanted, 'de')} erwartet",
    )
    yield Broken(column, None, detail)


def _of_purpose(rule: OwnRule, rows: RuleRows, purpose: str) -> Ratio:
    """As ``crmclean report`` counts it, over the records the rule is about; a missing column serves nobody."""
    meant, cleaned = rows.meant(rule), rows.cleaned
    records = rows.records
    if meant is not None:
        judged = {
            name: Judged(each.column, each.canonical.filter(meant), each.verdict.filter(meant))
            for name, each in cleaned.judged.items()
        }
        table = replace(cleaned.table, frame=cleaned.table.frame.filter(meant))
        records = Records(replace(cleaned, table=table, judged=judged), rows.entity)
    found = next(each for each in measure_purposes(records, rows.country) if each.name == purpose)
    return Ratio(0, records.n_rows) if found.missing else found.ratio


RULE_KIND = RuleKind(
    name="complete",
    title=Text("share of records that have it", "Anteil der Datensätze, die es haben"),
    read=_read,
    said=_said,
    broken=_broken,
    example='complete = { at_least = 0.9, purpose = "post" }',
    needs_targets=False,
)
