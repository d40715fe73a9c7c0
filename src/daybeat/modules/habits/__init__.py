"""Habits: what somebody wants to do, when it is due, what they did, and how it is going."""
