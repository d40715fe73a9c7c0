"""Private instances of the services Daybeat can use, for trying it out and for its tests. Standard library only.

`python3 -m scripts.services start` installs what is missing where it may, starts everything in `.services/` on
loopback ports of its own, and writes the addresses to `.services/env`; `stop` ends just those processes.
"""
