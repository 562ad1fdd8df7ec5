"""A fuzz target, for ``make fuzz``; not collected by pytest but for the test of its oracle."""
