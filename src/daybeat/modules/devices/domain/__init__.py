"""The rules of devices, without technology."""
