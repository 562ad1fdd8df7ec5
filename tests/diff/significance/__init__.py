"""The weight of changes, and the marks in them."""
