"""Devices that speak MQTT: their names, their secrets and what they may say and hear."""
