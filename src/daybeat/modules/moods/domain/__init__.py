"""The rules of moods, without technology."""
