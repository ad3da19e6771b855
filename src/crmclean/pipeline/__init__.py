"""The only place that knows the order of the stages: read, map, normalise, match, merge, measure, write.

One module a job; what every job begins with is in ``preparing``, what decides it in ``settings``.
"""

from crmclean.pipeline.cleaning import clean_file
from crmclean.pipeline.deduping import Scope, dedupe_directory, find_duplicates, plan_duplicates
from crmclean.pipeline.diffing import diff_exports
from crmclean.pipeline.enrich_policies import with_policies
from crmclean.pipeline.enriching import (
    EnrichDone,
    EnrichOrder,
    EnrichPlan,
    enrich_directory,
    plan_enrichment,
)
from crmclean.pipeline.evaluating import EvaluateOptions, evaluate_run
from crmclean.pipeline.found_duplicates import beside_recorded, recorded_config
from crmclean.pipeline.jobs import Job, open_job
from crmclean.pipeline.merging import MergeDone, MergeOrder, merge_directory
from crmclean.pipeline.pairing import DiffOrder
from crmclean.pipeline.preparing import Cleaned, prepare, read_table, summarise
from crmclean.pipeline.private import privacy_of, shareable, shareable_differences, with_privacy
from crmclean.pipeline.repeating import repeat
from crmclean.pipeline.running import Run, assess, run_directory
from crmclean.pipeline.settings import Settings, with_thresholds
from crmclean.pipeline.undoing import undo_run
from crmclean.stages.evaluate import TruthChoice

__all__ = [
    "Cleaned",
    "DiffOrder",
    "EnrichDone",
    "EnrichOrder",
    "EnrichPlan",
    "EvaluateOptions",
    "Job",
    "MergeDone",
    "MergeOrder",
    "Run",
    "Scope",
    "Settings",
    "TruthChoice",
    "assess",
    "beside_recorded",
    "clean_file",
    "dedupe_directory",
    "diff_exports",
    "enrich_directory",
    "evaluate_run",
    "find_duplicates",
    "merge_directory",
    "open_job",
    "plan_duplicates",
    "plan_enrichment",
    "prepare",
    "privacy_of",
    "read_table",
    "recorded_config",
    "repeat",
    "run_directory",
    "shareable",
    "shareable_differences",
    "summarise",
    "undo_run",
    "with_policies",
    "with_privacy",
    "with_thresholds",
]
