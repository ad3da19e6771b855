"""One file a form in which differences are told: ``DIFF_REPORT``, see ``crmclean.differences``."""
