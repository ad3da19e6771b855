"""What ``check`` says, one file a format."""
