"""What the gate says, as others may read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import polars as pl

from crmclean.core.privacy import private, references
from crmclean.gate_result import GateResult
from crmclean.pipeline import Settings
from crmclean.pipeline.private import messages_to_share, privacy_of

_LANGUAGES = ("en", "de")


TERMINAL = "text"  # the one form that is not made for others


def private_result(result: GateResult, settings: Settings, form: str) -> GateResult:
    """The result as a form of it may tell it: with records named by row and keyed hash, where the settings cover it.

    Values are masked already; what a rule of one's own says of them is said without the values the rule names.

    Args:
        result: what the gate says.
        settings: see ``pipeline.with_privacy``.
        form: name of the form.

    Raises:
        ConfigError: the key of the hashes can't be used.
    """
    privacy = privacy_of(settings)
    if not privacy.covers(leaves_team=form != TERMINAL):
        return result
    reference = references(privacy.secret, str(result.summary.file["sha256"]))
    messages = messages_to_share(settings.config.rules)
    findings = result.findings
    ids = findings["record_id"].drop_nulls().unique(maintain_order=True)
    codes = {code: said for code, said in messages.items() if code in set(findings["code"].unique())}
    findings = findings.with_columns(
        pl.col("record_id").replace_strict(ids, [reference(each) for each in ids], default=None, return_dtype=pl.String)
        if len(ids)
        else pl.col("record_id"),
        *(_said(language, {code: getattr(text, language) for code, text in codes.items()}) for language in _LANGUAGES),
    )
    named: Literal["keyed", "by-file"] = "keyed" if privacy.secret else "by-file"
    return replace(result, findings=findings, summary=private(result.summary, messages), records_named=named)


def _said(language: str, messages: Mapping[str, str]) -> pl.Expr:
    """The messages, those of some codes replaced."""
    name = f"message_{language}"
    if not messages:
        return pl.col(name)
    own = pl.col("code").replace_strict(messages, default=None, return_dtype=pl.String)
    return pl.coalesce(own, name).alias(name)
