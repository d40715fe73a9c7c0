"""The event log and those who read it: durable positions, an inbox, a quarantine."""
