"""Who is not to be contacted: lists of keyed hashes over normalised values, and who stands on them."""
