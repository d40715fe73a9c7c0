"""Daybeat as separate services on this machine, for trying them out: `make run-full`.

Starts private services, every process there is and two of `daybeat api`, waits until all can be used, and says where
they are. Ctrl-C or SIGTERM ends the processes, and of the services those that were not running before.
"""
