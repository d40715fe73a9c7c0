"""Moods: how a user feels, said at any door."""
