"""The machine: atomic files, locks, signals, exchange, terminal."""
