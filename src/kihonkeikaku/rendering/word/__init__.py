"""The edition and comparisons as Word files."""
