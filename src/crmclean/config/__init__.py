"""The configuration file: its typed model and its loader."""
