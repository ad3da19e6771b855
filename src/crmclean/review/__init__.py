"""Pairs for a person to decide: which are asked, in what order, how two records differ, and what came back."""
