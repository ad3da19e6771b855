"""Taking one record out of what a finished run wrote, as if its export had never held it."""
