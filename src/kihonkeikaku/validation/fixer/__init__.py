"""``validate --fix``: mends what is beyond doubt, byte for byte."""
