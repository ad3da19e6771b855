"""One file a kind of evidence by which records are compared."""
