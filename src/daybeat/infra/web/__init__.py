"""What every HTTP door shares: strict bodies, problem details, identity, idempotency."""
