"""The tests: the same house, seen in a mirror."""
