"""The amendment text (改め文): drafting, reading, and the proof that it makes the new edition."""
