"""MQTT: a gateway that acknowledges only what is committed, and what a broker keeps for us."""
