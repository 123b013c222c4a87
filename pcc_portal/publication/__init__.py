"""What the office gives to the public as open data, from rows alone."""
