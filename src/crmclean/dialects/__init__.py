"""CRM dialects: one TOML file a system. ``crmclean list dialects`` shows them; CONTRIBUTING.md tells how to add one."""

from crmclean.dialects._load import (
    Claim,
    Dialect,
    DialectObject,
    MergeBack,
    dialects,
    header_key,
    numberless,
    parse_dialect,
)

__all__ = ["Claim", "Dialect", "DialectObject", "MergeBack", "dialects", "header_key", "numberless", "parse_dialect"]
