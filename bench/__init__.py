"""What Daybeat promises in figures, measured beside rivals: `python -m bench`, or `python -m bench NAME` for one."""
