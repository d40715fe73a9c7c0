"""Daybeat: a self-hosted tracker for habits, goals and moods with an event stream at its core."""

__version__ = "0.1.0"
