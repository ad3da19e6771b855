"""Company identifiers, one file each."""
