"""A published folder, checked by a stranger.

``docs/publishing.md`` lists what a verification can notice, and what it can't.
"""
