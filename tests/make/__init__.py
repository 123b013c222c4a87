"""Plain functions that make the cast and walk real actions to a wanted state."""
