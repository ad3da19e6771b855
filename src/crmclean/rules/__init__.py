"""Kinds of rules of one's own: one file, one kind; the file name is the key in ``[rules.NAME]`` that asks for it."""
