"""Vectorised paths for single field types, proven equal to the scalar ones by test."""
