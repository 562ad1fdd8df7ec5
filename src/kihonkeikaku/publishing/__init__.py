"""Onto disk: a whole edition or nothing, a whole file or nothing.

``docs/publishing.md`` says what is promised and how that is tested.
"""
