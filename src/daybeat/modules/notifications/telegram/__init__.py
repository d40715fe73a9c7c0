"""Telegram: the bot people talk to, and what it shares with the channel that writes to them."""
