"""One CRM a file: what its merge takes; see ``crmclean.merge_back``."""
