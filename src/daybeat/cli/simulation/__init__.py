"""A town of simulated people with real MQTT clients, to see how Daybeat asks and what becomes of answers."""
