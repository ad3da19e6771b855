"""What ``review`` says before and after the questions. Never a cell value."""

from __future__ import annotations

import shlex
from pathlib import Path

from crmclean.cli import duplicates_view
from crmclean.cli import review_words as words
from crmclean.cli.console import data, error, manner, say
from crmclean.cli.options import write_file
from crmclean.cli.review_session import Outcome
from crmclean.core.counting import PAIRS, ROWS, amount, word
from crmclean.core.language import Language, Text
from crmclean.core.text import visible
from crmclean.formats.source import shown_path
from crmclean.pipeline.reviewing import Review
from crmclean.review.audit import Precision


def nothing_to_ask(review: Review) -> None:
    """There is no open pair."""
    if review.asking.approve:
        say(Text("nothing of others waits for approval", "von anderen wartet nichts auf Freigabe"))
    elif not review.asking.sample:
        say(Text("no pair is open", "kein Paar ist offen"))


def summary(review: Review, outcome: Outcome, directory: Path) -> None:
    """What a session came to."""
    n_left = len(review.open_questions())
    stored, left = amount(outcome.n_answered, words.ANSWERS), amount(n_left, PAIRS)
    say(Text(f"{stored.en} stored, {left.en} left", f"{stored.de} gespeichert, {left.de} offen"))
    if outcome.exit_code:
        again = f"`crmclean review {_typed(directory)}`"
        say(
            Text(
                f"interrupted: the answers are kept and not applied yet; {again} goes on",
                f"abgebrochen: die Antworten bleiben erhalten, sind aber noch nicht angewandt; {again} macht weiter",
            )
        )


def forecast(review: Review) -> int:
    """How many pairs would be asked."""
    pairs = amount(len(review.open_questions()), PAIRS)
    say(Text(f"{pairs.en} would be asked; nothing was stored", f"{pairs.de} würden gefragt; nichts wurde gespeichert"))
    return 0


def write_sheet(review: Review, out: Path, directory: Path, *, dry_run: bool, force: bool) -> int:
    """The open pairs as a workbook."""
    content, n = review.sheet(manner.language)
    pairs = amount(n, PAIRS)
    if dry_run:
        say(Text(f"{pairs.en} would be written", f"{pairs.de} würden geschrieben"))
        return 0
    write_file(out, content, inputs=[str(path) for path in review.job.exports], force=force)
    name = _typed(out)
    back = f"`crmclean review {_typed(directory)} --import {name}`"
    say(
        Text(
            f"{pairs.en} to answer in the green column; then {back}",
            f"{pairs.de} in der grünen Spalte zu beantworten; dann {back}",
        )
    )
    data(visible(str(out)))
    return 0


def take_sheet(review: Review, path: str, *, dry_run: bool) -> int:
    """The answers of a workbook; 1 if rows were refused."""
    found = review.check_sheet(path)
    for row in found.refused:
        error(f"{shown_path(path)}:{row.line}: review-row: {row.why.said(manner.language)}")
    n_new = 0 if dry_run else review.store_sheet(found)
    n_known = len(found.taken) - n_new
    parts = [_new(len(found.taken) if dry_run else n_new, dry_run=dry_run)]
    if n_known and not dry_run:
        parts.append(Text(f"{n_known} known already", f"{n_known} schon bekannt"))
    if found.n_open:
        rows = amount(found.n_open, ROWS)
        parts.append(Text(f"{rows.en} without an answer", f"{rows.de} ohne Antwort"))
    if found.refused:
        rows = amount(len(found.refused), ROWS)
        parts.append(Text(f"{rows.en} refused", f"{rows.de} zurückgewiesen"))
    say(Text(", ".join(part.en for part in parts), ", ".join(part.de for part in parts)))
    return 1 if found.refused else 0


def _new(n: int, *, dry_run: bool) -> Text:
    answers = amount(n, words.ANSWERS)
    if dry_run:
        return Text(f"{answers.en} would be taken", f"{answers.de} würden übernommen")
    return Text(f"{answers.en} taken", f"{answers.de} übernommen")


def finish(review: Review, directory: Path, *, no_apply: bool) -> None:
    """Apply what was decided, and say what to type next."""
    language = manner.language
    if review.asking.sample:
        for line in precision(review.precision(), language):
            say(line)
    name = _typed(directory)
    if review.has_unapplied():
        if no_apply:
            say(
                Text(
                    f"not applied yet; `crmclean review {name}` applies them",
                    f"noch nicht angewandt; `crmclean review {name}` wendet sie an",
                )
            )
            return
        found = review.apply()
        for line in duplicates_view.summary(found, language):
            say(line)
    if review.is_four_eyes and (n := review.n_unapproved()):
        answers, wait = amount(n, words.ANSWERS), word(n, Text("waits|wait", "wartet|warten"))
        how = f"`crmclean review {name} --approve`"
        say(
            Text(
                f"{answers.en} {wait.en} for somebody else: {how}",
                f"{answers.de} {wait.de} auf jemand anderen: {how}",
            )
        )
    exports = review.job.exports
    if review.job.command == "dedupe" and len(exports) == 1:
        merge = f"`crmclean merge {_typed(exports[0])} --duplicates {name} -o merged`"
        say(Text(f"next: {merge}", f"weiter: {merge}"))


def precision(found: Precision, language: Language) -> list[str]:
    """What a sample says about all pairs like it."""
    n = found.n_same + found.n_different
    if found.share is None:
        none = Text("no answer in the sample yet", "in der Stichprobe noch keine Antwort")
        return [none.said(language)]
    share, low, high = (_percent(value, language) for value in (found.share, found.low, found.high))
    said = Text(
        f"precision {share} % (95 % interval {low} to {high} %): {found.n_same} of {n} pairs are the same",
        f"Genauigkeit {share} % (95-%-Intervall {low} bis {high} %): {found.n_same} von {n} Paaren sind gleich",
    )
    unsure = Text(
        f"{found.n_unsure} unsure, counted for neither", f"{found.n_unsure} unsicher, auf keiner Seite gezählt"
    )
    return [said.said(language), *([unsure.said(language)] if found.n_unsure else [])]


def _percent(share: float, language: Language) -> str:
    text = f"{100 * share:.1f}"
    return text.replace(".", ",") if language == "de" else text


def _typed(path: Path) -> str:
    return shlex.quote(shown_path(str(path)))
