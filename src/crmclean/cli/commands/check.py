"""``crmclean check``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crmclean.cli import history_options, options, privacy_options, watch_options, watching
from crmclean.cli.console import data, manner, say, say_why
from crmclean.cli.help_texts import both
from crmclean.cli.signatures import spread
from crmclean.core.errors import UsageError
from crmclean.core.language import Text

if TYPE_CHECKING:
    from crmclean.gate import KnownFindings
    from crmclean.gate_result import GateResult

GERMAN = "Schranke für CI und Cron: endet mit 1, wenn der Export schlechter ist als erlaubt."
EPILOG = """\b
Examples:
  crmclean check export.csv
  crmclean check export.csv --fail-on warning --country DE
  crmclean check export.csv --fail-under completeness=0.9 --max-new 20
  crmclean check export.csv --baseline known.txt --update-baseline
  crmclean check export.csv --baseline known.txt --format junit=out.xml --format github
  crmclean check export.csv --history customers --fail-on warning -q --metrics crmclean.prom

\b
Exit codes: 0 passed, 1 findings at or above the gate or rejected records, 2 usage, 3 input or baseline refused,
4 configuration, 5 output can't be written, 7 safety limit, 8 locked.
See also: crmclean report, crmclean history, crmclean explain CODE, crmclean list check-formats."""


@spread
def command(
    export: options.Export,
    fail_on: Annotated[
        str,
        typer.Option(
            metavar="error|warning|info|never",
            help=both("Gravest finding that passes not.", "Ab dieser Schwere fällt der Export durch."),
        ),
    ] = "",
    fail_under: options.FailUnder = None,
    max_new: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=0,
            help=both(
                "Findings that grave, beyond the baseline, that still pass.",
                "So schwere Befunde, die nicht in der Baseline stehen, bei denen es noch mit 0 endet.",
            ),
        ),
    ] = None,
    max_rejects: options.MaxRejects = None,
    min_rows: options.MinRows = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=both("Known findings: only new ones fail.", "Bekannte Befunde: nur neue fallen durch."),
        ),
    ] = None,
    update_baseline: Annotated[
        bool,
        typer.Option(
            "--update-baseline",
            help=both(
                "Write the baseline: what is found now is known from then on.",
                "Die Baseline schreiben: was jetzt gefunden wird, gilt ab dann als bekannt.",
            ),
        ),
    ] = False,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="KIND[=FILE]",
            help=both(
                "text, json, markdown, junit, sarif, github or gitlab; repeatable, one of them on stdout.",
                "text, json, markdown, junit, sarif, github oder gitlab; wiederholbar, eines davon auf stdout.",
            ),
        ),
    ] = None,
    history: history_options.Given = None,
    show_values: options.ShowValues = False,
    dsgvo: privacy_options.Dsgvo = None,
    metrics: watch_options.Metrics = None,
    ping: watch_options.Ping = "",
    ping_private: watch_options.PingPrivate = False,
    online: watch_options.Online = False,
    *,
    given: options.JudgingOptions,
) -> int:
    """Quality gate for CI and cron: exit 1 when the export is worse than you allow."""
    watching.begin("check", export, metrics, ping, online=online, ping_private=ping_private)
    from crmclean.gate import Gate, KnownFindings, check, private_result
    from crmclean.pipeline import privacy_of, with_privacy
    from crmclean.pipeline.history import history_order

    settings = with_privacy(given.settings(), dsgvo, show_values=show_values)
    privacy_of(settings)  # before the work: its key may be refused
    watching.belongs_to(history_order(settings, history))

    gate = Gate.of(
        settings.config.gate,
        fail_on=fail_on,
        fail_under=fail_under,
        max_new=max_new,
        max_rejects=max_rejects,
        min_rows=min_rows,
    )
    if update_baseline and baseline is None:
        raise UsageError(
            Text("--update-baseline needs --baseline FILE", "--update-baseline braucht --baseline DATEI"), code="usage"
        )
    known = KnownFindings(baseline, update_baseline) if baseline else None
    wanted = _formats(formats or ["text"])
    with history_options.opened(history, settings) as past:
        checked = check(export, settings, gate, known=known, show_values=show_values, history=past)
        results = {kind: private_result(checked.result, settings, kind) for kind, _ in wanted}
        _write(checked.baseline, results, wanted, known, export)
        if past and checked.looked:
            past.record(checked.looked)
    result = checked.result
    watching.measured(result.summary, passed=result.passed, new=result.baseline.new if result.baseline else None)
    if known and known.is_updated and result.baseline:
        say(_updated(result.baseline.new, result.baseline.stale))
    if not result.passed:
        from crmclean.gate_result import joined

        say_why(joined(result.failures))
    return 0 if result.passed else 1


def _formats(items: list[str]) -> list[tuple[str, str]]:
    """``(kind, file)`` of each; an empty file is standard output, which only one can have."""
    from crmclean.core.nearest import nearest
    from crmclean.core.registry import GATE_REPORTS

    wanted = []
    for item in items:
        kind, equals, path = item.partition("=")
        if kind not in GATE_REPORTS:
            names = ", ".join(GATE_REPORTS)
            raise UsageError(
                Text(f"no check format {kind!r}", f"kein Prüfformat {kind!r}"),
                code="usage",
                hint=nearest(kind, GATE_REPORTS, Text(f"one of {names}", f"möglich: {names}")),
            )
        if equals and not path:
            raise UsageError(
                Text(f"--format {item} names no file", f"--format {item} nennt keine Datei"),
                code="usage",
                hint=Text(f"{kind} or {kind}=- writes to stdout", f"{kind} oder {kind}=- schreibt auf stdout"),
            )
        wanted.append((kind, "" if path == "-" else path))
    if sum(not path for _, path in wanted) > 1:
        raise UsageError(
            Text("only one format can be written to stdout", "nur ein Format kann auf stdout geschrieben werden"),
            code="usage",
            hint=Text(
                "give the others a file: --format junit=out.xml", "den anderen eine Datei: --format junit=out.xml"
            ),
        )
    return wanted


def _write(
    baseline: bytes | None,
    results: Mapping[str, GateResult],
    wanted: list[tuple[str, str]],
    known: KnownFindings | None,
    export: str,
) -> None:
    """All files or none, the new baseline among them; then what goes to standard output."""
    from crmclean.core.registry import GATE_REPORTS
    from crmclean.formats.outputs import OutputSet

    contents: dict[str, tuple[Path, bytes]] = {}
    if known and baseline is not None:
        contents["baseline"] = known.path, baseline
    shown = ""
    for at, (kind, path) in enumerate(wanted):
        report = GATE_REPORTS[kind]
        if path:
            contents[f"{kind} {at}"] = Path(path), report.render(results[kind], manner.file_language)
        elif kind != "text" or not (manner.quiet and results[kind].passed):
            language = manner.language if report.is_for_people else manner.file_language
            shown = report.render(results[kind], language).decode()
    if contents:
        read = [
            Path(name)
            for name in (export, *([str(known.path)] if known and not known.is_updated else ()))
            if name != "-"
        ]
        with OutputSet.at({key: path for key, (path, _) in contents.items()}, inputs=read, force=True) as outputs:
            for key, (_, content) in contents.items():
                with outputs.open(key) as sink:
                    sink.write(content)
            outputs.commit()
    if shown:
        data(shown.rstrip("\n"))


def _updated(added: int, pruned: int) -> Text:
    return Text(
        f"baseline written: {added:,} added, {pruned:,} pruned", f"Baseline geschrieben: {added} neu, {pruned} entfernt"
    )
