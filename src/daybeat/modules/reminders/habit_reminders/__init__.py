"""Reminders of habits: at chosen times, by nudges that learn, and once more when somebody asks for it."""
