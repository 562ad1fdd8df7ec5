"""Sheets to the ministries and back: what was sent, what came, bins, taking in."""
