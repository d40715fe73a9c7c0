"""Durable queues of plain messages, for what is no fact about a user: who puts knows nothing of who reads."""
