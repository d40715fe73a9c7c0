"""Redis: what makes Daybeat faster and may be lost at any moment."""
