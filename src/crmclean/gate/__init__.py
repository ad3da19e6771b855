"""The quality gate: whether an export is good enough, and what stands in the way."""

from crmclean.gate.checking import Checked, KnownFindings, check
from crmclean.gate.judging import Outcome, judge_cleaning, judge_run
from crmclean.gate.limits import Gate
from crmclean.gate.private import private_result

__all__ = ["Checked", "Gate", "KnownFindings", "Outcome", "check", "judge_cleaning", "judge_run", "private_result"]
