"""Rules from the schemas of others: Frictionless Table Schema and Open Data Contract Standard (ODCS) v3."""

from crmclean.config.schemas.loading import Imported, rules_from_schema

__all__ = ["Imported", "rules_from_schema"]
