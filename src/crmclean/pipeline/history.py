"""The history a run belongs to."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from crmclean.core.errors import UsageError
from crmclean.core.language import Text
from crmclean.core.summary import RunSummary
from crmclean.formats.outputs import OutputSet
from crmclean.formats.side_csv import write_side_csv
from crmclean.formats.state_places import make_folder_of, place_of
from crmclean.history.listing import FINDINGS_HISTORY, findings_history
from crmclean.history.memory import History, HistoryOrder, Judging, LookedBack
from crmclean.pipeline.settings import Settings
from crmclean.table import Normalised

_EMPTY = Text("the name of the history is empty", "der Name des Verlaufs ist leer")
_LEAVE_OUT = Text("leave --history out where there is none", "ohne Verlauf --history weglassen")


def history_order(settings: Settings, given: str | None = None) -> HistoryOrder | None:
    """Which history is meant: the one that was given, else the configuration's; ``None`` for none.

    Args:
        settings: see ``Settings``.
        given: name or path; ``None`` where none was. Empty is a variable of a script that is not set, not "none".

    Raises:
        UsageError: a name that can't be.
    """
    section = settings.config.history
    if given == "":
        raise UsageError(_EMPTY, code="usage", hint=_LEAVE_OUT)
    name = given or section.name
    if not name:
        return None
    return HistoryOrder(*place_of(name), section.keep_runs)


def opened(order: HistoryOrder | None, settings: Settings) -> AbstractContextManager[History | None]:
    """The history for one run, locked until it is closed; ``None`` where there is none.

    Raises:
        LockedError: another run works with it.
        InputError: ``state-unusable``, ``history-clock-back``.
        OutputError: nothing can be written there.
    """
    if order is None:
        return nullcontext()
    make_folder_of(order.place)
    return History(order, settings.as_of)


def look_back(history: History, cleaned: Normalised, summary: RunSummary, settings: Settings) -> LookedBack:
    """Hold a run against the runs before it; nothing is kept yet."""
    given = settings.config
    judging = Judging(settings.lasting_sha256(), given.lifecycle, given.input.entity, given.severity)
    return history.look_back(cleaned, summary, judging)


def stage_history(looked: LookedBack, outputs: OutputSet) -> None:
    """Write ``findings_history.csv`` into the set."""
    with outputs.open(FINDINGS_HISTORY) as sink:
        write_side_csv(findings_history(looked), sink)
