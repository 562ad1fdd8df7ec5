"""Two texts → one, with what goes and what comes."""
