"""Settings and wiring: the only rooms that see everything."""
