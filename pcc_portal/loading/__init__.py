"""Plan files: read with their line numbers, checked whole, written once, replayed as example activity."""
