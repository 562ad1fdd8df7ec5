"""The machine: files written whole or not at all, locks, signals, processes, the terminal."""
