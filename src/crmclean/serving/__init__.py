"""A company directory as a service: reconciliation for OpenRefine and others, a JSON look-up, a page for people."""
