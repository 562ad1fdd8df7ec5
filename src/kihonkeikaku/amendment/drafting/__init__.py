"""Two editions → amendment text."""
