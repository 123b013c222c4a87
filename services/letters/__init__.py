"""Letters about contracts."""
