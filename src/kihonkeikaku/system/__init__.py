"""The machine: atomic files, file system calls, locks, signals, processes, terminal."""
