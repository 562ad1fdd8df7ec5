"""A published folder, checked by a stranger: made again from its plan, and compared byte by byte.

``docs/publishing.md`` lists what a verification can notice, and what it can't.
"""
