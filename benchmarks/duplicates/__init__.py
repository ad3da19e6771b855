"""Two makers of CRM exports whose duplicates are known, for measuring a matcher.

Both draw from one world (``world``) full of things that look alike and are not the same; they damage it in different
ways: ``noise_office`` makes independent slips field by field, ``noise_web`` sends each record through one channel that
treats the whole record alike. Tune on one, report the other.
"""
