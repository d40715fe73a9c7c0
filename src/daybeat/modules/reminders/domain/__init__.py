"""The rules of reminders, without technology."""
