"""Edits of a plan's files that hang together, all or nothing; plans and editions set out."""
