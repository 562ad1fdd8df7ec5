"""The comparison of two editions, as it is printed and shown."""
