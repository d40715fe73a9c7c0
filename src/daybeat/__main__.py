"""`daybeat` and `python -m daybeat`."""

from daybeat.cli.app import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
