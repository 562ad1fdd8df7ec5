"""The kinds of change, a module for what changes."""
