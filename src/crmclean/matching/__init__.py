"""Finds records that mean the same entity: blocking, comparing, weighing, vetoes, clusters."""
