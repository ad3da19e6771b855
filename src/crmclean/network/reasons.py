"""Why nobody could say: the third answer beside yes and no."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from crmclean.core.language import Text


class Reason(StrEnum):
    """What ``Answer.unknown`` can hold. Stable."""

    TIMEOUT = "timeout"
    UNAVAILABLE = "unavailable"
    QUOTA = "quota"
    BUDGET = "budget"
    REFUSED = "refused"
    TOO_LARGE = "too-large"
    BAD_ANSWER = "bad-answer"
    OTHER_COMPANY = "other-company"
    TOO_LITTLE = "too-little"
    NOT_COVERED = "not-covered"


# Asking again later may help; for the others it won't.
PASSING = frozenset({Reason.TIMEOUT, Reason.UNAVAILABLE, Reason.QUOTA, Reason.BUDGET})

# Nobody failed: the question could not be put.
NOT_ASKED = frozenset({Reason.TOO_LITTLE, Reason.NOT_COVERED})

SAID: Mapping[Reason, Text] = MappingProxyType(
    {
        Reason.TIMEOUT: Text("the service took too long", "der Dienst brauchte zu lange"),
        Reason.UNAVAILABLE: Text("the service can't be reached", "der Dienst ist nicht erreichbar"),
        Reason.QUOTA: Text("the service allows no more questions now", "der Dienst lässt derzeit keine Fragen mehr zu"),
        Reason.BUDGET: Text("--max-lookups was reached", "--max-lookups war erreicht"),
        Reason.REFUSED: Text("the service refused the question", "der Dienst hat die Frage abgelehnt"),
        Reason.TOO_LARGE: Text("the answer was too large", "die Antwort war zu groß"),
        Reason.BAD_ANSWER: Text("the answer could not be understood", "die Antwort war nicht zu verstehen"),
        Reason.OTHER_COMPANY: Text(
            "the answer was about another company", "die Antwort galt einem anderen Unternehmen"
        ),
        Reason.TOO_LITTLE: Text("too little is known to ask", "für eine Frage ist zu wenig bekannt"),
        Reason.NOT_COVERED: Text("the service does not know that country", "der Dienst kennt dieses Land nicht"),
    }
)


class Unanswered(Exception):  # noqa: N818 - it is no error but the answer "nobody could say"
    """A question nobody could answer; becomes ``Answer.unknown`` and stops nothing."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
