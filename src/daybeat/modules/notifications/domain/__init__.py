"""The rules of notifications, without technology."""
