"""The rules of wall, without technology."""
