"""Scripts that make committed data and documentation."""
