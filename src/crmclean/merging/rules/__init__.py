"""One survivorship rule a file; see ``crmclean.core.survivorship``."""
