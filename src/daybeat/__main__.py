"""`daybeat` and `python -m daybeat`."""

import gc

gc.set_threshold(50_000, 20, 50)  # hardly anything dies while modules load, and looking for it costs a tenth of a start

from daybeat.cli.app import main  # noqa: E402 - what is loaded from here on is what that is about

__all__ = ["main"]

if __name__ == "__main__":
    main()
