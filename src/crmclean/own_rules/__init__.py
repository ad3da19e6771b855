"""What kinds of rules see of a cleaned table, and the contract they keep; the kinds are in ``crmclean.rules``."""
