"""One file per process: settings, wiring, run."""
