"""Tests of the set-up: `./run`, settings, compose file."""
