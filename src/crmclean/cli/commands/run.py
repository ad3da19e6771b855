"""``crmclean run``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmclean.cli import history_options, job_options, options, privacy_options, watch_options, watching
from crmclean.cli.console import data, manner, say, say_place, say_why
from crmclean.cli.help_texts import both
from crmclean.cli.signatures import spread
from crmclean.core.errors import UsageError
from crmclean.core.language import Text

GERMAN = "Den ganzen Lauf machen: lesen, zuordnen, bereinigen, Dubletten finden und berichten, in einen Ordner."
EPILOG = """\b
Examples:
  crmclean run export.csv -o result
  crmclean run kunden.xlsx -o result --country DE --lang de
  crmclean run export.csv -o result --map "Tel. 2=phone" --as-of 2026-01-31
  crmclean run export.csv -o result --directory companies.cdir
  crmclean run export.csv -o result --force --history customers

\b
Writes cleaned.<ext>, findings.csv, changes.csv, rejects.csv, pairs.csv, duplicates.csv, relations.csv,
accounts.csv, decisions.csv, golden.<ext>, golden_provenance.csv, merge_map.csv, report.html,
report.json and manifest.json; from a directory enrichment.csv, with --history findings_history.csv as well.
Exit codes: 0 done, 1 done with rejects or findings at the gate, 2 usage or output exists, 3 input refused,
4 configuration, 5 output can't be written, 6 a directory did not answer everything, 7 safety limit, 8 locked.
See also: crmclean profile, crmclean history, crmclean review, crmclean merge, crmclean undo."""


@spread
def command(
    export: options.Export,
    out: Annotated[
        Path,
        typer.Option("-o", "--out", metavar="DIR", help=both("Folder for the outputs.", "Ordner für die Ausgaben.")),
    ],
    dry_run: options.DryRun = False,
    force: options.Force = False,
    fail_on: options.FailOn = "",
    fail_under: options.FailUnder = None,
    max_rejects: options.MaxRejects = None,
    min_rows: options.MinRows = None,
    output_encoding: options.OutputEncoding = "",
    against: job_options.Against = None,
    directory: job_options.CompanyDirectory = None,
    policy: job_options.Policy = None,
    dsgvo: privacy_options.Dsgvo = None,
    metrics: watch_options.Metrics = None,
    ping: watch_options.Ping = "",
    ping_private: watch_options.PingPrivate = False,
    online: watch_options.Online = False,
    history: history_options.Given = None,
    *,
    given: options.CleaningOptions,
) -> int:
    """Do the whole job: read, map, clean, find duplicates and report, into one folder."""
    if dry_run and (metrics or ping):
        what = Text("--dry-run writes no metrics and pings nobody", "--dry-run schreibt keine Metriken, ruft niemanden")
        raise UsageError(what, code="usage", hint=Text("leave one of them out", "eines davon weglassen"))
    watching.begin("run", export, metrics, ping, online=online, ping_private=ping_private)
    from crmclean.cli import enrich_view, views
    from crmclean.core.history_wording import since_said
    from crmclean.gate import Gate, judge_run
    from crmclean.pipeline import EnrichOrder, assess, run_directory, with_policies, with_privacy
    from crmclean.pipeline.history import history_order

    settings = with_policies(with_privacy(given.settings(), dsgvo), options.pairs(policy or [], "--policy"))
    past = history_order(settings, history)
    watching.belongs_to(past)

    gate = Gate.of(
        settings.config.gate,
        fail_on=fail_on,
        fail_under=fail_under,
        max_rejects=max_rejects,
        min_rows=min_rows,
        otherwise="never",
    )
    if dry_run:
        done = assess(export, settings)
        data(views.dry_run(done.cleaned.normalised, manner.language))
    else:
        order = EnrichOrder(job_options.directories_of(settings.config.enrich, directory, None)[0])
        done = run_directory(
            export,
            out,
            settings,
            encoding=output_encoding,
            against=against,
            force=force,
            enrich=order,
            history=past,
        )
        for remark in views.remarks(done.cleaned.normalised, manner.language):
            say(remark)
        say(views.done(done))
        if done.summary.history:
            say(since_said(done.summary.history, manner.language))
        if done.enriched:
            say(enrich_view.said(done.enriched.figures))
        if open_pairs := views.to_decide(done, out):
            say(open_pairs)
        say_place(views.where(out))
    outcome = judge_run(done.cleaned.normalised, done.summary, gate)
    watching.measured(done.summary, passed=outcome.passed)
    if not outcome.passed:
        say_why(outcome.why)
    if done.enriched and not done.enriched.answers.is_complete:
        say_why(enrich_view.incomplete(done.enriched))
        return 6
    return 0 if outcome.passed else 1
