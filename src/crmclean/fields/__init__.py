"""Field types, one file each; the file name is the field's name."""
