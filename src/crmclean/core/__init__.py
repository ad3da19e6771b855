"""Contracts and small pure functions that everything else stands on. Standard library only."""
