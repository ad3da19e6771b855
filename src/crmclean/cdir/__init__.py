"""A company directory as one local file: built from lists, with stable ids and an index for fuzzy look-up."""
