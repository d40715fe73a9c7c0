"""Reminders: when to ask, whether to ask again, and when to leave people in peace."""
