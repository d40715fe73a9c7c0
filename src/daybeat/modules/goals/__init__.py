"""Goals: what habits, amounts and entries add up to, and when it will be enough."""
