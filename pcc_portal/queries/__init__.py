"""Reads that see the whole house: the frame of every page, home pages, the dashboard."""
