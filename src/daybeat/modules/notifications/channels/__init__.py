"""The ways to reach somebody. Each is one file that implements the port; `bootstrap/channels.py` lists them."""
