"""Asking other machines: carefully, seldom, and never more than allowed."""
