"""What each CRM writes, one TOML file a system."""
