"""What the runs over one export tell together: the figures kept of each, and what is unusual about the newest."""
