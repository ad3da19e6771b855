"""Columns of values judged through polars."""
