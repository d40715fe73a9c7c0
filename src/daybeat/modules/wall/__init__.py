"""The mood relay: a sender that only speaks and a wall that only shows."""
